package io.xwasm.console.live;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import com.vaadin.flow.shared.Registration;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.api.RequestRefused;
import io.xwasm.controlplane.api.Signals;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API once a second for one signed-in session and pushes what it says to the session's
 * open pages.
 *
 * <p>A page that is slower than the feed misses rounds and never queues them: at most one update
 * waits for each page.
 */
public final class LiveFeed {
    private static final int POINTS = 180;
    private static final int LIMIT = 100;
    private static final int NEWEST_OPERATIONS = 30;

    private final ControlPlaneClient client;
    private final InstantSource clock;
    private final ScheduledExecutorService ticks;
    private final List<Follower> followers = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Snapshot> latest = new AtomicReference<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private @Nullable ScheduledFuture<?> rounds;

    /** A page that wants to know. */
    private record Follower(
            UI ui,
            @Nullable Duration range,
            Function<Snapshot, Runnable> prepare,
            AtomicReference<@Nullable Runnable> waiting) {}

    public LiveFeed(
            ControlPlaneClient client, InstantSource clock, ScheduledExecutorService ticks) {
        this.client = client;
        this.clock = clock;
        this.ticks = ticks;
    }

    /**
     * Shows each round in this component for as long as it is on a page; the first one at once.
     *
     * @param range of the golden signals that it wants; null for none
     */
    public Registration follow(
            Component component, @Nullable Duration range, Consumer<Snapshot> view) {
        return attached(
                component,
                joined -> {
                    join(component, range, s -> () -> view.accept(s), joined);
                    var known = latest.get();
                    if (known == null || (range != null && !known.signals().containsKey(range))) {
                        known = round();
                    }
                    if (known != null) {
                        view.accept(known);
                    }
                });
    }

    /**
     * Asks one more question in each round for as long as this component is on a page. It is asked
     * while nobody waits for it; an answer that fails is left out.
     */
    public <T> Registration ask(Component component, Supplier<T> question, Consumer<T> view) {
        return attached(
                component,
                joined ->
                        join(
                                component,
                                null,
                                _ -> {
                                    var answer = question.get();
                                    return () -> view.accept(answer);
                                },
                                joined));
    }

    private Registration attached(
            Component component, Consumer<AtomicReference<@Nullable Follower>> join) {
        var joined = new AtomicReference<@Nullable Follower>();
        if (component.isAttached()) {
            join.accept(joined);
        }
        var attach = component.addAttachListener(_ -> join.accept(joined));
        var detach = component.addDetachListener(_ -> leave(joined));
        return () -> {
            attach.remove();
            detach.remove();
            leave(joined);
        };
    }

    private void join(
            Component component,
            @Nullable Duration range,
            Function<Snapshot, Runnable> prepare,
            AtomicReference<@Nullable Follower> joined) {
        leave(joined);
        var ui = component.getUI().orElseThrow();
        var follower = new Follower(ui, range, prepare, new AtomicReference<>());
        joined.set(follower);
        followers.add(follower);
        start();
    }

    private void leave(AtomicReference<@Nullable Follower> joined) {
        var follower = joined.getAndSet(null);
        if (follower != null) {
            followers.remove(follower);
        }
        stopWhenAlone();
    }

    private synchronized void start() {
        if (rounds == null) {
            rounds = ticks.scheduleAtFixedRate(this::begin, 1, 1, TimeUnit.SECONDS);
        }
    }

    private synchronized void stopWhenAlone() {
        if (followers.isEmpty() && rounds != null) {
            rounds.cancel(false);
            rounds = null;
        }
    }

    /** Each round has a thread of its own: one that waits must not hold up other sessions. */
    private void begin() {
        if (busy.compareAndSet(false, true)) {
            var _ = Thread.ofVirtual().name("live-feed").start(this::tick);
        }
    }

    private void tick() {
        try {
            var snapshot = round();
            if (snapshot != null) {
                followers.forEach(f -> push(f, snapshot));
            }
        } finally {
            busy.set(false);
        }
    }

    private void push(Follower follower, Snapshot snapshot) {
        Runnable update;
        try {
            update = follower.prepare().apply(snapshot);
        } catch (RequestRefused | ControlPlaneUnreachable _) {
            return;
        }
        if (follower.waiting().getAndSet(update) != null) {
            return;
        }
        try {
            var _ = follower.ui().access(() -> run(follower));
        } catch (UIDetachedException _) {
            followers.remove(follower);
            stopWhenAlone();
        }
    }

    private void run(Follower follower) {
        var newest = follower.waiting().getAndSet(null);
        if (newest != null && followers.contains(follower)) {
            newest.run();
        }
    }

    /** Null as long as the control plane has never answered. */
    private @Nullable Snapshot round() {
        Snapshot result;
        try {
            result = ask();
        } catch (RequestRefused e) {
            result = silent(e.problem());
        } catch (ControlPlaneUnreachable e) {
            result = silent(unreachable(e));
        }
        latest.set(result);
        return result;
    }

    private Snapshot ask() {
        var status = client.status();
        var groups = client.groups(null, LIMIT).items();
        var operations = client.operations(null, null, NEWEST_OPERATIONS).items();
        var alerts = client.alerts("firing", null, LIMIT).items();
        Map<Duration, Signals> signals = new HashMap<>();
        for (var follower : followers) {
            var range = follower.range();
            if (range != null) {
                signals.computeIfAbsent(range, r -> client.signals(null, r, POINTS));
            }
        }
        var now = clock.instant();
        return new Snapshot(now, now, status, groups, operations, alerts, signals, null);
    }

    private @Nullable Snapshot silent(Problem why) {
        var known = latest.get();
        return known == null ? null : known.silent(clock.instant(), why);
    }

    public static Problem unreachable(ControlPlaneUnreachable e) {
        var detail = e.getMessage() + "; what is shown is what it said last";
        return new Problem("about:blank", "No answer", 503, detail, null, null);
    }
}
