/**
 * Keeps what is on the screen current.
 *
 * <p>There is one {@link io.xwasm.console.live.LiveFeed} per signed-in session, shared by its open
 * pages: it asks the API once a second under the user's own token, only while a page is open, and
 * pushes one update per second to each of them. When the control plane does not answer, the last
 * data stays and its age grows. {@link io.xwasm.console.live.OperationWatch} follows a single
 * operation closely. Read {@link io.xwasm.console.live.LiveFeed} first.
 */
@NullMarked
package io.xwasm.console.live;

import org.jspecify.annotations.NullMarked;
