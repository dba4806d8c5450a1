package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Tip;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.SignedCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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

    private final Incarnation self;
    private final Chain chain;
    private final GroupEvents events;
    private final CallObserver observer;
    private final Consumer<Configuration> learn;
    private final long beganNanos = System.nanoTime();

    private final Commitment commitment = new Commitment(_ -> signalLinks());
    private final Confirmations confirmations = new Confirmations(this::askRound);
    private final BlockMaker maker;
    private final BlockSealer sealer;
    private final Map<Incarnation, MemberLink> links = new ConcurrentHashMap<>();
    private final MembershipRequests requests;
    private final OwnFault fault;
    private final SealedBlocks blocks;
    private final TermThreads threads;

    private volatile Configuration configuration;
    private volatile long roundAsked;
    private final AtomicBoolean announced = new AtomicBoolean();
    private volatile boolean caughtUp;
    private volatile boolean draining;
    private volatile boolean superseded;
    private volatile boolean ended;

    PrimaryTerm(
            Incarnation self,
            Chain chain,
            Configuration configuration,
            GroupEvents events,
            CallObserver observer,
            Consumer<Configuration> learn,
            Consumer<Throwable> fail,
            InstantSource clock,
            SelfSuspicion suspicion) {
        this.self = self;
        this.chain = chain;
        this.configuration = configuration;
        this.events = events;
        this.observer = observer;
        this.learn = learn;
        this.requests = new MembershipRequests(self, configuration, events);
        this.blocks = new SealedBlocks(chain);
        this.sealer = new BlockSealer(configuration.group(), chain, this::epoch, new Outgoing());
        this.fault = new OwnFault(suspicion, sealer::writingMillis, System::nanoTime);
        this.threads = new TermThreads(configuration.group(), e -> failed(e, fail));
        this.maker = new BlockMaker(chain, commitment, clock, sealer::seal);
    }

    /** Takes sealed blocks to the members and to commitment. */
    private final class Outgoing implements BlockSealer.Sink {
        @Override
        public void sealed(MadeBlock made, long height, byte[] bytes) {
            blocks.add(height, bytes);
            signalLinks();
        }

        @Override
        public long committed() {
            return commitment.committed();
        }

        @Override
        public void durable(MadeBlock made, long height) {
            maker.written(height);
            commitment.whenCommitted(
                    height,
                    () -> {
                        blocks.committed(height);
                        maker.committed(made, observer);
                    });
            commitment.durable(
                    height, new SharedView(chain.store().view(), height, made.timeMillis()));
        }
    }

    void begin() {
        recount();
        openLinks();
        threads.start("maker", this::takeOverThenMake);
    }

    /** What fails because the term ends is no failure. */
    private void failed(Throwable cause, Consumer<Throwable> fail) {
        if (!ended) {
            fail.accept(cause);
        }
    }

    private void takeOverThenMake() throws InterruptedException {
        var tip = chain.tip();
        while (chain.executed() < tip.height() && !ended) {
            chain.executeNext();
        }
        maker.begin(tip);
        threads.start("sealer", sealer::run);
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
        requests.decided(newer);
        recount();
        confirmations.askAgain();
        openLinks();
        updateGate();
    }

    private synchronized void recount() {
        var counting = requests.counting();
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
                threads.start("to-" + member.node(), link::run);
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
        return caughtUp && mayServe() && !superseded && !ended;
    }

    CompletableFuture<Submission> submit(SignedCall call) {
        if (ended || superseded) {
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

    SealedBlocks blocks() {
        return blocks;
    }

    void acknowledged(Member member, long height) {
        commitment.acknowledged(member.incarnation(), height);
        synchronized (this) {
            if (ended) {
                return;
            }
            if (requests.joins(member, height, blocks.height())) {
                recount();
            }
        }
        requests.ask(member);
    }

    /** See {@link MembershipRequests#unreachable}. */
    void unreachable(Member member, String why) {
        if (!ended) {
            requests.unreachable(member, why);
        }
    }

    /** Whether this member's own disk takes a write and does not end it (rule 18). */
    boolean diskHangs() {
        return fault.diskHangs();
    }

    /**
     * Whether a member's silence may be this primary's own fault. Then the member gets its time
     * again, and when it is not for the first time, a switchover is asked for (rule 15).
     *
     * @param silences how often in a row it was silent
     */
    boolean mayBeOwnFault(Member member, int silences) {
        var excuse = fault.excuse(silences, hearsNobody());
        if (excuse == null) {
            return false;
        }
        log.info("{}: {}, so {} gets its time again", group(), excuse, member.node());
        if (fault.isRepeated()) {
            events.wantsSwitchover(group(), epoch(), excuse + ", and not for the first time");
        }
        return true;
    }

    /** All of several at once: of a single one nobody can tell whose fault it is. */
    private boolean hearsNobody() {
        var counting = requests.counting();
        return counting.size() > 1
                && counting.stream()
                        .map(links::get)
                        .allMatch(link -> link != null && link.isSlow());
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
        return blocks.oldestUncommittedMillis();
    }

    private Submission.Elsewhere elsewhere() {
        return new Submission.Elsewhere(null, "this member is not primary any more");
    }

    /**
     * Another member is primary in a newer epoch. Whoever waits here is sent to it at once: the end
     * of the term waits for this member's disk, which may hang.
     */
    void supersededBy(Member newPrimary) {
        superseded = true;
        maker.end(new Submission.Elsewhere(newPrimary, "another member is primary now"));
        confirmations.end();
    }

    boolean isSuperseded() {
        return superseded;
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
        threads.join();
        commitment.close();
        chain.forgetUnwritten();
    }
}
