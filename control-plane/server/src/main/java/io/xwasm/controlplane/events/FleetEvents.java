package io.xwasm.controlplane.events;

import io.xwasm.controlplane.api.FleetEvent;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The newest changes and who follows them. */
public final class FleetEvents {
    private static final int KEPT = 10_000;

    private final InstantSource clock;
    private final Deque<FleetEvent> ring = new ArrayDeque<>();
    private final Map<Object, Consumer<FleetEvent>> followers = new ConcurrentHashMap<>();
    private long last;

    public FleetEvents(InstantSource clock) {
        this.clock = clock;
        // Rises faster than one event per microsecond never; so a later start begins above.
        this.last = clock.millis() * 1000;
    }

    /**
     * @param topic operation, group, node, contract, backup, alert or user
     * @param link console path
     */
    public synchronized void publish(String topic, String subject, String sentence, String link) {
        var event = new FleetEvent(++last, clock.instant(), topic, subject, sentence, link);
        ring.addLast(event);
        if (ring.size() > KEPT) {
            ring.removeFirst();
        }
        followers.values().forEach(follower -> follower.accept(event));
    }

    /**
     * Replays what came after {@code after} and then goes on; the consumer must not block.
     *
     * @return ends the following
     */
    public synchronized Runnable follow(long after, Consumer<FleetEvent> consumer) {
        ring.stream().filter(event -> event.id() > after).forEach(consumer);
        var key = new Object();
        followers.put(key, consumer);
        return () -> followers.remove(key);
    }

    public synchronized long newest() {
        return last;
    }

    public synchronized List<FleetEvent> kept() {
        return List.copyOf(ring);
    }
}
