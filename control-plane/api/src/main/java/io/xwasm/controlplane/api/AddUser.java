package io.xwasm.controlplane.api;

/**
 * Adds a person.
 *
 * @param name unique
 * @param password at least ten characters
 * @param role what they may do
 */
public record AddUser(String name, String password, Role role) {}
