/**
 * Who may do what: people, their sessions, and tokens for programs.
 *
 * <p>A password is kept as an Argon2id hash, a session or token as the SHA-256 of its 256 random
 * bits, so that nothing in the metadata lets anybody in. A viewer sees everything, an operator
 * changes things. Failed logins are counted per user name and slowed down. The first operator comes
 * from a password file at the first start. Read {@link io.xwasm.controlplane.access.Access} first.
 */
@NullMarked
package io.xwasm.controlplane.access;

import org.jspecify.annotations.NullMarked;
