package io.xwasm.controlplane.identity;

import io.xwasm.controlplane.api.Role;

/**
 * Who sent a request.
 *
 * @param user whose session or token it is
 * @param name of the token, or of the user in a session
 * @param token id of the session or token
 */
public record Caller(String user, String name, Role role, String token) {
    public boolean may(Role needed) {
        return role == Role.OPERATOR || needed == Role.VIEWER;
    }
}
