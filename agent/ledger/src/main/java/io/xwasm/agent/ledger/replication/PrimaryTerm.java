package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.Tip;
import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.SignedCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This member as primary, from one promotion to the next demotion; the epoch may rise in between as
 * members come and go.
 *
 * <p>It first commits everything that it holds, in its new epoch, then serves (rule 20). It
 * acknowledges nothing that a member which counts lacks, so a newer primary, who was such a member,
 * has everything that was acknowledged (rule 21).
 */
final class PrimaryTerm {
    private static final Logger log = LoggerFactory.getLogger(PrimaryTerm.class);

    /** So many blocks stay in memory for members that keep up. */
    private static final int RECENT_BLOCKS = 128;

    /** A member so close to the newest block is asked for; from then on commitment waits for it. */
    private static final long NEARLY_CAUGHT_UP = 16;

    /** Requests to change the in-sync set are repeated so often. */
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Incarnation self;
    private final Chain chain;
    private final GroupEvents events;
    private final CallObserver observer;
    private final Consumer<Configuration> learn;
    private final Consumer<Throwable> fail;
    private final long beganNanos = System.nanoTime();

    private final Commitment commitment = new Commitment(_ -> signalLinks());
    private final Confirmations confirmations = new Confirmations(this::askRound);
    private final BlockMaker maker;
    private final BlockSealer sealer;
    private final Map<Incarnation, MemberLink> links = new ConcurrentHashMap<>();
    private final Map<Incarnation, Long> lastAsked = new ConcurrentHashMap<>();
    private final ConcurrentSkipListMap<Long, byte[]> recent = new ConcurrentSkipListMap<>();
    private final Map<Long, Long> sealedAtNanos = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();

    /**
     * Members asked to be added that no newer configuration has decided on: they count already
     * (rule 14).
     */
    private final Set<Incarnation> joining = new HashSet<>();

    private volatile Configuration configuration;
    private volatile long sealedHeight;
    private volatile long roundAsked;
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile boolean caughtUp;
    private volatile boolean draining;
    private volatile boolean ended;

    PrimaryTerm(
            Incarnation self,
            Chain chain,
            Configuration configuration,
            GroupEvents events,
            CallObserver observer,
            Consumer<Configuration> learn,
            Consumer<Throwable> fail,
            InstantSource clock) {
        this.self = self;
        this.chain = chain;
        this.configuration = configuration;
        this.events = events;
        this.observer = observer;
        this.learn = learn;
        this.fail = fail;
        this.sealedHeight = chain.tip().height();
        this.sealer = new BlockSealer(configuration.group(), chain, this::epoch, new Outgoing());
        this.maker = new BlockMaker(chain, commitment, clock, sealer::seal);
    }

    /** Takes sealed blocks to the members and to commitment. */
    private final class Outgoing implements BlockSealer.Sink {
        @Override
        public void sealed(MadeBlock made, long height, byte[] bytes) {
            recent.put(height, bytes);
            if (recent.size() > RECENT_BLOCKS) {
                recent.pollFirstEntry();
            }
            sealedAtNanos.put(height, System.nanoTime());
            sealedHeight = height;
            signalLinks();
        }

        @Override
        public void durable(MadeBlock made, long height) {
            maker.written(height);
            commitment.whenCommitted(
                    height,
                    () -> {
                        sealedAtNanos.remove(height);
                        maker.committed(made, observer);
                    });
            commitment.durable(
                    height, new SharedView(chain.store().view(), height, made.timeMillis()));
        }
    }

    void begin() {
        recount();
        openLinks();
        start("maker", this::takeOverThenMake);
    }

    /**
     * A thread whose failure ends the member: what it was doing cannot be trusted any more (rule
     * 5).
     */
    private void start(String name, Work work) {
        var thread =
                new Thread(
                        null,
                        () -> {
                            try {
                                work.run();
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            } catch (RuntimeException | Error e) {
                                if (!ended) {
                                    fail.accept(e);
                                }
                            }
                        },
                        "%s-%s".formatted(group(), name),
                        STACK_BYTES);
        thread.setDaemon(true);
        synchronized (threads) {
            threads.add(thread);
        }
        thread.start();
    }

    /** Contracts may call contracts, each some hundred frames deep. */
    private static final long STACK_BYTES = 64L << 20;

    private interface Work {
        void run() throws InterruptedException;
    }

    private void takeOverThenMake() throws InterruptedException {
        var tip = chain.tip();
        while (chain.executed() < tip.height() && !ended) {
            chain.executeNext();
        }
        maker.begin(tip);
        start("sealer", sealer::run);
        commitment.whenCommitted(tip.height(), () -> takenOver(tip));
        commitment.durable(
                tip.height(), new SharedView(chain.store().view(), tip.height(), tip.timeMillis()));
        maker.run();
    }

    private void takenOver(Tip tip) {
        caughtUp = true;
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
        log.info(
                "{}: primary in epoch {} from block {} on, after {} ms",
                group(),
                epoch(),
                tip.height(),
                millis);
        updateGate();
    }

    /** Takes a newer configuration in which this member is still primary. */
    synchronized void reconfigure(Configuration newer) {
        configuration = newer;
        joining.clear();
        lastAsked.clear();
        recount();
        openLinks();
        updateGate();
    }

    private synchronized void recount() {
        var counting = new HashSet<>(configuration.inSync());
        counting.addAll(joining);
        counting.remove(self);
        commitment.count(counting);
        confirmations.count(counting);
    }

    private synchronized void openLinks() {
        var wanted = new LinkedHashMap<Incarnation, Member>();
        configuration.members().stream()
                .filter(m -> !m.incarnation().equals(self))
                .forEach(m -> wanted.put(m.incarnation(), m));
        links.forEach((incarnation, link) -> {
            if (!link.member().equals(wanted.get(incarnation))) {
                link.end();
                links.remove(incarnation);
            }
        });
        wanted.forEach((incarnation, member) -> {
            if (!ended && !links.containsKey(incarnation)) {
                var link = new MemberLink(member, this);
                links.put(incarnation, link);
                start("to-" + member.node(), link::run);
            }
        });
        signalLinks();
    }

    private void updateGate() {
        maker.open(serving() && !draining);
        if (serving() && announced.compareAndSet(false, true)) {
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
            events.roleTaken(group(), epoch(), self, chain.tip().height(), millis);
        }
    }

    /** Enough members hold what is acknowledged (rule 16); alone, only in a group of one. */
    private boolean mayServe() {
        var now = configuration;
        int needed = now.members().size() == 1 ? 1 : Math.max(2, now.minimumSize());
        return now.inSync().size() >= needed;
    }

    boolean serving() {
        return caughtUp && mayServe() && !ended;
    }

    CompletableFuture<Submission> submit(SignedCall call) {
        if (ended) {
            return CompletableFuture.completedFuture(elsewhere());
        }
        if (!mayServe()) {
            return CompletableFuture.completedFuture(
                    new Submission.Elsewhere(
                            null,
                            "only %d of %d members are in sync, so writes are refused until another has caught up"
                                    .formatted(
                                            configuration.inSync().size(),
                                            configuration.members().size())));
        }
        return maker.submit(call);
    }

    /** Completes when no member that counts knows of a newer epoch (rule 13). */
    CompletableFuture<Void> confirm() {
        return serving()
                ? confirmations.confirm()
                : CompletableFuture.failedFuture(new NotPrimary());
    }

    /** The newest committed state; the caller releases it. */
    SharedView committedView() {
        return commitment.view();
    }

    /**
     * Takes no new call into a block until {@link #resume}; completes when everything made is
     * committed.
     */
    CompletableFuture<Tip> drain(Duration hold) {
        draining = true;
        long last = maker.stopAt();
        var drained = new CompletableFuture<Tip>();
        commitment.whenCommitted(last, () -> drained.complete(chain.tip()));
        CompletableFuture.delayedExecutor(hold.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::resume);
        return drained;
    }

    void resume() {
        draining = false;
        updateGate();
    }

    /**
     * Where this member's chain and a follower's part: the newest block that both have, −1 when
     * none is known.
     */
    long commonHeight(ReplicationMessage.Opened answer) {
        for (int i = 0; i < answer.heights().size(); i++) {
            long height = answer.heights().get(i);
            if (answer.hashes().get(i).equals(hashAt(height))) {
                return height;
            }
        }
        return -1;
    }

    private @Nullable Hash hashAt(long height) {
        if (height > sealedHeight) {
            return null;
        }
        if (height == 0) {
            // A ledger that was restored or copied does not begin with the first block.
            return chain.store().block(1) == null && sealedHeight > 0 ? null : chain.genesisHash();
        }
        var bytes = recent.get(height);
        var stored = bytes == null ? chain.store().block(height) : bytes;
        return stored == null ? null : Block.parse(stored).header().hash();
    }

    byte[] blockBytes(long height) {
        var bytes = recent.get(height);
        var stored = bytes == null ? chain.store().block(height) : bytes;
        if (stored == null) {
            throw new LedgerDamaged("block %d is missing".formatted(height), null);
        }
        return stored;
    }

    void acknowledged(Member member, long height) {
        commitment.acknowledged(member.incarnation(), height);
        askToAddIfCaughtUp(member, height);
    }

    private void askToAddIfCaughtUp(Member member, long height) {
        synchronized (this) {
            var now = configuration;
            if (ended
                    || now.isInSync(member.incarnation())
                    || height < sealedHeight - NEARLY_CAUGHT_UP) {
                if (!joining.contains(member.incarnation())) {
                    return;
                }
            }
            if (joining.add(member.incarnation())) {
                recount();
            }
        }
        if (mayAskAgain(member)) {
            events.wantsAddition(group(), epoch(), member);
        }
    }

    /**
     * A member that counts cannot be reached, so nothing will be committed until it is removed
     * (rule 15).
     */
    void unreachable(Member member, String why) {
        boolean counts;
        synchronized (this) {
            counts =
                    configuration.isInSync(member.incarnation())
                            || joining.contains(member.incarnation());
        }
        if (counts && !ended && mayAskAgain(member)) {
            events.wantsRemoval(group(), epoch(), member.incarnation(), why);
        }
    }

    private boolean mayAskAgain(Member member) {
        long now = System.nanoTime();
        var last = lastAsked.get(member.incarnation());
        if (last != null && now - last < ASK_AGAIN_NANOS) {
            return false;
        }
        lastAsked.put(member.incarnation(), now);
        return true;
    }

    void confirmed(Member member, Epoch confirmedEpoch, long round) {
        if (confirmedEpoch.equals(epoch())) {
            confirmations.confirmed(member.incarnation(), round);
        }
    }

    void learned(Configuration newer) {
        learn.accept(newer);
    }

    private void askRound(long round) {
        roundAsked = round;
        signalLinks();
    }

    private void signalLinks() {
        links.values().forEach(MemberLink::signal);
    }

    long roundAsked() {
        return roundAsked;
    }

    long committed() {
        return commitment.committed();
    }

    long sealedHeight() {
        return sealedHeight;
    }

    GroupId group() {
        return configuration.group();
    }

    Incarnation self() {
        return self;
    }

    Epoch epoch() {
        return configuration.epoch();
    }

    Configuration configuration() {
        return configuration;
    }

    /**
     * Age of the oldest block that waits for commitment, in milliseconds; a hung disk shows here
     * (rule 18).
     */
    long oldestUncommittedMillis() {
        long now = System.nanoTime();
        return sealedAtNanos.values().stream()
                .mapToLong(at -> TimeUnit.NANOSECONDS.toMillis(now - at))
                .max()
                .orElse(0);
    }

    private Submission.Elsewhere elsewhere() {
        return new Submission.Elsewhere(null, "this member is not primary any more");
    }

    /**
     * Ends the term; whoever waits for a receipt is sent to the new primary with the same bytes.
     */
    void end(@Nullable Member newPrimary) {
        ended = true;
        maker.end(new Submission.Elsewhere(newPrimary, "another member is primary now"));
        sealer.end();
        confirmations.end();
        links.values().forEach(MemberLink::end);
        joinThreads();
        commitment.close();
        chain.forgetUnwritten();
    }

    private void joinThreads() {
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
