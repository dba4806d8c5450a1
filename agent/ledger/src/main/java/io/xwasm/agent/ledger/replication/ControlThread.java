package io.xwasm.agent.ledger.replication;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** The one thread on which a member's role and folder change, in the order in which it is told. */
final class ControlThread {
    private final ExecutorService thread;
    private final Consumer<Throwable> fail;
    private volatile boolean closed;

    /**
     * @param fail told when a change failed half-way
     */
    ControlThread(String name, Consumer<Throwable> fail) {
        this.thread =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
        this.fail = fail;
    }

    /** Does this when everything told before is done; nothing after the last. */
    synchronized CompletableFuture<Void> run(Runnable action) {
        if (closed) {
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.runAsync(
                        () -> {
                            if (!closed) {
                                action.run();
                            }
                        },
                        thread)
                .whenComplete((_, e) -> {
                    if (e != null) {
                        fail.accept(e);
                    }
                });
    }

    boolean isClosed() {
        return closed;
    }

    /** Waits for a change. */
    static <T> T join(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the ledger", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("changing the ledger", e.getCause());
        }
    }

    /** Does this when everything told before is done; what is told later is not done any more. */
    void end(Runnable last) {
        join(
                run(() -> {
                    closed = true;
                    last.run();
                }));
        shutDown();
    }

    /** What was told between the last and now still comes to its turn, and does nothing. */
    private synchronized void shutDown() {
        thread.shutdown();
    }
}
