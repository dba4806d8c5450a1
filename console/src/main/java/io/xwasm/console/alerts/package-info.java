/**
 * Alerts: what fires and would fire, the rules, and where notifications go.
 *
 * <p>The tab is in the address. Rules and webhook are changed under the version that was shown, so
 * two people do not overwrite each other. That nothing fires is shown with the evidence: how many
 * rules were evaluated, when, and how long it took. Read {@link io.xwasm.console.alerts.AlertsView}
 * first.
 */
@NullMarked
package io.xwasm.console.alerts;

import org.jspecify.annotations.NullMarked;
