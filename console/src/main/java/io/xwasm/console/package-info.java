/**
 * The web console: a process of its own that shows the fleet and lets a person act on it.
 *
 * <p>It speaks nothing but the public API, under the identity of whoever is signed in: every button
 * is a call that this person could also make with the command line. One package per screen; {@code
 * look} holds what screens are made of, {@code live} keeps them current, {@code login} knows who is
 * there and {@code frame} is around everything. Read {@link io.xwasm.console.ConsoleMain} first.
 */
@NullMarked
package io.xwasm.console;

import org.jspecify.annotations.NullMarked;
