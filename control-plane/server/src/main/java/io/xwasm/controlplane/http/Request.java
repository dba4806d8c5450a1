package io.xwasm.controlplane.http;

import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Caller;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A request in the hands of its handler, with what the audit log will say about it. */
public final class Request {
    private final Incoming incoming;
    private final String id;
    private final @Nullable Caller caller;
    private String target = "";
    private @Nullable String before;
    private @Nullable String after;

    Request(Incoming incoming, String id, @Nullable Caller caller) {
        this.incoming = incoming;
        this.id = id;
        this.caller = caller;
        this.target = String.join("/", incoming.parameters().values());
    }

    /** Names this request in the audit log and in problems. */
    public String id() {
        return id;
    }

    /** Who is signed in; only behind a door. */
    public Caller caller() {
        return Objects.requireNonNull(caller, "an open route has no caller");
    }

    public Actor actor() {
        return caller == null
                ? Actor.stranger(incoming.source(), id)
                : new Actor(caller.name(), incoming.source(), id);
    }

    public String path(String name) {
        return Objects.requireNonNull(incoming.parameters().get(name), name);
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(incoming.query().get(name));
    }

    public long queryNumber(String name, long otherwise, long least, long most) {
        var text = query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, with the same words as a number out of range.
        }
        throw Refusal.of(
                ProblemKind.MALFORMED,
                "%s is a number from %d to %d, not '%s'".formatted(name, least, most, text.get()));
    }

    public Stretch stretch() {
        return Stretch.of(query("cursor").orElse(null), query("limit").orElse(null));
    }

    public byte[] bytes() {
        return incoming.body().clone();
    }

    /**
     * The body as a record; it goes into the audit log without passwords.
     *
     * @throws Refusal when it is no JSON or does not fit
     */
    public <T> T body(Class<T> type) {
        requireType("application/json");
        var value = Bodies.read(incoming.body(), type);
        after(value);
        return value;
    }

    public void requireType(String wanted) {
        var given = incoming.headers().getOrDefault("content-type", "");
        int end = given.indexOf(';');
        var bare = (end < 0 ? given : given.substring(0, end)).strip();
        if (!bare.equalsIgnoreCase(wanted)) {
            throw Refusal.of(
                    ProblemKind.WRONG_CONTENT_TYPE,
                    "the body is to be %s, not '%s'".formatted(wanted, given));
        }
    }

    /** The version that the change is based on, if the client says. */
    public Optional<Long> ifMatch() {
        var header = incoming.headers().get("if-match");
        if (header == null || header.equals("*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(header.strip().replace("\"", "")));
        } catch (NumberFormatException _) {
            throw Refusal.of(
                    ProblemKind.MALFORMED,
                    "If-Match is the ETag of what is to be changed, not '%s'".formatted(header));
        }
    }

    /** What the audit log calls the thing that is changed. */
    public void about(Object what) {
        target = what.toString();
    }

    public void before(Object what) {
        before = json(what);
    }

    public void after(Object what) {
        after = json(what);
    }

    String target() {
        return target;
    }

    @Nullable String beforeJson() {
        return before;
    }

    @Nullable String afterJson() {
        return after;
    }

    private static String json(Object what) {
        var tree = Json.MAPPER.valueToTree(what);
        if (tree instanceof ObjectNode object) {
            var _ = object.remove("password");
        }
        return tree.toString();
    }
}
