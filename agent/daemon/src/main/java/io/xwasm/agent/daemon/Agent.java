package io.xwasm.agent.daemon;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.xwasm.agent.ledger.replication.ReplicationServer;
import io.xwasm.agent.protocol.Signatures;
import io.xwasm.agent.vm.ChicoryContractVm;
import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent: its parts, in the order in which they start. */
final class Agent implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Agent.class);

    private final Vertx vertx;
    private final ContractVm vm;
    private final Ledgers ledgers;
    private final ReplicationServer replication;
    private final VertxCallServer calls;
    private final VertxControlPlaneLink link;
    private final Heart heart;

    private Agent(AgentConfig config, InstantSource clock) throws IOException {
        Files.createDirectories(config.data());
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
        vm = new ChicoryContractVm();
        var metrics = new MicrometerCalls(registry, clock, vm);
        link = new VertxControlPlaneLink(vertx, config);
        log.info("signatures by {}", Signatures.implementation());
        ledgers =
                new Ledgers(
                        config.data().resolve("ledgers"), vm, link, metrics, clock, Agent::dieOf);
        ledgers.openAll();
        replication =
                listen(
                        new InetSocketAddress(
                                InetAddress.getByName(config.replication().bind()),
                                config.replication().port()));
        var health = new Health(config.data(), vm, ledgers, clock);
        var gauges = new MicrometerLedgers(registry, ledgers, health);
        var contracts = new Contracts(vm);
        calls = VertxCallServer.start(vertx, config.http(), ledgers, contracts, gauges, health);
        var commands = new Commands(config, ledgers, contracts, new LedgerBackups(clock), link);
        link.begin(
                commands,
                () -> commands.hello(calls.api(), replicationAddress(config), ledgers.reports()));
        // A member that comes into sync counts as a witness and as a candidate, so the control
        // plane
        // should be able to ask it from the first moment.
        link.awaitFirstAttempt();
        replication.begin();
        heart = new Heart(() -> link.heartbeat(health.now(), ledgers.reports(), metrics.drain()));
    }

    static Agent start(AgentConfig config, InstantSource clock) throws IOException {
        return new Agent(config, clock);
    }

    private ReplicationServer listen(InetSocketAddress address) throws IOException {
        try {
            return new ReplicationServer(address, ledgers::find);
        } catch (BindException e) {
            var better =
                    new BindException("replication port %d is in use".formatted(address.getPort()));
            better.initCause(e);
            throw better;
        }
    }

    private String replicationAddress(AgentConfig config) {
        return "%s:%d".formatted(config.replication().bind(), replication.port());
    }

    String api() {
        return calls.api();
    }

    /**
     * Ends the process: after a failed fsync nobody knows what is on the disk (rule 5), and other
     * failures of a ledger's own threads leave it half-way. The standbys take over.
     */
    private static void dieOf(Throwable cause) {
        log.error("the agent ends itself", cause);
        Runtime.getRuntime().halt(70);
    }

    @Override
    public void close() {
        heart.close();
        link.close();
        calls.close();
        try {
            replication.close();
        } catch (IOException e) {
            log.warn("closing the replication port: {}", e.getMessage());
        }
        ledgers.close();
        vm.close();
        vertx.close();
    }
}
