package io.xwasm.controlplane.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** So many wrong passwords a minute for one name, and no more. */
final class LoginLimit {
    private static final int FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /**
     * Names come from strangers: of more than this the oldest is forgotten, never the newest
     * overlooked, or whoever fills the list could guess on without a limit.
     */
    static final int NAMES = 10_000;

    private final SequencedMap<String, Deque<Instant>> failures = new LinkedHashMap<>();

    synchronized boolean reached(String user, Instant now) {
        var recent = failures.get(user);
        if (recent == null) {
            return false;
        }
        while (!recent.isEmpty() && recent.getFirst().plus(WINDOW).isBefore(now)) {
            recent.removeFirst();
        }
        if (recent.isEmpty()) {
            failures.remove(user);
        }
        return recent.size() >= FAILURES;
    }

    synchronized void failed(String user, Instant now) {
        if (failures.size() >= NAMES && !failures.containsKey(user)) {
            var _ = failures.pollFirstEntry();
        }
        failures.computeIfAbsent(user, _ -> new ArrayDeque<>()).addLast(now);
    }

    synchronized void succeeded(String user) {
        failures.remove(user);
    }
}
