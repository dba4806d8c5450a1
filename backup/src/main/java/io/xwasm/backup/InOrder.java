package io.xwasm.backup;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Works on a few things at once and hands the results on in the order in which the work was given.
 *
 * <p>Not more than a few results wait, so memory stays bounded however long the line is. One thread
 * gives work; results are consumed on that thread.
 */
final class InOrder<T> implements AutoCloseable {
    /** Compression and encryption use whole cores, and a node has calls to execute as well. */
    private static final int WORKERS =
            Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));

    private final ExecutorService workers =
            Executors.newFixedThreadPool(
                    WORKERS, Thread.ofPlatform().daemon().name("backup-", 0).factory());
    private final Queue<Future<T>> pending = new ArrayDeque<>();
    private final Consumer<T> consumer;

    InOrder(Consumer<T> consumer) {
        this.consumer = consumer;
    }

    void give(Callable<T> work) throws InterruptedException {
        if (pending.size() > WORKERS) {
            takeOne();
        }
        pending.add(workers.submit(work));
    }

    /** Waits until everything that was given is consumed. */
    void finish() throws InterruptedException {
        while (!pending.isEmpty()) {
            takeOne();
        }
    }

    private void takeOne() throws InterruptedException {
        try {
            consumer.accept(pending.remove().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException("working on a chunk of a backup", e.getCause());
        }
    }

    /**
     * Gives up what is not finished and waits until no worker touches the store any more: a caller
     * that was refused may remove the folder at once.
     */
    @Override
    public void close() {
        pending.forEach(future -> future.cancel(false));
        workers.close();
    }
}
