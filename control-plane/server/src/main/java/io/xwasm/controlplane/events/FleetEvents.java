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

    /** Up to this one, none is kept. */
    private long forgotten;

    public FleetEvents(InstantSource clock) {
        this.clock = clock;
        // Rises faster than one event per microsecond never; so a later start begins above.
        this.last = clock.millis() * 1000;
        this.forgotten = last;
    }

    /**
     * @param topic operation, group, node, contract, backup, alert or user
     * @param link console path
     */
    public synchronized void publish(String topic, String subject, String sentence, String link) {
        var event = new FleetEvent(++last, clock.instant(), topic, subject, sentence, link);
        ring.addLast(event);
        if (ring.size() > KEPT) {
            forgotten = ring.removeFirst().id();
        }
        followers.values().forEach(follower -> follower.accept(event));
    }

    /**
     * Replays what came after {@code after} and then goes on; the consumer must not block. When
     * some of that is not kept any more, an event of the topic missed comes first.
     *
     * @return ends the following
     */
    public synchronized Runnable follow(long after, Consumer<FleetEvent> consumer) {
        if (after < forgotten) {
            consumer.accept(
                    new FleetEvent(
                            forgotten,
                            clock.instant(),
                            "missed",
                            "",
                            "what happened after event %d is not kept any more, up to event %d"
                                    .formatted(after, forgotten),
                            ""));
        }
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
