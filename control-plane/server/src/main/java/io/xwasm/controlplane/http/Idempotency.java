package io.xwasm.controlplane.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.keys.Sealer;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The same POST twice is done once: the second gets the first one's answer.
 *
 * <p>Answers may hold a secret (a new token), so what is kept is sealed. The id of a request that
 * was cut short by a crash is kept too: tried again under the same key it has the same id, by which
 * operations know that it is the same.
 */
final class Idempotency {
    private static final Duration KEPT = Duration.ofHours(24);
    private static final int LONGEST_KEY = 200;

    private final Database database;
    private final Sealer sealer;
    private final InstantSource clock;
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    Idempotency(Database database, Sealer sealer, InstantSource clock) {
        this.database = database;
        this.sealer = sealer;
        this.clock = clock;
    }

    /** Where a request stands. */
    sealed interface Turn {
        /** It is carried out under this id. */
        record First(String request) implements Turn {}

        /** It was, and this was answered. */
        record Again(Answer answer) implements Turn {}
    }

    private record Kept(int status, @Nullable JsonNode body) {}

    private record Found(String request, String asked, byte @Nullable [] answered) {}

    /**
     * @throws Refusal when the key belongs to another request, or its first use still runs
     */
    Turn begin(String actor, String key, String method, String target, byte[] body) {
        if (key.isBlank() || key.length() > LONGEST_KEY) {
            throw Refusal.of(
                    ProblemKind.MALFORMED,
                    "an Idempotency-Key has 1 to %d characters".formatted(LONGEST_KEY));
        }
        if (!running.add(actor + "\n" + key)) {
            throw Refusal.of(
                    ProblemKind.BUSY, "the first request with this Idempotency-Key still runs");
        }
        boolean goesOn = false;
        try {
            var asked = fingerprint(method, target, body);
            var found = database.write(sql -> findOrReserve(sql, actor, key, asked));
            if (!sameAs(found.asked(), method, target, body)) {
                throw Refusal.of(
                        ProblemKind.KEY_REUSED,
                        "this Idempotency-Key was used for another request: use a new one");
            }
            if (found.answered() != null) {
                return new Turn.Again(open(actor, key, found.answered()));
            }
            goesOn = true;
            return new Turn.First(found.request());
        } finally {
            if (!goesOn) {
                running.remove(actor + "\n" + key);
            }
        }
    }

    private Found findOrReserve(Sql sql, String actor, String key, String asked) {
        var now = clock.instant();
        var _ =
                sql.run(
                        "DELETE FROM idempotency WHERE created_at < ?",
                        now.minus(KEPT).toEpochMilli());
        return sql.first(
                        "SELECT request, asked, answered FROM idempotency"
                                + " WHERE actor = ? AND key = ?",
                        row ->
                                new Found(
                                        row.text("request"),
                                        row.text("asked"),
                                        row.bytesOrNull("answered")),
                        actor,
                        key)
                .orElseGet(() -> {
                    var request = UUID.randomUUID().toString();
                    var _ =
                            sql.run(
                                    "INSERT INTO idempotency"
                                            + " (actor, key, request, created_at, asked)"
                                            + " VALUES (?, ?, ?, ?, ?)",
                                    actor,
                                    key,
                                    request,
                                    now.toEpochMilli(),
                                    asked);
                    return new Found(request, asked, null);
                });
    }

    /** Keeps the answer, unless the control plane itself failed: then it may be tried again. */
    void end(String actor, String key, Answer answer) {
        try {
            if (answer.status() < 500) {
                var body =
                        answer.body() == null
                                ? null
                                : Json.MAPPER.<JsonNode>valueToTree(answer.body());
                var plain = Json.write(new Kept(answer.status(), body)).getBytes(UTF_8);
                var sealed = sealer.seal(plain, purpose(actor, key));
                database.change(sql -> {
                    var _ =
                            sql.run(
                                    "UPDATE idempotency SET answered = ?"
                                            + " WHERE actor = ? AND key = ?",
                                    sealed,
                                    actor,
                                    key);
                });
            }
        } finally {
            running.remove(actor + "\n" + key);
        }
    }

    private Answer open(String actor, String key, byte[] sealed) {
        var plain = new String(sealer.open(sealed, purpose(actor, key)), UTF_8);
        var kept = Json.read(plain, Kept.class);
        return new Answer(kept.status(), kept.body(), null);
    }

    private static String purpose(String actor, String key) {
        return "answer to %s under key %s".formatted(actor, key);
    }

    /** Salted, because a body may hold a password. */
    private static String fingerprint(String method, String target, byte[] body) {
        var salt = UUID.randomUUID().toString();
        return salt + ":" + hash(salt, method, target, body);
    }

    private static boolean sameAs(String asked, String method, String target, byte[] body) {
        int colon = asked.indexOf(':');
        return asked.substring(colon + 1)
                .equals(hash(asked.substring(0, colon), method, target, body));
    }

    private static String hash(String salt, String method, String target, byte[] body) {
        var head = "%s %s %s\n".formatted(salt, method, target).getBytes(UTF_8);
        return Base64.getEncoder().encodeToString(Hash.sha256(head, body).bytes());
    }
}
