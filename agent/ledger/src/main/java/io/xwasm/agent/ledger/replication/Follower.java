package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Tip;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.MalformedMessage;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * This member while another is primary: appends what comes with an fsync, acknowledges, and
 * executes what is committed (rule 6).
 *
 * <p>One thread reads the primary's connection, another executes.
 */
final class Follower {
    /** So many blocks are told at the opening, for the primary to find where the chains part. */
    private static final int TOLD_BLOCKS = 64;

    private static final int BLOCKS_PER_SYNC = 128;

    private final Incarnation self;
    private final Chain chain;
    private final Supplier<@Nullable Configuration> configuration;
    private final Consumer<Configuration> learn;
    private final SeedReceiver seeds;

    /**
     * Held while a message is acted upon, so that a connection which was replaced, or a following
     * that has ended, can append nothing afterwards: what comes next relies on the chain's end.
     */
    private final ReentrantLock reading = new ReentrantLock();

    /** Held while the chain is executed or cut. */
    private final ReentrantLock chainLock = new ReentrantLock();

    /**
     * Held only to wait and to wake: the reading thread must never wait for an execution, which may
     * compile code, or every acknowledgement would.
     */
    private final ReentrantLock waking = new ReentrantLock();

    private final Condition moreCommitted = waking.newCondition();
    private volatile long committed;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean everHeard;

    /** Blocks appended since the last fsync, while catching up; touched under {@link #reading}. */
    private int unsynced;

    /** When everything on disk was last executed. */
    private volatile long levelNanos = System.nanoTime();

    private volatile boolean ended;
    private volatile @Nullable Connection connection;
    private volatile @Nullable String quarantine;

    /** The chain parts from the primary's deeper than the undo sets reach: only a copy helps. */
    private volatile boolean beyondUndo;

    Follower(
            Incarnation self,
            Chain chain,
            Supplier<@Nullable Configuration> configuration,
            Consumer<Configuration> learn,
            SeedReceiver seeds) {
        this.self = self;
        this.chain = chain;
        this.configuration = configuration;
        this.learn = learn;
        this.seeds = seeds;
        this.committed = chain.surelyCommitted();
    }

    /** Height up to which this member knows blocks to be committed. */
    long committed() {
        return committed;
    }

    /** Whether a primary is connected at this moment. */
    boolean connected() {
        return connection != null;
    }

    /** Milliseconds since the primary was last heard; −1 when it never was. */
    long heardMillis() {
        return everHeard ? silentMillis() : -1;
    }

    /** Milliseconds since the primary was last heard, or since this member began to follow. */
    long silentMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos);
    }

    /** Age of the oldest block on disk that is not executed, 0 when there is none. */
    long lagMillis() {
        return chain.executed() >= chain.tip().height()
                ? 0
                : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - levelNanos);
    }

    /** Why this member must not go on, or null. */
    @Nullable String quarantine() {
        return quarantine;
    }

    /** Serves the primary on this connection until it closes. */
    void serve(Connection opened) throws IOException {
        var before = connection;
        if (before != null) {
            before.close();
        }
        try {
            opened.send(take(opened));
            while (!ended && quarantine == null) {
                var message = opened.receive();
                reading.lock();
                try {
                    requireOwn(opened);
                    handle(opened, message);
                } finally {
                    reading.unlock();
                }
            }
        } finally {
            if (connection == opened) {
                connection = null;
            }
            opened.close();
        }
    }

    /** Makes this the primary's connection and tells where the chain is. */
    private ReplicationMessage.Opened take(Connection opened) {
        reading.lock();
        try {
            connection = opened;
            heard();
            syncAppended();
            var newest = beyondUndo ? List.<Tip>of() : chain.newest(TOLD_BLOCKS);
            return new ReplicationMessage.Opened(
                    self,
                    epoch(),
                    newest.stream().map(Tip::height).toList(),
                    newest.stream().map(Tip::hash).toList());
        } finally {
            reading.unlock();
        }
    }

    private void requireOwn(Connection from) throws IOException {
        if (ended || connection != from) {
            throw new IOException("another connection has taken this one's place");
        }
    }

    private void heard() {
        heardNanos = System.nanoTime();
        everHeard = true;
    }

    private Epoch epoch() {
        var now = configuration.get();
        return now == null ? Epoch.NONE : now.epoch();
    }

    private void handle(Connection from, ReplicationMessage message) throws IOException {
        heard();
        switch (message) {
            case ReplicationMessage.Append(var epoch, var upTo, var block) -> {
                if (isCurrent(from, epoch)) {
                    append(from, block);
                    committedUpTo(upTo);
                }
            }
            case ReplicationMessage.Beat(var epoch, var upTo) -> {
                if (isCurrent(from, epoch)) {
                    committedUpTo(upTo);
                    acknowledge(from);
                }
            }
            case ReplicationMessage.Confirm(var epoch, var round) -> {
                if (isCurrent(from, epoch)) {
                    from.send(new ReplicationMessage.Confirmed(epoch, round));
                }
            }
            case ReplicationMessage.Cut(var epoch, var height) -> {
                if (isCurrent(from, epoch)) {
                    cut(from, height);
                }
            }
            case ReplicationMessage.News(var newer) -> learn.accept(newer);
            case ReplicationMessage.SeedBegin(var epoch, var height) -> {
                if (isCurrent(from, epoch)) {
                    seeds.begin(height);
                }
            }
            case ReplicationMessage.SeedRecords(var records) -> seeds.add(records);
            case ReplicationMessage.SeedEnd(var root) -> {
                seeds.end(root);
                throw new IOException("this member begins a new life from a full copy");
            }
            case ReplicationMessage other ->
                    throw new MalformedMessage("a primary does not send " + other.getClass());
        }
    }

    /**
     * A member that counts syncs and acknowledges every block. One that catches up does so once for
     * all blocks that have arrived already, or it would never catch up with a busy primary.
     */
    private void append(Connection from, byte[] block) throws IOException {
        var now = configuration.get();
        if (now != null && now.isInSync(self)) {
            chain.append(block);
            acknowledge(from);
            return;
        }
        chain.appendUnsynced(block);
        unsynced++;
        if (unsynced >= BLOCKS_PER_SYNC || !from.hasMore()) {
            acknowledge(from);
        }
    }

    /** Refuses messages of an older epoch and tells the sender what it has missed (rule 3). */
    private boolean isCurrent(Connection from, Epoch epoch) throws IOException {
        var now = configuration.get();
        if (now == null || epoch.equals(now.epoch())) {
            return now != null;
        }
        from.send(new ReplicationMessage.Refused("epoch %s is over".formatted(epoch), now));
        throw new IOException(
                "a message of epoch %s came in epoch %s".formatted(epoch, now.epoch()));
    }

    private void acknowledge(Connection to) throws IOException {
        syncAppended();
        var tip = chain.tip();
        to.send(
                new ReplicationMessage.Ack(
                        self, epoch(), tip.height(), tip.hash(), chain.executed(), chain.root()));
    }

    /** Nothing is acknowledged, nor told as held, that is not on disk (rule 6). */
    private void syncAppended() {
        if (unsynced > 0) {
            chain.sync();
            unsynced = 0;
        }
    }

    private void cut(Connection from, long height) throws IOException {
        chainLock.lock();
        try {
            if (!chain.cutTo(height)) {
                beyondUndo = true;
                throw new IOException(
                        "the undo sets do not reach back to block %d".formatted(height));
            }
            committed = Math.min(committed, height);
        } finally {
            chainLock.unlock();
        }
        acknowledge(from);
    }

    private void committedUpTo(long height) {
        if (height > committed) {
            committed = height;
            wake();
        }
    }

    private void wake() {
        waking.lock();
        try {
            moreCommitted.signalAll();
        } finally {
            waking.unlock();
        }
    }

    /**
     * Executes what is committed, on a thread of its own, until {@link #end}.
     *
     * @param fail told when the ledger must not be used any more
     */
    void begin(String name, Consumer<Throwable> fail) {
        Thread.ofPlatform()
                .daemon()
                .name(name)
                .start(() -> {
                    try {
                        execute();
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException | Error e) {
                        fail.accept(e);
                    }
                });
    }

    private void execute() throws InterruptedException {
        while (!ended) {
            if (!executeOne()) {
                awaitCommitted();
            }
        }
    }

    /** Whether there was a committed block to execute. */
    private boolean executeOne() {
        chainLock.lock();
        try {
            if (ended || !isBehind()) {
                return false;
            }
            chain.executeNext();
            return true;
        } catch (Diverged e) {
            quarantine = e.getMessage();
            stop();
            return false;
        } finally {
            chainLock.unlock();
        }
    }

    private boolean isBehind() {
        return chain.executed() < Math.min(committed, chain.tip().height());
    }

    private void awaitCommitted() throws InterruptedException {
        if (chain.executed() == chain.tip().height()) {
            levelNanos = System.nanoTime();
        }
        waking.lock();
        try {
            if (!ended && !isBehind()) {
                moreCommitted.await(100, TimeUnit.MILLISECONDS);
            }
        } finally {
            waking.unlock();
        }
    }

    private void stop() {
        ended = true;
        var open = connection;
        if (open != null) {
            open.close();
        }
    }

    /** Ends the following; returns when nothing is appended nor executed any more. */
    void end() {
        stop();
        reading.lock();
        try {
            chainLock.lock();
            try {
                wake();
            } finally {
                chainLock.unlock();
            }
        } finally {
            reading.unlock();
        }
    }
}
