package io.xwasm.controlplane.identity;

import java.util.Set;
import java.util.UUID;

/**
 * Who does something.
 *
 * @param name a user, a user's token, or the automation
 * @param source address it came from, or the part of the control plane
 * @param request names this one deed; the same deed tried again has the same
 */
public record Actor(String name, String source, String request) {
    private static final String AUTOMATION = "automation";
    private static final String STRANGER = "anonymous";

    /** Names that the audit log uses for nobody's user, so no user may have them. */
    public static final Set<String> RESERVED = Set.of(AUTOMATION, STRANGER);

    /** Somebody who is not signed in. */
    public static Actor stranger(String source, String request) {
        return new Actor(STRANGER, source, request);
    }

    public boolean isStranger() {
        return name.equals(STRANGER);
    }

    public boolean isAutomation() {
        return name.equals(AUTOMATION);
    }

    /** Something that the control plane does by itself. */
    public static Actor automation(String part) {
        return automation(part, UUID.randomUUID().toString());
    }

    /**
     * @param request the same for the same deed, so that it is done once
     */
    public static Actor automation(String part, String request) {
        return new Actor(AUTOMATION, part, request);
    }
}
