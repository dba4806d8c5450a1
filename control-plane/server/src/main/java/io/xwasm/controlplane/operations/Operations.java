package io.xwasm.controlplane.operations;

import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.metadata.MetadataUnavailable;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins operations, runs them, and goes on with them after a restart. */
public final class Operations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    private static final Duration METADATA_RETRY = Duration.ofSeconds(1);

    private final Journal journal;
    private final FleetEvents events;
    private final OperationMetrics metrics;
    private final InstantSource clock;
    private final Map<String, OperationKind> kinds = new ConcurrentHashMap<>();
    private final Map<String, Thread> runners = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    public Operations(
            Journal journal, FleetEvents events, OperationMetrics metrics, InstantSource clock) {
        this.journal = journal;
        this.events = events;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Every kind must be known before {@link #resume}. */
    public void register(OperationKind kind) {
        kinds.put(kind.name(), kind);
    }

    /** Names of everything that may be begun. */
    public Set<String> kinds() {
        return Set.copyOf(kinds.keySet());
    }

    /**
     * Begins an operation and answers at once. The same actor's same request again is answered with
     * the operation that it began.
     *
     * @throws Refusal naming the running operation that stands in the way
     */
    public OperationView start(OperationOrder order, Actor actor) {
        var kind = kind(order.kind());
        var steps = kind.steps().stream().map(Step::name).toList();
        var begun = journal.begin(order, steps, actor, running -> order.turn().blockedBy(running));
        return switch (begun) {
            case Journal.Begun.Blocked(var by) ->
                    throw Refusal.of(
                            ProblemKind.BUSY,
                            "%s of %s has to wait: %s of %s is running (%s)"
                                    .formatted(
                                            order.kind(),
                                            order.subject(),
                                            by.kind(),
                                            by.subject(),
                                            by.id()));
            case Journal.Begun.Started(var id, boolean repeated) -> {
                if (!repeated) {
                    tell(id);
                    run(id);
                }
                yield journal.view(id).orElseThrow();
            }
        };
    }

    /** Goes on with everything that a former process left running. */
    public void resume() {
        for (var operation : journal.running()) {
            LOG.info("going on with {} of {}", operation.kind(), operation.subject());
            run(operation.id());
        }
    }

    /** Asks an operation to stop before its next step that still can be left out. */
    public void askToStop(String id, String why) {
        journal.askToStop(id, why);
        tell(id);
    }

    /**
     * The operation that this very request began before. To be asked before anything is checked: a
     * request that was cut short by a crash may by now have done what the checks forbid.
     */
    public Optional<OperationView> begunBy(Actor actor) {
        return journal.ofRequest(actor.request());
    }

    public Optional<OperationView> find(String id) {
        return journal.view(id);
    }

    public List<OperationView> running() {
        return journal.running();
    }

    /** The newest that succeeded, of these kinds, in a group. */
    public Optional<OperationView> newest(String group, List<String> kindsWanted) {
        return journal.newest(group, kindsWanted);
    }

    Journal journal() {
        return journal;
    }

    /** Waits for a version above this one; answers with what is there when the time is over. */
    public Optional<OperationView> await(String id, long above, Duration patience)
            throws InterruptedException {
        long left = patience.toNanos();
        lock.lock();
        try {
            while (true) {
                var view = journal.view(id);
                boolean news = view.isEmpty() || view.get().version() > above;
                boolean ended = view.isPresent() && view.get().state() != OperationState.RUNNING;
                if (news || ended || left <= 0 || closing.getCount() == 0) {
                    return view;
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private OperationKind kind(String name) {
        return Objects.requireNonNull(kinds.get(name), () -> "no operation kind " + name);
    }

    private void run(String id) {
        var runner = Thread.ofVirtual().name("operation-" + id).unstarted(() -> runToEnd(id));
        runners.put(id, runner);
        runner.start();
    }

    private void runToEnd(String id) {
        try {
            while (closing.getCount() > 0) {
                try {
                    new OperationRun(this, id).run();
                    return;
                } catch (MetadataUnavailable e) {
                    LOG.error("operation {} waits for the metadata", id, e);
                    pause(METADATA_RETRY);
                }
            }
        } catch (InterruptedException _) {
            LOG.info("operation {} is left for the next process", id);
        } finally {
            runners.remove(id);
            signal();
        }
    }

    /** Ends early, by {@link InterruptedException}, when the control plane shuts down. */
    void pause(Duration duration) throws InterruptedException {
        if (closing.await(duration.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the control plane shuts down");
        }
    }

    OperationKind kindOf(Journal.Entry entry) {
        return kind(entry.kind());
    }

    Instant now() {
        return clock.instant();
    }

    void ended(Journal.Entry entry, String outcome) {
        metrics.ended(
                entry.kind(), outcome, Duration.between(entry.view().startedAt(), clock.instant()));
        tell(entry.id());
    }

    /** Wakes who waits and tells who follows. */
    void tell(String id) {
        signal();
        journal.view(id)
                .ifPresent(view ->
                        events.publish(
                                "operation",
                                id,
                                "%s of %s: %s"
                                        .formatted(view.kind(), view.subject(), view.sentence()),
                                "operations/" + id));
    }

    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Leaves what runs where it stands; the next process goes on with it. */
    @Override
    public void close() {
        closing.countDown();
        var open = List.copyOf(runners.values());
        open.forEach(Thread::interrupt);
        signal();
        for (var runner : open) {
            try {
                var _ = runner.join(Duration.ofSeconds(2));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
