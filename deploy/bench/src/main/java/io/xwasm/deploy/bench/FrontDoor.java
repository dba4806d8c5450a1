package io.xwasm.deploy.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One client's way to whichever agent is primary: follows redirects, goes on to the next agent when
 * one does not answer.
 */
final class FrontDoor implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A primary that is gone has a successor by then. */
    private static final Duration AVOIDED = Duration.ofSeconds(2);

    private final List<URI> agents;
    private URI target;
    private @Nullable URI avoided;
    private long avoidedUntil;
    private @Nullable CallSocket socket;

    FrontDoor(List<URI> agents, URI first) {
        this.agents = List.copyOf(agents);
        this.target = first;
    }

    /**
     * Sends the same bytes until they are acknowledged.
     *
     * @return the receipt as JSON
     * @throws IOException when it is refused for good, or the patience is over
     */
    byte[] call(byte[] call) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        IOException trouble = new IOException("not tried yet");
        while (System.nanoTime() < end) {
            try {
                var response = open().post(call);
                switch (response.status()) {
                    case 200 -> {
                        return response.body();
                    }
                    case 307 -> redirect(response.location());
                    case 503 -> tryNext();
                    default ->
                            throw new IllegalStateException(
                                    "a call was refused with %d: %s"
                                            .formatted(
                                                    response.status(),
                                                    new String(
                                                            response.body(),
                                                            java.nio.charset.StandardCharsets
                                                                    .UTF_8)));
                }
            } catch (IOException e) {
                trouble = e;
                avoid(target);
                tryNext();
            }
            BenchFleet.pause();
        }
        throw trouble;
    }

    private CallSocket open() throws IOException {
        if (socket == null) {
            socket = new CallSocket(target);
        }
        return socket;
    }

    private void redirect(@Nullable String location) {
        close();
        if (location == null) {
            tryNext();
        } else {
            var to = URI.create(location);
            target = URI.create("%s://%s".formatted(to.getScheme(), to.getAuthority()));
        }
    }

    /** Who did not answer is not asked again at once, unless another sends there. */
    private void avoid(URI agent) {
        avoided = agent;
        avoidedUntil = System.nanoTime() + AVOIDED.toNanos();
    }

    private void tryNext() {
        close();
        target = after(target);
        if (target.equals(avoided) && System.nanoTime() < avoidedUntil) {
            target = after(target);
        }
    }

    private URI after(URI agent) {
        return agents.get((agents.indexOf(agent) + 1) % agents.size());
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
