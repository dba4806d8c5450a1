package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.ControlPlaneClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm alerts rules}. */
@Command(
        name = "rules",
        description = "Shows and sets when an alert is raised.",
        footer = {
            "  xwasm alerts rules list",
            "  xwasm alerts rules set high_latency --threshold 0.5 --for 30"
        })
final class AlertRulesCommand {
    private final XwasmCommand xwasm;

    AlertRulesCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    /** What of a rule is to change; null for what stays. */
    static final class Changes {
        @Option(
                names = "--kind",
                paramLabel = "KIND",
                description =
                        "Of a new rule: high_gas_usage, high_error_rate, high_latency, low_throughput, node_down or backup_too_old.")
        @Nullable String kind;

        @Option(names = "--threshold", paramLabel = "X", description = "In the kind's own unit.")
        @Nullable Double threshold;

        @Option(names = "--for", paramLabel = "SECONDS", description = "It must hold this long.")
        @Nullable Integer forSeconds;

        @Option(names = "--window", paramLabel = "SECONDS", description = "Measured over.")
        @Nullable Integer window;

        @Option(
                names = "--minimum-calls",
                paramLabel = "N",
                description = "Below so many calls in the window a ratio says nothing.")
        @Nullable Integer minimumCalls;

        @Option(names = "--severity", paramLabel = "warning|critical", description = "How bad.")
        @Nullable String severity;

        @Option(names = "--enabled", negatable = true, description = "Whether it is evaluated.")
        @Nullable Boolean enabled;

        AlertRule applyTo(AlertRule rule) {
            return new AlertRule(
                    rule.name(),
                    kind == null ? rule.kind() : kind,
                    threshold == null ? rule.threshold() : threshold,
                    forSeconds == null ? rule.forSeconds() : forSeconds,
                    window == null ? rule.windowSeconds() : window,
                    minimumCalls == null ? rule.minimumCalls() : minimumCalls,
                    severity == null ? rule.severity() : severity,
                    enabled == null ? rule.enabled() : enabled,
                    rule.firing(),
                    rule.version());
        }
    }

    @Command(
            name = "list",
            description = "Lists rules.",
            footer = {"  xwasm alerts rules list"})
    int list(@Mixin Paging paging) {
        xwasm.screen()
                .list(
                        xwasm.client().rules(paging.cursor, paging.limit),
                        "There is no rule.",
                        table());
        return ExitCode.OK;
    }

    @Command(
            name = "set",
            description = "Changes a rule; with --kind and --threshold it may be a new one.",
            footer = {
                "  xwasm alerts rules set high_error_rate --threshold 0.05 --for 10",
                "  xwasm alerts rules set slow-swaps --kind high_latency --threshold 0.2",
                "  xwasm alerts rules set node_down --no-enabled"
            })
    int set(
            @Parameters(paramLabel = "NAME", description = "Its name.") String name,
            @Mixin Changes changes) {
        var client = xwasm.client();
        var there = find(name, client);
        AlertRule wanted;
        if (there.isPresent()) {
            wanted = changes.applyTo(there.get());
        } else if (changes.kind != null && changes.threshold != null) {
            wanted = changes.applyTo(new AlertRule(name, "", 0, 0, 60, 20, "warning", true, 0, 0));
        } else {
            throw new BadInput(
                    "there is no rule '%s'; a new one needs --kind and --threshold"
                            .formatted(name));
        }
        var rule = client.setRule(wanted, there.map(AlertRule::version).orElse(null));
        xwasm.screen().show(rule, lines -> lines.table(java.util.List.of(rule), table()));
        return ExitCode.OK;
    }

    private static Optional<AlertRule> find(String name, ControlPlaneClient client) {
        @Nullable String cursor = null;
        do {
            var page = client.rules(cursor, 100);
            var found = page.items().stream().filter(r -> r.name().equals(name)).findFirst();
            if (found.isPresent()) {
                return found;
            }
            cursor = page.next();
        } while (cursor != null);
        return Optional.empty();
    }

    private static Table<AlertRule> table() {
        return new Table<AlertRule>()
                .text("RULE", AlertRule::name)
                .text("KIND", AlertRule::kind)
                .number("THRESHOLD", AlertRule::threshold)
                .number("FOR", rule -> rule.forSeconds() + " s")
                .number("WINDOW", rule -> rule.windowSeconds() + " s")
                .number("MINIMUM CALLS", AlertRule::minimumCalls)
                .text("SEVERITY", AlertRule::severity)
                .text("ENABLED", rule -> rule.enabled() ? "yes" : "no")
                .number("FIRING", AlertRule::firing);
    }
}
