package io.xwasm.controlplane.api;

/**
 * Starts a session.
 *
 * @param user name
 * @param password password
 */
public record Login(String user, String password) {}
