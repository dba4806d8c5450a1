/**
 * What calls do: the golden signals of the last hour, second by second.
 *
 * <p>Primaries send one sample per method and second; {@link
 * io.xwasm.controlplane.signals.SignalHistory} adds them up by contract, group and fleet. Counts
 * are exact, so that totals can be compared with what callers counted; latencies come in buckets
 * and are merged before a quantile is taken. All of it is in memory and begins anew with the
 * process. Alert rules, charts and views read the same history. Read {@link
 * io.xwasm.controlplane.signals.SignalHistory} first.
 */
@NullMarked
package io.xwasm.controlplane.signals;

import org.jspecify.annotations.NullMarked;
