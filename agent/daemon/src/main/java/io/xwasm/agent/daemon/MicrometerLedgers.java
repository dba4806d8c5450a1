package io.xwasm.agent.daemon;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.xwasm.agent.protocol.MemberReport;
import java.util.function.ToDoubleFunction;

/** Gauges of the node and of each ledger, read when they are scraped. */
final class MicrometerLedgers {
    private final PrometheusMeterRegistry registry;
    private final Ledgers ledgers;

    MicrometerLedgers(PrometheusMeterRegistry registry, Ledgers ledgers, Health health) {
        this.registry = registry;
        this.ledgers = ledgers;
        Gauge.builder("xwasm.node.cpu.ratio", health, h -> h.now().cpu())
                .description("Load of the agent as a share of all cores")
                .register(registry);
        Gauge.builder("xwasm.node.resident.bytes", health, h -> h.now().residentBytes())
                .description("Memory of the agent's process")
                .register(registry);
        Gauge.builder("xwasm.node.disk.free.bytes", health, h -> h.now().freeDiskBytes())
                .description("Free space where the ledgers lie")
                .register(registry);
        Gauge.builder("xwasm.node.fsync.seconds", health, h -> h.now().lastFsyncMicros() / 1e6)
                .description("Duration of the newest fsync")
                .register(registry);
    }

    /** All metrics as Prometheus reads them. */
    String exposition() {
        refresh();
        return registry.scrape();
    }

    /** Renews the gauges of the ledgers that are hosted now. */
    private void refresh() {
        each("xwasm.ledger.height", "Newest block on disk", MemberReport::height);
        each("xwasm.ledger.committed.height", "Newest committed block", MemberReport::committed);
        each("xwasm.ledger.executed.height", "Block whose state is held", MemberReport::executed);
        each("xwasm.ledger.epoch", "Epoch of the newest configuration", r -> r.epoch().value());
        each("xwasm.ledger.serving", "1 while calls are acknowledged", r -> r.serving() ? 1 : 0);
        each(
                "xwasm.ledger.lag.seconds",
                "Age of the oldest block not executed",
                r -> r.lagMillis() / 1e3);
        each(
                "xwasm.ledger.wal.syncs",
                "Fsyncs since the ledger was opened",
                MemberReport::walSyncs);
    }

    private void each(String name, String description, ToDoubleFunction<MemberReport> value) {
        MultiGauge.builder(name)
                .description(description)
                .register(registry)
                .register(
                        ledgers.reports().stream()
                                .map(r ->
                                        MultiGauge.Row.of(
                                                Tags.of("group", r.group().value()),
                                                value.applyAsDouble(r)))
                                .toList(),
                        true);
    }
}
