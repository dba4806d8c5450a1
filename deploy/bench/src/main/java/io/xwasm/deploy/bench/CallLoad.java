package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.SignedCall;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Clients that each send one payment after the other, and send the same bytes again until they are
 * acknowledged.
 */
public final class CallLoad implements AutoCloseable {
    private final CallMaker maker;
    private final Ledgerbook book = new Ledgerbook();
    private final List<Thread> running = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> trouble = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile boolean resting;

    /** Makes the calls of a client: its n-th, from 0. */
    public interface CallMaker {
        SignedCall make(int client, long number);
    }

    /**
     * Starts so many clients.
     *
     * @param pauseNanos of each client after an acknowledgement; 0 for full speed
     */
    public CallLoad(int clients, CallMaker maker, List<URI> agents, URI first, long pauseNanos) {
        this.maker = maker;
        for (int i = 0; i < clients; i++) {
            int sender = i;
            running.add(
                    Thread.ofPlatform()
                            .daemon()
                            .name("client-" + i)
                            .start(() -> pay(sender, new FrontDoor(agents, first), pauseNanos)));
        }
    }

    private void pay(int sender, FrontDoor door, long pauseNanos) {
        try (door) {
            for (long nonce = 0; !stopped; nonce++) {
                while (resting && !stopped) {
                    BenchFleet.pause();
                }
                var call = maker.make(sender, nonce).toBytes();
                long sent = System.nanoTime();
                var receipt = door.call(call);
                long now = System.nanoTime();
                book.add(new Ledgerbook.Acknowledged(sender, call, receipt, now, now - sent));
                Bank.pace(pauseNanos);
            }
        } catch (IOException | RuntimeException e) {
            trouble.compareAndSet(null, e);
        }
    }

    /** Sends no new call until {@link #go}. */
    public void rest() {
        resting = true;
    }

    public void go() {
        resting = false;
    }

    public Ledgerbook book() {
        return book;
    }

    /** Waits until so many calls more were acknowledged. */
    public void awaitMore(int calls) throws IOException {
        int wanted = book.size() + calls;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (book.size() < wanted) {
            requireWell();
            if (System.nanoTime() > end) {
                throw new IOException(
                        "only %d of %d calls were acknowledged".formatted(book.size(), wanted));
            }
            BenchFleet.pause();
        }
    }

    /**
     * @throws IOException when a client gave up
     */
    public void requireWell() throws IOException {
        var seen = trouble.get();
        if (seen != null) {
            throw new IOException("a client was refused or gave up: " + seen.getMessage(), seen);
        }
    }

    /** Lets every client finish the call it has under way. */
    @Override
    public void close() throws IOException {
        stopped = true;
        try {
            for (Thread client : running) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the clients finished", e);
        }
        requireWell();
    }
}
