package io.xwasm.controlplane.identity;

import org.jspecify.annotations.Nullable;

/**
 * What is to be entered.
 *
 * @param action such as contracts.upgrade
 * @param outcome done, refused or failed
 * @param status HTTP status; 0 for what the control plane does by itself
 * @param before JSON of what was
 * @param after JSON of what is asked for or is now
 */
public record Deed(
        Actor actor,
        String action,
        String target,
        String outcome,
        int status,
        @Nullable String operation,
        @Nullable String before,
        @Nullable String after) {
    /** Something that the control plane did by itself. */
    public static Deed automatic(
            Actor actor, String action, String target, @Nullable String operation, String after) {
        return new Deed(actor, action, target, "done", 0, operation, null, after);
    }
}
