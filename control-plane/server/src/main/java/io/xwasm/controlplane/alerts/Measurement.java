package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.alerts.RuleSources.BackupAge;
import io.xwasm.controlplane.alerts.RuleSources.ContractCalls;
import io.xwasm.controlplane.alerts.RuleSources.NodeSilence;
import io.xwasm.controlplane.api.AlertRule;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A subject for which a rule's condition holds.
 *
 * @param link console path
 */
record Measurement(String subject, double value, String summary, String link) {
    /** Every subject that breaks the rule now. */
    static List<Measurement> breaking(AlertRule rule, RuleSources sources) {
        var window = Duration.ofSeconds(rule.windowSeconds());
        return switch (RuleKind.of(rule.kind()).orElseThrow()) {
            case HIGH_GAS_USAGE, HIGH_ERROR_RATE, HIGH_LATENCY, LOW_THROUGHPUT ->
                    sources.contracts(window).stream()
                            .flatMap(contract -> ofCalls(rule, contract).stream())
                            .toList();
            case NODE_DOWN ->
                    sources.nodes().stream().flatMap(node -> ofNode(rule, node).stream()).toList();
            case BACKUP_TOO_OLD ->
                    sources.backups().stream()
                            .flatMap(backup -> ofBackup(rule, backup).stream())
                            .toList();
        };
    }

    /**
     * Subjects about which nothing can be said yet, because they were not watched for a whole
     * window: after a start the calls before it are not known.
     */
    static List<String> undecided(AlertRule rule, RuleSources sources) {
        return switch (RuleKind.of(rule.kind()).orElseThrow()) {
            case HIGH_GAS_USAGE, HIGH_ERROR_RATE, HIGH_LATENCY, LOW_THROUGHPUT ->
                    sources.contracts(Duration.ofSeconds(rule.windowSeconds())).stream()
                            .filter(contract -> !isWhole(rule, contract))
                            .map(ContractCalls::contract)
                            .toList();
            case NODE_DOWN, BACKUP_TOO_OLD -> List.of();
        };
    }

    private static boolean isWhole(AlertRule rule, ContractCalls contract) {
        return contract.watched().toSeconds() >= rule.windowSeconds();
    }

    private static Optional<Measurement> ofCalls(AlertRule rule, ContractCalls contract) {
        var calls = contract.calls();
        var kind = RuleKind.of(rule.kind()).orElseThrow();
        boolean enough = calls.calls() >= Math.max(1, rule.minimumCalls());
        return switch (kind) {
            case HIGH_GAS_USAGE ->
                    above(rule, contract, enough, calls.gasPerCall(), "uses %,.0f gas per call");
            case HIGH_ERROR_RATE ->
                    above(rule, contract, enough, calls.errorRatio(), "fails at a ratio of %.3f");
            case HIGH_LATENCY ->
                    above(
                            rule,
                            contract,
                            enough,
                            calls.latencyMillis(0.95) / 1000,
                            "has a p95 latency of %.3f s");
            case LOW_THROUGHPUT -> {
                double rate = calls.calls() / (double) rule.windowSeconds();
                yield isWhole(rule, contract) && rate < rule.threshold()
                        ? Optional.of(of(rule, contract, rate, "gets %.2f calls a second"))
                        : Optional.empty();
            }
            case NODE_DOWN, BACKUP_TOO_OLD -> Optional.empty();
        };
    }

    private static Optional<Measurement> above(
            AlertRule rule, ContractCalls contract, boolean enough, double value, String words) {
        return enough && value > rule.threshold()
                ? Optional.of(of(rule, contract, value, words))
                : Optional.empty();
    }

    private static Measurement of(
            AlertRule rule, ContractCalls contract, double value, String words) {
        var summary =
                String.format(
                        Locale.ROOT,
                        "%s " + words + " over %d s, the limit is %s",
                        contract.contract(),
                        value,
                        rule.windowSeconds(),
                        plain(rule.threshold()));
        return new Measurement(
                contract.contract(), value, summary, "contracts/" + contract.contract());
    }

    private static Optional<Measurement> ofNode(AlertRule rule, NodeSilence node) {
        double seconds = node.silence().toMillis() / 1000.0;
        if (seconds <= rule.threshold()) {
            return Optional.empty();
        }
        var summary =
                String.format(
                        Locale.ROOT,
                        "%s %s for %.0f s",
                        node.node(),
                        node.down() ? "is not connected" : "is silent",
                        seconds);
        return Optional.of(new Measurement(node.node(), seconds, summary, "nodes/" + node.node()));
    }

    private static Optional<Measurement> ofBackup(AlertRule rule, BackupAge backup) {
        double hours = backup.age().toMillis() / 3_600_000.0;
        return hours > rule.threshold()
                ? Optional.of(
                        new Measurement(
                                backup.group(),
                                hours,
                                String.format(
                                        Locale.ROOT,
                                        "the newest backup of %s is %.1f h old, the limit is %s h",
                                        backup.group(),
                                        hours,
                                        plain(rule.threshold())),
                                "backups"))
                : Optional.empty();
    }

    private static String plain(double number) {
        return new java.math.BigDecimal(Double.toString(number))
                .stripTrailingZeros()
                .toPlainString();
    }
}
