/**
 * Around every page: navigation, environment, the live pill, alerts, theme, user, and what is shown
 * when a page does not exist or fails.
 *
 * <p>The frame follows the live feed for its counts and for the age of the data; the pill itself
 * counts on in the browser, so it also tells when the connection to the console is lost. Read
 * {@link io.xwasm.console.frame.Frame} first.
 */
@NullMarked
package io.xwasm.console.frame;

import org.jspecify.annotations.NullMarked;
