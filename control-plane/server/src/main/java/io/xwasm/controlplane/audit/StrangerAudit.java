package io.xwasm.controlplane.audit;

import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.http.AuditTrail;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Deed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Keeps what strangers are refused from filling the log.
 *
 * <p>Anybody who reaches the port can send requests that change something and be refused, at any
 * rate and for ever, and the log is never cut. So of what nobody signed in for, the first few of a
 * minute from one address are entered each, and the rest of that minute is counted and entered as
 * one. The log then grows by at most some two hundred entries a minute, whatever strangers do. The
 * price: a kill loses the count of the running minute; each deed of somebody who is signed in is on
 * disk before its answer as ever (invariant 6).
 */
public final class StrangerAudit implements AuditTrail {
    private static final Duration TURN = Duration.ofMinutes(1);

    /** A person who mistypes a password a few times is seen each time. */
    private static final int EACH = 10;

    /** Entered singly in one minute, from all addresses together. */
    private static final int ENTRIES = 100;

    /** Counted apart in one minute; what comes from further ones is counted together. */
    private static final int ADDRESSES = 100;

    private static final String OTHERS = "other addresses";

    private final AuditTrail log;
    private final InstantSource clock;
    private final Map<String, Seen> seen = new HashMap<>();
    private Instant began = Instant.EPOCH;
    private int entered;

    public StrangerAudit(AuditTrail log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** What came from one address in this minute. */
    private static final class Seen {
        private int entered;
        private final Map<String, Long> counted = new TreeMap<>();
    }

    @Override
    public void enter(Deed deed) {
        if (!deed.actor().isStranger() || deed.status() < 400 || isOneOfTheFirst(deed)) {
            log.enter(deed);
        }
    }

    private synchronized boolean isOneOfTheFirst(Deed deed) {
        tick();
        var address = deed.actor().source();
        var key = seen.containsKey(address) || seen.size() < ADDRESSES ? address : OTHERS;
        var here = seen.computeIfAbsent(key, _ -> new Seen());
        if (here.entered < EACH && entered < ENTRIES) {
            here.entered++;
            entered++;
            return true;
        }
        here.counted.merge(deed.action(), 1L, Long::sum);
        return false;
    }

    /** Enters what a minute that is over has counted; to be called now and then. */
    public synchronized void tick() {
        var now = clock.instant();
        if (began.plus(TURN).isAfter(now)) {
            return;
        }
        enterCounted();
        began = now;
    }

    private void enterCounted() {
        seen.forEach((address, here) -> {
            if (!here.counted.isEmpty()) {
                log.enter(summary(address, here.counted));
            }
        });
        seen.clear();
        entered = 0;
    }

    private Deed summary(String address, Map<String, Long> counted) {
        long all = counted.values().stream().mapToLong(Long::longValue).sum();
        return new Deed(
                Actor.stranger(address, UUID.randomUUID().toString()),
                "access.refused",
                "%d further requests within a minute".formatted(all),
                "refused",
                401,
                null,
                null,
                Json.write(Map.of("since", began.toString(), "requests", counted)));
    }

    /** Enters what was counted so far. */
    public synchronized void close() {
        enterCounted();
    }
}
