package io.xwasm.controlplane.problems;

/** The stable types of what can be wrong with a request. */
public enum ProblemKind {
    MALFORMED("malformed", 400, "The request cannot be read"),
    NOT_SIGNED_IN("not-signed-in", 401, "No valid session or token"),
    EXPIRED_TOKEN("expired-token", 401, "The token has expired"),
    WRONG_PASSWORD("wrong-password", 401, "User and password do not match"),
    NOT_PERMITTED("not-permitted", 403, "The role does not allow it"),
    UNKNOWN_PATH("unknown-path", 404, "There is no such path"),
    UNKNOWN_NODE("unknown-node", 404, "There is no such node"),
    UNKNOWN_GROUP("unknown-group", 404, "There is no such group"),
    UNKNOWN_CONTRACT("unknown-contract", 404, "There is no such contract"),
    UNKNOWN_VERSION("unknown-version", 404, "The contract has no such version"),
    UNKNOWN_CODE("unknown-code", 404, "There is no such code"),
    UNKNOWN_BACKUP("unknown-backup", 404, "There is no such backup"),
    UNKNOWN_OPERATION("unknown-operation", 404, "There is no such operation"),
    UNKNOWN_RULE("unknown-rule", 404, "There is no such alert rule"),
    UNKNOWN_TOKEN("unknown-token", 404, "There is no such token"),
    WRONG_METHOD("wrong-method", 405, "The path does not take this method"),
    BUSY("busy", 409, "Another operation is running"),
    TAKEN("taken", 409, "The name is taken"),
    NOT_NOW("not-now", 409, "The present state does not allow it"),
    CHANGED("changed", 412, "It was changed by somebody else"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    WRONG_CONTENT_TYPE("wrong-content-type", 415, "The body has another content type"),
    INVALID("invalid", 422, "A value cannot be accepted"),
    REFUSED_CODE("refused-code", 422, "The module cannot be accepted"),
    KEY_REUSED("key-reused", 422, "The Idempotency-Key belongs to another request"),
    TOO_MANY_ATTEMPTS("too-many-attempts", 429, "Too many attempts"),
    INTERNAL("internal", 500, "The control plane failed"),
    UNAVAILABLE("unavailable", 503, "It cannot be done at the moment");

    private final String slug;
    private final int status;
    private final String title;

    ProblemKind(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    public String type() {
        return "/problems/" + slug;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
