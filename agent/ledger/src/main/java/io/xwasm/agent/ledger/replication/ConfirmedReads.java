package io.xwasm.agent.ledger.replication;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads committed state, each after a confirmation round that began after it arrived (rule 13). */
final class ConfirmedReads {
    /**
     * Contract code wants deep stacks, which virtual threads grow as needed but JNI reads would
     * pin.
     */
    private static final ExecutorService QUERIES =
            Executors.newFixedThreadPool(
                    4,
                    runnable -> {
                        var thread = new Thread(null, runnable, "query", 64L << 20);
                        thread.setDaemon(true);
                        return thread;
                    });

    private ConfirmedReads() {}

    /**
     * @param leading this member's term, or null when another member is primary
     * @throws NotPrimary through the future, when this member cannot confirm that it is
     */
    static <T extends @Nullable Object> CompletableFuture<T> read(
            @Nullable PrimaryTerm leading, Function<SharedView, T> reading) {
        if (leading == null) {
            return CompletableFuture.failedFuture(new NotPrimary());
        }
        return leading.confirm()
                .thenApplyAsync(
                        _ -> {
                            var shared = leading.committedView();
                            try {
                                return reading.apply(shared);
                            } finally {
                                shared.release();
                            }
                        },
                        QUERIES);
    }
}
