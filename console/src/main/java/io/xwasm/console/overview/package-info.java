/**
 * The first page: what is true and what is wrong in one sentence, then the signals behind it.
 *
 * <p>Everything on it comes from one round of the live feed, so its figures belong together.
 * Changes of the fleet (upgrades, failovers, backups) are drawn on the time axis of the golden
 * signals, because the first question after "what is wrong" is "what has changed". Figures that
 * tests compare with the API carry the exact value in {@code data-value}. Read {@link
 * io.xwasm.console.overview.OverviewView} first.
 */
@NullMarked
package io.xwasm.console.overview;

import org.jspecify.annotations.NullMarked;
