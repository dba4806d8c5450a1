package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.Webhook;
import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.List;
import java.util.Set;

/** Alerts, rules and the webhook over HTTP. */
public final class AlertRoutes {
    private static final Set<String> STATES =
            Set.of(SqlAlerts.PENDING, SqlAlerts.FIRING, SqlAlerts.RESOLVED);

    private final Alerts alerts;
    private final AlertRules rules;
    private final Webhooks webhooks;

    public AlertRoutes(Alerts alerts, AlertRules rules, Webhooks webhooks) {
        this.alerts = alerts;
        this.rules = rules;
        this.webhooks = webhooks;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/alerts", this::list),
                Route.get("/alert-rules", this::rules),
                Route.put("/alert-rules/{name}", "alerts.set-rule", this::setRule),
                Route.get("/alert-webhook", this::webhook),
                Route.put("/alert-webhook", "alerts.set-webhook", this::setWebhook));
    }

    private Answer list(Request request) {
        var stretch = request.stretch();
        var state = request.query("state").orElse(null);
        if (state != null && !STATES.contains(state)) {
            throw Refusal.of(
                    ProblemKind.MALFORMED,
                    "state is pending, firing or resolved, not '%s'".formatted(state));
        }
        return Answer.page(
                alerts.page(state, stretch.numberCursor(Long.MAX_VALUE), stretch.limit() + 1),
                stretch.limit(),
                row -> Long.toString(row.sequence()),
                SqlAlerts.Numbered::view);
    }

    private Answer rules(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                rules.after(stretch.textCursor(""), stretch.limit() + 1),
                stretch.limit(),
                AlertRule::name);
    }

    private Answer setRule(Request request) {
        var name = request.path("name");
        rules.find(name).ifPresent(request::before);
        var set = rules.set(name, request.body(AlertRule.class), request.ifMatch());
        return Answer.versioned(set, set.version());
    }

    private Answer webhook(Request request) {
        var webhook = webhooks.current();
        return Answer.versioned(webhook, webhook.version());
    }

    private Answer setWebhook(Request request) {
        request.about("webhook");
        request.before(webhooks.current());
        var set = webhooks.set(request.body(Webhook.class).url(), request.ifMatch());
        return Answer.versioned(set, set.version());
    }
}
