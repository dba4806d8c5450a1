package io.xwasm.deploy.dev;

import io.xwasm.deploy.cli.agent.CallRefused;
import io.xwasm.deploy.cli.agent.NoAgentAnswers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Sends signed calls at a steady rate, whatever the fleet does meanwhile. */
final class SteadyLoad {
    /** More than this many at once would only wait inside the agent. */
    private static final int UNDER_WAY = 128;

    /** What could not be sent within this time is not sent later: a rate is a rate, not a debt. */
    private static final long LATEST = 200_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final CallStream calls;
    private final int rate;
    private final LoadFigures figures;
    private final Semaphore room = new Semaphore(UNDER_WAY);

    /**
     * @param rate calls per second
     */
    SteadyLoad(CallStream calls, int rate, LoadFigures figures) {
        this.calls = calls;
        this.rate = rate;
        this.figures = figures;
    }

    /** Blocks until the latch opens. */
    void run(CountDownLatch stopped) throws InterruptedException {
        long between = NANOS_PER_SECOND / rate;
        long due = System.nanoTime();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long sent = 0; ; sent++) {
                due = Math.max(due + between, System.nanoTime() - LATEST);
                long wait = due - System.nanoTime();
                if (wait > 0
                        ? stopped.await(wait, TimeUnit.NANOSECONDS)
                        : stopped.getCount() == 0) {
                    threads.shutdownNow();
                    return;
                }
                room.acquire();
                long number = sent;
                threads.execute(() -> call(number));
            }
        }
    }

    private void call(long number) {
        try {
            var receipt = calls.call(number);
            figures.acknowledged(System.nanoTime());
            if (receipt.failure() != null) {
                figures.error(receipt.failure().message());
            }
        } catch (CallRefused | NoAgentAnswers e) {
            if (!Thread.currentThread().isInterrupted()) {
                figures.error(String.valueOf(e.getMessage()));
            }
        } finally {
            room.release();
        }
    }
}
