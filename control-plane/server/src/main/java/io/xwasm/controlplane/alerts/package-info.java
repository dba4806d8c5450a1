/**
 * When somebody should look: rules over signals, nodes and backups, and a webhook that says so.
 *
 * <p>Each second {@link io.xwasm.controlplane.alerts.Alerts} measures every enabled {@link
 * io.xwasm.controlplane.api.AlertRule} and moves its alerts from pending over firing to resolved.
 * What is measured is a pure function of a {@link io.xwasm.controlplane.alerts.RuleSources}. A
 * notification is put into a queue in the same transaction as the change it tells of, and stays
 * there until the receiver has taken it. Read {@link io.xwasm.controlplane.alerts.Alerts} first.
 */
@NullMarked
package io.xwasm.controlplane.alerts;

import org.jspecify.annotations.NullMarked;
