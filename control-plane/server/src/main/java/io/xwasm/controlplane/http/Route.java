package io.xwasm.controlplane.http;

import org.jspecify.annotations.Nullable;

/**
 * A path, a method and what answers it.
 *
 * @param path as in openapi.yaml, with {@code {names}} in braces
 * @param door who may come in
 * @param action what the audit log calls it; null when it changes nothing
 */
public record Route(
        String method, String path, Door door, @Nullable String action, Handler handler) {
    public static final String API = "/api/v1";

    /** Who may come in. */
    public enum Door {
        /** Anybody. */
        OPEN,
        /** Whoever is signed in. */
        SIGNED_IN,
        /** Operators. */
        OPERATOR
    }

    /** Blocks until the answer is there. */
    @FunctionalInterface
    public interface Handler {
        Answer answer(Request request) throws InterruptedException;
    }

    /** For whoever is signed in. */
    public static Route get(String path, Handler handler) {
        return new Route("GET", API + path, Door.SIGNED_IN, null, handler);
    }

    public static Route post(String path, String action, Handler handler) {
        return new Route("POST", API + path, Door.OPERATOR, action, handler);
    }

    public static Route put(String path, String action, Handler handler) {
        return new Route("PUT", API + path, Door.OPERATOR, action, handler);
    }

    public static Route delete(String path, String action, Handler handler) {
        return new Route("DELETE", API + path, Door.OPERATOR, action, handler);
    }

    /** Changes something, and nobody has to be signed in. */
    public static Route open(String method, String path, String action, Handler handler) {
        return new Route(method, API + path, Door.OPEN, action, handler);
    }

    /** Changes only what is the caller's own. */
    public static Route own(String method, String path, String action, Handler handler) {
        return new Route(method, API + path, Door.SIGNED_IN, action, handler);
    }

    /** Outside the API's prefix, for machines that watch the process. */
    public static Route probe(String path, Handler handler) {
        return new Route("GET", path, Door.OPEN, null, handler);
    }

    public boolean mutating() {
        return action != null;
    }

    boolean takesCode() {
        return method.equals("POST") && path.equals(API + "/code");
    }
}
