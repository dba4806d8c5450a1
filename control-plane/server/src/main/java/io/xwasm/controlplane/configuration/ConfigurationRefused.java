package io.xwasm.controlplane.configuration;

import java.util.List;

/** The configuration names keys that do not exist, or values that cannot be. */
public final class ConfigurationRefused extends RuntimeException {
    private final transient List<String> findings;

    public ConfigurationRefused(String source, List<String> findings) {
        super(
                "the configuration in %s cannot be used:%n  %s"
                        .formatted(source, String.join(System.lineSeparator() + "  ", findings)));
        this.findings = List.copyOf(findings);
    }

    public List<String> findings() {
        return findings;
    }
}
