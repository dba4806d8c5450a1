package io.xwasm.controlplane.alerts;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a rule measures. */
enum RuleKind {
    HIGH_GAS_USAGE,
    HIGH_ERROR_RATE,
    HIGH_LATENCY,
    LOW_THROUGHPUT,
    NODE_DOWN,
    BACKUP_TOO_OLD;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RuleKind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(RuleKind::word).collect(Collectors.joining(", "));
    }
}
