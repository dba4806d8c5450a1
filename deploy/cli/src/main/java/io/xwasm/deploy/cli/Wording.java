package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.OperationState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures and states as people read them. */
final class Wording {
    private final Terminal terminal;

    Wording(Terminal terminal) {
        this.terminal = terminal;
    }

    String health(Health health) {
        return switch (health) {
            case OK -> terminal.green("ok");
            case WARN -> terminal.yellow("warn");
            case BAD -> terminal.red("bad");
            case UNKNOWN -> "unknown";
        };
    }

    String state(OperationState state) {
        return switch (state) {
            case RUNNING -> "running";
            case SUCCEEDED -> terminal.green("succeeded");
            case FAILED -> terminal.red("failed");
        };
    }

    static String orNone(@Nullable Object value) {
        return value == null ? "–" : value.toString();
    }

    static String time(@Nullable Instant time) {
        return time == null ? "–" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    static String took(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? "–" : millis(Duration.between(from, to).toMillis());
    }

    static String millis(long millis) {
        if (millis < 0) {
            return "unknown";
        }
        return millis < 10_000
                ? millis + " ms"
                : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
    }

    static String rate(double perSecond) {
        return String.format(Locale.ROOT, "%.1f/s", perSecond);
    }

    static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes / 1024.0;
        for (var unit : new String[] {"KiB", "MiB", "GiB"}) {
            if (size < 1024) {
                return String.format(Locale.ROOT, "%.1f %s", size, unit);
            }
            size /= 1024;
        }
        return String.format(Locale.ROOT, "%.1f TiB", size);
    }
}
