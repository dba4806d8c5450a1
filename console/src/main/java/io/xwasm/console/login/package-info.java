/**
 * Who is there: the sign-in page, the session, and the gate in front of every other page.
 *
 * <p>A session of the control plane is begun with the user's password and its token kept in the
 * Vaadin session, nowhere else; every call of the console is made with it. When the token or the
 * session ends, the gate leads back to the sign-in page and afterwards to where the user was. Read
 * {@link io.xwasm.console.login.SignedIn} first.
 */
@NullMarked
package io.xwasm.console.login;

import org.jspecify.annotations.NullMarked;
