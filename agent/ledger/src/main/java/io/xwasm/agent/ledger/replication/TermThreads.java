package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.GroupId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The threads of a term, which end with it. */
final class TermThreads {
    /** Contracts may call contracts, each some hundred frames deep. */
    private static final long STACK_BYTES = 64L << 20;

    private final GroupId group;
    private final Consumer<Throwable> fail;
    private final List<Thread> threads = new ArrayList<>();

    /** What a thread does until the term ends. */
    interface Work {
        void run() throws InterruptedException;
    }

    /**
     * @param fail told of a thread that failed: what it was doing cannot be trusted any more (rule
     *     5)
     */
    TermThreads(GroupId group, Consumer<Throwable> fail) {
        this.group = group;
        this.fail = fail;
    }

    void start(String name, Work work) {
        var thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException | Error e) {
                                fail.accept(e);
                            }
                        },
                        "%s-%s".formatted(group, name),
                        STACK_BYTES);
        thread.setDaemon(true);
        synchronized (threads) {
            threads.add(thread);
        }
        thread.start();
    }

    /** Returns when all have ended. */
    void join() {
        List<Thread> running;
        synchronized (threads) {
            running = List.copyOf(threads);
        }
        for (Thread thread : running) {
            try {
                if (!thread.equals(Thread.currentThread())) {
                    thread.join();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
