package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Tip;
import io.xwasm.agent.ledger.state.BlockState;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.BlockContext;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Orders calls, executes them, and closes blocks (rule 5), on one thread.
 *
 * <p>A block closes when nothing more is queued, or when it is full. Only a few blocks may be on
 * their way to commitment at once; while they are, calls gather, so blocks grow by themselves as
 * the load does.
 */
final class BlockMaker {
    private static final int QUEUE_LIMIT = 20_000;
    private static final int BLOCK_CALLS = 500;
    private static final long BLOCK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int BLOCKS_IN_FLIGHT = 2;
    private static final long POLL_MILLIS = 50;

    private final CallExecutor executor;
    private final Chain chain;
    private final Commitment commitment;
    private final InstantSource clock;
    private final Consumer<MadeBlock> next;
    private final UnwrittenState state;

    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(QUEUE_LIMIT);
    private final Map<Hash, Waiting> onTheWay = new ConcurrentHashMap<>();
    private final Semaphore inFlight = new Semaphore(BLOCKS_IN_FLIGHT);

    /** Held while a block is made, so that a drain can see the last one. */
    private final Object making = new Object();

    private final Object gate = new Object();

    private volatile boolean open;

    /** What callers are told from the end on; null before. */
    private volatile Submission.@Nullable Elsewhere end;

    private long height;
    private long timeMillis;

    BlockMaker(Chain chain, Commitment commitment, InstantSource clock, Consumer<MadeBlock> next) {
        this.executor = chain.executor();
        this.chain = chain;
        this.commitment = commitment;
        this.clock = clock;
        this.next = next;
        this.state = new UnwrittenState(chain.store().state());
    }

    /** Begins after this block. */
    void begin(Tip tip) {
        height = tip.height();
        timeMillis = tip.timeMillis();
    }

    void open(boolean mayMake) {
        synchronized (gate) {
            open = mayMake;
            gate.notifyAll();
        }
    }

    CompletableFuture<Submission> submit(SignedCall call) {
        var waiting = new Waiting(call);
        var same = onTheWay.putIfAbsent(waiting.hash, waiting);
        if (same != null) {
            return same.answer;
        }
        if (!queue.offer(waiting)) {
            answer(
                    waiting,
                    new Submission.Refused("busy", QUEUE_LIMIT + " calls are waiting already"));
        }
        var ended = end;
        if (ended != null) {
            answer(waiting, ended);
        }
        return waiting.answer;
    }

    /** Makes blocks until {@link #end}. */
    void run() throws InterruptedException {
        while (end == null) {
            var first = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (first == null) {
                continue;
            }
            if (awaitTurn()) {
                make(first);
            } else {
                queue.add(first);
            }
        }
    }

    private boolean awaitTurn() throws InterruptedException {
        while (end == null) {
            synchronized (gate) {
                if (!open) {
                    gate.wait(POLL_MILLIS);
                    continue;
                }
            }
            if (inFlight.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                if (open) {
                    return true;
                }
                inFlight.release();
            }
        }
        return false;
    }

    private void make(Waiting first) {
        synchronized (making) {
            var overlay = new BlockState(state);
            var context = new BlockContext(height + 1, Math.max(timeMillis, clock.millis()));
            List<Waiting> taken = new ArrayList<>();
            List<Receipt> receipts = new ArrayList<>();
            long begin = System.nanoTime();
            Waiting waiting = first;
            while (waiting != null) {
                executeIfAdmitted(waiting, context, overlay, taken, receipts);
                boolean full =
                        taken.size() >= BLOCK_CALLS
                                || System.nanoTime() - begin >= BLOCK_NANOS
                                || end != null;
                waiting = full ? null : queue.poll();
            }
            if (taken.isEmpty()) {
                inFlight.release();
                return;
            }
            height = context.height();
            timeMillis = context.timeMillis();
            var made = new MadeBlock(height, timeMillis, taken, receipts, overlay.changes());
            state.add(height, made.changes());
            next.accept(made);
        }
    }

    private void executeIfAdmitted(
            Waiting waiting,
            BlockContext context,
            BlockState overlay,
            List<Waiting> taken,
            List<Receipt> receipts) {
        var call = waiting.call;
        var admission = executor.admit(call, context.timeMillis(), overlay);
        if (admission != CallExecutor.Admission.ADMITTED) {
            refuse(waiting, admission, context);
            return;
        }
        long begin = System.nanoTime();
        receipts.add(executor.execute(call, context, receipts.size(), overlay));
        waiting.executionNanos = System.nanoTime() - begin;
        taken.add(waiting);
    }

    /** Refusals rest on state too, so they are given only when that state is committed (rule 8). */
    private void refuse(Waiting waiting, CallExecutor.Admission why, BlockContext context) {
        commitment.whenCommitted(
                context.height() - 1,
                () -> {
                    var receipt = chain.store().receipt(waiting.hash);
                    answer(
                            waiting,
                            receipt == null
                                    ? refusal(waiting.call, why, context.timeMillis())
                                    : new Submission.Acknowledged(receipt));
                });
    }

    private static Submission refusal(
            SignedCall call, CallExecutor.Admission why, long blockMillis) {
        return switch (why) {
            case ADMITTED -> throw new IllegalArgumentException("an admitted call is not refused");
            case NONCE_USED ->
                    new Submission.Refused(
                            "nonce_used",
                            "nonce %d of %s was used by another call"
                                    .formatted(call.nonce(), call.sender()));
            case NONCE_TOO_FAR_AHEAD ->
                    new Submission.Refused(
                            "nonce_too_far_ahead",
                            "nonce %d is more than 1,024 above the highest that %s has used"
                                    .formatted(call.nonce(), call.sender()));
            case EXPIRED ->
                    new Submission.Refused(
                            "expired",
                            "the call expired at %d, block time is %d (Unix milliseconds)"
                                    .formatted(call.expiresAtMillis(), blockMillis));
            case EXPIRES_TOO_LATE ->
                    new Submission.Refused(
                            "expires_too_late",
                            "a call may be valid for at most %d ms"
                                    .formatted(CallExecutor.LONGEST_VALIDITY_MILLIS));
        };
    }

    private void answer(Waiting waiting, Submission submission) {
        onTheWay.remove(waiting.hash, waiting);
        waiting.answer.complete(submission);
    }

    /** The block is in the store. */
    void written(long blockHeight) {
        state.written(blockHeight);
    }

    /** The block is committed: its callers may know. */
    void committed(MadeBlock block, CallObserver observer) {
        inFlight.release();
        for (int i = 0; i < block.waiting().size(); i++) {
            var waiting = block.waiting().get(i);
            var receipt = block.receipts().get(i);
            observer.acknowledged(
                    waiting.call,
                    receipt,
                    System.nanoTime() - waiting.arrivedNanos,
                    waiting.executionNanos);
            answer(waiting, new Submission.Acknowledged(receipt));
        }
    }

    /** Makes no further block and tells the height of the last. */
    long stopAt() {
        open(false);
        synchronized (making) {
            return height;
        }
    }

    /**
     * Ends the making; whoever still waits is sent elsewhere. Does not wait for a block that is
     * being made, which may wait for a disk.
     */
    void end(Submission.Elsewhere elsewhere) {
        end = elsewhere;
        onTheWay.values().forEach(waiting -> answer(waiting, elsewhere));
    }

    /** The call that is on its way under this hash, if any. */
    @Nullable CompletableFuture<Submission> find(Hash call) {
        var waiting = onTheWay.get(call);
        return waiting == null ? null : waiting.answer;
    }
}
