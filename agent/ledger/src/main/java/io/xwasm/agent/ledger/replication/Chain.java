package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.ledger.Tip;
import io.xwasm.agent.ledger.state.BlockState;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateRoot;
import io.xwasm.agent.ledger.store.Executed;
import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.ledger.store.RocksLedgerStore;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.vm.BlockContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * This member's blocks and how far they are executed: the part that primary and follower share.
 *
 * <p>One thread appends, one executes; the figures may be read by any.
 */
final class Chain {
    private final LedgerFolder folder;
    private final CallExecutor executor;
    private final AtomicLong blocksWritten = new AtomicLong();
    private volatile Tip tip;
    private volatile long executed;
    private volatile Hash root;
    private StateRoot sum;

    Chain(LedgerFolder folder, CallExecutor executor) {
        this.folder = folder;
        this.executor = executor;
        this.tip = folder.tip();
        this.executed = folder.store().executed();
        this.sum = storedSum();
        this.root = sum.hash();
    }

    private StateRoot storedSum() {
        var bytes = folder.store().sum();
        if (bytes == null) {
            throw new LedgerDamaged("the ledger in %s has no state".formatted(folder.path()), null);
        }
        return StateRoot.parse(bytes);
    }

    RocksLedgerStore store() {
        return folder.store();
    }

    Hash genesisHash() {
        return folder.genesis().hash();
    }

    CallExecutor executor() {
        return executor;
    }

    Tip tip() {
        return tip;
    }

    long executed() {
        return executed;
    }

    /** Height up to which blocks were known to be committed when this ledger was opened. */
    long surelyCommitted() {
        return folder.store().surelyCommitted();
    }

    /** State root after {@link #executed}. */
    Hash root() {
        return root;
    }

    long blocksWritten() {
        return blocksWritten.get();
    }

    /** Newest blocks first, so that a primary can find where chains part. */
    List<Tip> newest(int count) {
        var tips = new ArrayList<Tip>();
        for (long h = tip.height(); h >= 0 && tips.size() < count; h--) {
            if (h > 0 && folder.store().block(h) == null) {
                break;
            }
            tips.add(folder.tipAt(h));
        }
        return tips;
    }

    /** Compiles all code that the state holds; returns when it is done. */
    void compileStored() {
        try (var view = folder.store().view()) {
            view.codes().forEach(executor::compile);
        }
    }

    /**
     * A follower's append, with an fsync (rule 6).
     *
     * @throws MalformedMessage when the block does not continue the chain
     */
    void append(byte[] bytes) {
        var block = Block.parse(bytes);
        var header = block.header();
        requireNext(header);
        folder.store().append(header.height(), bytes);
        blocksWritten.incrementAndGet();
        tip = Tip.of(header);
        prepare(block);
    }

    /**
     * An append that is not on disk before the next {@link #sync}: for a member that nobody counts
     * on yet.
     */
    void appendUnsynced(byte[] bytes) {
        var header = Block.parse(bytes).header();
        requireNext(header);
        folder.store().appendUnsynced(header.height(), bytes);
        tip = Tip.of(header);
    }

    void sync() {
        folder.store().sync();
        blocksWritten.incrementAndGet();
    }

    /** While the block waits for commitment, beside the thread that executes. */
    private void prepare(Block block) {
        for (var call : block.calls()) {
            if (CallExecutor.storesCode(call)) {
                Thread.ofPlatform()
                        .daemon()
                        .name("compile-block-" + block.header().height())
                        .start(() -> executor.prepare(call));
            }
        }
    }

    private void requireNext(BlockHeader header) {
        var last = tip;
        if (header.height() != last.height() + 1
                || !header.previous().equals(last.hash())
                || header.epoch().olderThan(last.epoch())) {
            throw new MalformedMessage(
                    "block %d of epoch %s does not follow block %d of epoch %s"
                            .formatted(
                                    header.height(), header.epoch(), last.height(), last.epoch()));
        }
    }

    /**
     * Executes the next block that is on disk and compares with what its header promises (rule 25).
     */
    void executeNext() {
        long height = executed + 1;
        var bytes = folder.store().block(height);
        if (bytes == null) {
            throw new LedgerDamaged(
                    "block %d is missing in %s".formatted(height, folder.path()), null);
        }
        var block = Block.parse(bytes);
        var header = block.header();
        var context = new BlockContext(height, header.timeMillis());
        var state = new BlockState(folder.store().state());
        var receipts = new ArrayList<Receipt>(block.calls().size());
        for (var call : block.calls()) {
            receipts.add(executor.execute(call, context, receipts.size(), state));
        }
        var changes = state.changes();
        var before = sum.toBytes();
        sum.apply(changes);
        var reached = sum.hash();
        if (!reached.equals(header.stateRoot())
                || !Block.hashOfReceipts(receipts).equals(header.receiptsHash())) {
            sum = StateRoot.parse(before);
            throw new Diverged(height, header.stateRoot(), reached);
        }
        folder.store().execute(new Executed(height, changes, receipts, before, sum.toBytes()));
        executed = height;
        root = reached;
    }

    /** The primary's: adds what the block changed to the sum and gives the new root. */
    Hash advanceRoot(List<Change> changes) {
        sum.apply(changes);
        return sum.hash();
    }

    byte[] sumBytes() {
        return sum.toBytes();
    }

    /**
     * The primary's append of a block that it has executed, with an fsync (rule 5).
     *
     * @param committed height up to which everything is committed at this moment
     */
    void appendExecuted(Block block, byte[] bytes, Executed result, long committed) {
        requireNext(block.header());
        folder.store().appendExecuted(bytes, result, committed);
        blocksWritten.incrementAndGet();
        tip = Tip.of(block.header());
        executed = result.height();
        root = block.header().stateRoot();
    }

    /** Throws away what a primary added to the sum for blocks that it never wrote. */
    void forgetUnwritten() {
        sum = storedSum();
        root = sum.hash();
    }

    /**
     * Takes the chain back (rule 10).
     *
     * @return false when the undo sets do not reach that far
     */
    boolean cutTo(long height) {
        if (!folder.store().cutTo(height)) {
            return false;
        }
        tip = folder.tip();
        executed = folder.store().executed();
        sum = storedSum();
        root = sum.hash();
        return true;
    }
}
