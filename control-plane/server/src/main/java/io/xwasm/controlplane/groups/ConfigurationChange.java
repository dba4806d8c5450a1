package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.Configuration;
import java.util.Optional;

/** How a compare-and-set ended. */
public sealed interface ConfigurationChange {
    /** The row is as asked for; also when the same request had written it before. */
    record Applied(Configuration configuration) implements ConfigurationChange {}

    /**
     * Somebody else changed it.
     *
     * @param current empty when there is no row at all
     */
    record Conflict(Optional<Configuration> current) implements ConfigurationChange {}
}
