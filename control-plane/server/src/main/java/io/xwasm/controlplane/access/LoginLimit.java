package io.xwasm.controlplane.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** So many wrong passwords a minute for one name, and no more. */
final class LoginLimit {
    private static final int FAILURES = 10;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    /** Names come from strangers: more than this are not remembered. */
    private static final int NAMES = 10_000;

    private final Map<String, Deque<Instant>> failures = new HashMap<>();

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
        if (failures.size() < NAMES || failures.containsKey(user)) {
            failures.computeIfAbsent(user, _ -> new ArrayDeque<>()).addLast(now);
        }
    }

    synchronized void succeeded(String user) {
        failures.remove(user);
    }
}
