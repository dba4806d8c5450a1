/**
 * How the process learns what it is to be: one YAML file, environment variables and flags over it.
 *
 * <p>{@link io.xwasm.controlplane.configuration.Settings} flattens all three into keys such as
 * {@code http.port}; each feature takes its keys and makes one checked record of them. Nothing is
 * refused before everything has been read, so that one start names every unknown and every
 * impossible key. A record's constructor checks its values and names the key in its message.
 * Secrets are files, never values. Read {@link io.xwasm.controlplane.configuration.Settings} first.
 */
@NullMarked
package io.xwasm.controlplane.configuration;

import org.jspecify.annotations.NullMarked;
