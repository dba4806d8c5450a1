package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.api.Webhook;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm alerts}; {@link AlertRulesCommand} is below it. */
@Command(
        name = "alerts",
        description = "Shows alerts, their rules, and where they are sent.",
        footer = {
            "  xwasm alerts list --state firing",
            "  xwasm alerts rules set high_error_rate --threshold 0.05",
            "  xwasm alerts webhook http://127.0.0.1:9093/hook"
        })
final class AlertsCommand {
    private final XwasmCommand xwasm;

    AlertsCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "list",
            description = "Lists alerts, the newest first.",
            footer = {"  xwasm alerts list", "  xwasm alerts list --state firing --json"})
    int list(
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "pending, firing or resolved; else all.")
                    @Nullable String state,
            @Mixin Paging paging) {
        var table =
                new Table<AlertView>()
                        .text("STATE", alert -> state(alert.state()))
                        .text("SEVERITY", AlertView::severity)
                        .text("RULE", AlertView::rule)
                        .text("SUBJECT", AlertView::subject)
                        .text("SINCE", alert -> Wording.time(alert.since()))
                        .text("", AlertView::summary);
        xwasm.screen()
                .list(
                        xwasm.client().alerts(state, paging.cursor, paging.limit),
                        "There is no alert.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "webhook",
            description = "Shows or sets where notifications go (Alertmanager's payload).",
            footer = {
                "  xwasm alerts webhook",
                "  xwasm alerts webhook http://127.0.0.1:9093/hook",
                "  xwasm alerts webhook --none"
            })
    int webhook(
            @Parameters(arity = "0..1", paramLabel = "URL", description = "Where to.")
                    @Nullable URI url,
            @Option(names = "--none", description = "Nowhere.") boolean none) {
        if (none && url != null) {
            throw new BadInput("give either a URL or --none");
        }
        var client = xwasm.client();
        var webhook = client.webhook();
        if (none || url != null) {
            var wanted =
                    new Webhook(url == null ? null : url.toString(), null, null, webhook.version());
            webhook = client.setWebhook(wanted, webhook.version());
        }
        var shown = webhook;
        xwasm.screen()
                .show(
                        shown,
                        lines ->
                                lines.field("webhook", Wording.orNone(shown.url()))
                                        .field("delivered", Wording.time(shown.lastDeliveredAt()))
                                        .field("failure", Wording.orNone(shown.lastFailure())));
        return ExitCode.OK;
    }

    private String state(String state) {
        var terminal = xwasm.terminal();
        return switch (state) {
            case "firing" -> terminal.red(state);
            case "pending" -> terminal.yellow(state);
            default -> state;
        };
    }
}
