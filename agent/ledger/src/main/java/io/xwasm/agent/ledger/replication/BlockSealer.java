package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.ledger.store.Executed;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Gives executed blocks their root, header and hash, hands them to the members, and writes them to
 * this member's own disk, on one thread, while the next block is executed on another.
 */
final class BlockSealer {
    private static final long POLL_MILLIS = 50;

    private final GroupId group;
    private final Chain chain;
    private final Supplier<Epoch> epoch;
    private final Sink sink;
    private final LinkedBlockingQueue<MadeBlock> queue = new LinkedBlockingQueue<>();
    private volatile boolean ended;
    private volatile boolean writing;
    private volatile long writingSince;
    private Hash previous = Hash.ZERO;

    /** Where sealed blocks go. */
    interface Sink {
        /** Sealed and not yet on this disk: send it now. */
        void sealed(MadeBlock made, long height, byte[] bytes);

        /** Height up to which everything is committed. */
        long committed();

        /** On this disk. */
        void durable(MadeBlock made, long height);
    }

    BlockSealer(GroupId group, Chain chain, Supplier<Epoch> epoch, Sink sink) {
        this.group = group;
        this.chain = chain;
        this.epoch = epoch;
        this.sink = sink;
    }

    void seal(MadeBlock made) {
        queue.add(made);
    }

    /** Seals until {@link #end}. */
    void run() throws InterruptedException {
        previous = chain.tip().hash();
        while (!ended) {
            var made = queue.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (made != null) {
                sealAndWrite(made);
            }
        }
    }

    private void sealAndWrite(MadeBlock made) {
        var sumBefore = chain.sumBytes();
        var root = chain.advanceRoot(made.changes());
        var calls = made.calls();
        var header =
                new BlockHeader(
                        group,
                        made.height(),
                        epoch.get(),
                        previous,
                        made.timeMillis(),
                        calls.size(),
                        Block.hashOfCalls(calls),
                        Block.hashOfReceipts(made.receipts()),
                        root,
                        BlockHeader.SEMANTICS);
        var block = new Block(header, calls);
        var bytes = block.toBytes();
        previous = header.hash();
        sink.sealed(made, made.height(), bytes);
        writingSince = System.nanoTime();
        writing = true;
        chain.appendExecuted(
                block,
                bytes,
                new Executed(
                        made.height(),
                        made.changes(),
                        made.receipts(),
                        sumBefore,
                        chain.sumBytes()),
                sink.committed());
        writing = false;
        sink.durable(made, made.height());
    }

    /** How long the write to the disk that runs now has been running, 0 when none does. */
    long writingMillis() {
        return writing ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - writingSince) : 0;
    }

    void end() {
        ended = true;
    }
}
