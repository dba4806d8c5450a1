package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Tip;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in one group: the ledger folder, the newest configuration, and the role that
 * follows from it.
 *
 * <p>Whatever changes the role or the folder happens on one thread, {@code control}, in the order
 * in which it came. Calls and queries go past it to the term that is there.
 */
public final class GroupMember implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupMember.class);

    /** Two beats and a half. */
    private static final long ADVISED_MILLIS = 500;

    private final Path path;
    private final ContractVm vm;
    private final GroupEvents events;
    private final CallObserver observer;
    private final InstantSource clock;
    private final Consumer<Throwable> fail;
    private final ControlThread control;
    private final ScheduledExecutorService ticker;
    private final PrimaryWatch watch;
    private final SelfSuspicion suspicion = new SelfSuspicion(System::nanoTime);
    private final long openedNanos = System.nanoTime();

    private final CommittedReads reads = new CommittedReads(this);

    private volatile OpenLedger ledger;
    private volatile @Nullable Configuration configuration;

    private volatile @Nullable PrimaryTerm term;
    private volatile @Nullable Follower follower;
    private volatile @Nullable String obstacle;

    private GroupMember(
            Path path,
            LedgerFolder folder,
            ContractVm vm,
            GroupEvents events,
            CallObserver observer,
            InstantSource clock,
            Consumer<Throwable> fail) {
        this.path = path;
        this.ledger = OpenLedger.of(folder, vm);
        this.vm = vm;
        this.events = events;
        this.observer = observer;
        this.clock = clock;
        this.fail = fail;
        this.configuration = folder.configuration().orElse(null);
        var name = ledger.folder().genesis().group().value();
        this.control = new ControlThread(name + "-control", fail);
        this.ticker =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name(name + "-ticker").factory());
        this.watch = new PrimaryWatch(() -> follower, this::anothersTerm, events, ticker);
    }

    /** The newest configuration if another member is primary in it, else null. */
    private @Nullable Configuration anothersTerm() {
        var now = configuration;
        return now == null || now.primary().equals(incarnation()) ? null : now;
    }

    /**
     * Opens the ledger of a group, or makes an empty one. Compiles the code that it holds first: a
     * member that takes part must not stand still at the first call of each contract.
     *
     * @param path the ledger's folder
     * @param fail told when the ledger must not be used any more, as after a failed fsync: the
     *     process should end (rule 5)
     */
    public static GroupMember open(
            Path path,
            Genesis genesis,
            ContractVm vm,
            GroupEvents events,
            CallObserver observer,
            InstantSource clock,
            Consumer<Throwable> fail) {
        var folder = LedgerFolder.openOrFound(path, genesis, new CallExecutor(vm, genesis));
        var member = new GroupMember(path, folder, vm, events, observer, clock, fail);
        member.ledger.chain().compileStored();
        member.follow();
        member.watch.begin();
        member.suspicion.begin(member.ticker);
        return member;
    }

    public GroupId group() {
        return ledger.folder().genesis().group();
    }

    public Incarnation incarnation() {
        return ledger.folder().incarnation();
    }

    public Genesis genesis() {
        return ledger.folder().genesis();
    }

    /** The newest configuration that this member has kept, or null before the first. */
    public @Nullable Configuration configuration() {
        return configuration;
    }

    /** Takes a configuration if it is newer than what is known; returns at once. */
    public void configure(Configuration newer) {
        var _ = learn(newer);
    }

    private CompletableFuture<Void> learn(Configuration newer) {
        sendCallersOn(newer);
        return control.run(() -> adopt(newer));
    }

    /** At once, where another leads: keeping the configuration waits for the disk. */
    private void sendCallersOn(Configuration newer) {
        var leading = term;
        var known = configuration;
        if (leading != null
                && known != null
                && newer.group().equals(group())
                && newer.metadata().equals(known.metadata())
                && newer.newerThan(known)
                && !newer.primary().equals(incarnation())) {
            leading.supersededBy(newer.primaryMember());
        }
    }

    private void adopt(Configuration newer) {
        var known = configuration;
        if (!newer.group().equals(group())
                || newer.epoch().olderThan(ledger.folder().floor())
                || (known != null && !supersedes(newer, known))) {
            return;
        }
        // On disk before anybody acts on it (rule 3).
        ledger.folder().keep(newer);
        configuration = newer;
        takeRole(newer);
    }

    private boolean supersedes(Configuration newer, Configuration known) {
        if (!newer.metadata().equals(known.metadata())) {
            obstacle =
                    "frozen: a configuration came from other metadata (%s) than the one known (%s)"
                            .formatted(newer.metadata(), known.metadata());
            log.warn("{}: {}", group(), obstacle);
            return false;
        }
        return newer.newerThan(known);
    }

    private void takeRole(Configuration now) {
        var running = term;
        if (!now.primary().equals(incarnation())) {
            if (running != null) {
                log.info(
                        "{}: {} is primary from epoch {} on",
                        group(),
                        now.primaryMember().node(),
                        now.epoch());
                term = null;
                running.end(now.primaryMember());
                follow();
            }
            return;
        }
        if (running != null && !running.isSuperseded()) {
            running.reconfigure(now);
            return;
        }
        if (running != null) {
            // It heard of its successor before this: what it had begun ended then.
            term = null;
            running.end(null);
        }
        if (ledger.openedIn().olderThan(now.epoch())) {
            lead(now);
        }
    }

    private void follow() {
        var following =
                new Follower(
                        incarnation(),
                        chain(),
                        () -> configuration,
                        this::configure,
                        new SeedReceiver(
                                path.resolveSibling(path.getFileName() + ".seeding"),
                                genesis(),
                                copy -> control.run(() -> replace(copy))));
        follower = following;
        following.begin(group() + "-follower", fail);
    }

    private void lead(Configuration now) {
        var following = follower;
        if (following != null) {
            if (following.quarantine() != null) {
                // A member whose state differs from committed roots must not be promoted (rule 26).
                obstacle = following.quarantine();
                return;
            }
            following.end();
            follower = null;
        }
        var leading =
                new PrimaryTerm(
                        incarnation(),
                        chain(),
                        now,
                        events,
                        observer,
                        this::configure,
                        fail,
                        clock,
                        suspicion);
        term = leading;
        leading.begin();
    }

    /**
     * Puts another ledger in this one's place; what was there is set aside. Returns when it is
     * done.
     *
     * @param floor the epoch of the restore: messages and configurations of an older one are not
     *     for the new ledger, or the old primary would bring back what the restore takes away
     */
    public Path replaceWith(LedgerFolder whole, Epoch floor) {
        whole.keepFloor(floor);
        var aside = new CompletableFuture<Path>();
        ControlThread.join(control.run(() -> aside.complete(replace(whole))));
        if (!aside.isDone()) {
            throw new IllegalStateException("%s takes part in nothing any more".formatted(group()));
        }
        return aside.join();
    }

    private Path replace(LedgerFolder whole) {
        endRoles();
        var replaced = ledger.replacedBy(whole, configuration, vm, Long.toString(clock.millis()));
        ledger = replaced.ledger();
        obstacle = null;
        follow();
        log.info(
                "{}: incarnation {} from now on; the ledger before is in {}",
                group(),
                incarnation(),
                replaced.aside());
        events.changed(group());
        return replaced.aside();
    }

    private void endRoles() {
        var running = term;
        if (running != null) {
            term = null;
            running.end(null);
        }
        var following = follower;
        if (following != null) {
            follower = null;
            following.end();
        }
    }

    /** Serves a connection that began with this message, until it closes. */
    void accept(Connection connection, ReplicationMessage.Open open) throws IOException {
        ControlThread.join(learn(open.configuration()));
        var now = configuration;
        var following = follower;
        if (now == null || following == null || !isMeantFor(open, now)) {
            if (now != null) {
                connection.send(
                        new ReplicationMessage.Refused("this opening is of another time", now));
            }
            return;
        }
        try {
            following.serve(connection);
        } catch (LedgerDamaged e) {
            // After a write that failed nobody knows what is on the disk (rule 5).
            fail.accept(e);
        } finally {
            if (!control.isClosed()) {
                watch.hungUp(now.epoch(), following);
            }
        }
    }

    private boolean isMeantFor(ReplicationMessage.Open open, Configuration now) {
        return !now.epoch().olderThan(ledger.folder().floor())
                && open.to().equals(incarnation())
                && open.from().equals(now.primary())
                && open.configuration().epoch().equals(now.epoch());
    }

    /** Whether this member hears the primary of its newest epoch (rule 18, the second witness). */
    public boolean hearsPrimary() {
        return term != null || watch.hears();
    }

    /** The primary as far as this member knows, or null. */
    public @Nullable Member primary() {
        var now = configuration;
        return now == null ? null : now.primaryMember();
    }

    /**
     * Puts a call into a block and tells when it is committed; the signature must have been
     * checked.
     */
    public CompletableFuture<Submission> submit(SignedCall call) {
        var leading = term;
        if (leading == null) {
            return CompletableFuture.completedFuture(
                    new Submission.Elsewhere(
                            primaryElsewhere(),
                            "this member is not primary in %s".formatted(group())));
        }
        ledger.chain().executor().prepare(call);
        return leading.submit(call);
    }

    /**
     * The other member to which callers should turn, or null. A primary that has been silent for
     * some beats would let them wait, until it is heard again or another leads.
     */
    public @Nullable Member primaryElsewhere() {
        var known = primary();
        var following = follower;
        boolean silent = following != null && following.heardMillis() >= ADVISED_MILLIS;
        return silent || known == null || known.incarnation().equals(incarnation()) ? null : known;
    }

    /**
     * Takes no new call into a block for at most so long; completes when everything made is
     * committed.
     */
    public CompletableFuture<Tip> drain(Epoch epoch, Duration hold) {
        var leading = term;
        var now = configuration;
        if (leading == null || now == null || !now.epoch().equals(epoch)) {
            return CompletableFuture.failedFuture(new NotPrimary());
        }
        return leading.drain(hold);
    }

    public void resume() {
        var leading = term;
        if (leading != null) {
            leading.resume();
        }
    }

    /** Reads what is committed. */
    public CommittedReads reads() {
        return reads;
    }

    OpenLedger ledger() {
        return ledger;
    }

    Chain chain() {
        return ledger.chain();
    }

    @Nullable PrimaryTerm term() {
        return term;
    }

    @Nullable Follower follower() {
        return follower;
    }

    /** Since this process opened the ledger. */
    long openMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - openedNanos);
    }

    public MemberReport report() {
        return MemberReports.of(this, configuration, obstacle);
    }

    /** How long the newest fsync of this ledger took, in microseconds. */
    public long lastSyncMicros() {
        return ledger.chain().store().lastSyncMicros();
    }

    /** Unix milliseconds of the end of the newest fsync, 0 before the first. */
    public long lastSyncAtMillis() {
        long nanos = ledger.chain().store().nanosSinceLastSync();
        return nanos < 0 ? 0 : clock.millis() - TimeUnit.NANOSECONDS.toMillis(nanos);
    }

    @Override
    public void close() {
        control.end(() -> {
            endRoles();
            ledger.folder().close();
        });
        ticker.shutdownNow();
    }
}
