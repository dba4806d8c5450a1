package io.xwasm.controlplane;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.account.FleetAccount;
import io.xwasm.controlplane.account.FleetCalls;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.backups.BackupCatalogue;
import io.xwasm.controlplane.backups.BackupEngine;
import io.xwasm.controlplane.contracts.ContractEngine;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.GroupDefinition;
import io.xwasm.controlplane.groups.GroupPolicies;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.keys.TinkSealer;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import io.xwasm.controlplane.operations.Journal;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.operations.SqlJournal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Metadata, a group of one scripted agent, and as many operation engines as a test kills. */
public final class EngineBench implements AutoCloseable {
    public static final GroupId MAIN = new GroupId("main");

    public final ScriptedChain chain = new ScriptedChain();
    private final InstantSource clock = InstantSource.system();
    private final SqliteDatabase database;
    private final FleetEvents events = new FleetEvents(clock);
    private final AgentLinks links = new AgentLinks();
    private final Fleet fleet;
    private final FleetAccount account;
    private final GroupConfigurations configurations;
    private final Groups groups;
    private final BackupCatalogue catalogue;
    private final ScriptedAgent agent;

    public EngineBench(Path folder) {
        database = SqliteDatabase.open(folder.resolve("metadata.db"), clock);
        var sealer = TinkSealer.of(folder.resolve("keyset.json"));
        fleet = new Fleet(database, events, clock);
        account = FleetAccount.open(database, sealer, clock);
        configurations = new GroupConfigurations(database, clock);
        var node = new NodeId("node-1");
        groups =
                new Groups(
                        List.of(new GroupDefinition(MAIN, List.of(node), 1)),
                        configurations,
                        new GroupPolicies(database),
                        links,
                        fleet,
                        events,
                        account.address());
        links.subscribe(fleet);
        links.subscribe(groups);
        catalogue = new BackupCatalogue(database, sealer, folder.resolve("backups"), clock);
        agent = new ScriptedAgent(node, MAIN, chain, links);
        eventually(() -> groups.configuration(MAIN), row -> assertThat(row).isPresent());
    }

    /** A new engine on the same metadata; operations go on only when it is told so. */
    public Engine engine(UnaryOperator<Journal> journal) {
        agent.heartbeat();
        var operations =
                new Operations(
                        journal.apply(new SqlJournal(database, clock)),
                        events,
                        (_, _, _) -> {},
                        clock);
        var contracts =
                new ContractEngine(
                        database,
                        groups,
                        operations,
                        new FleetCalls(account, groups, clock),
                        account.address(),
                        clock);
        var backups =
                new BackupEngine(
                        catalogue,
                        groups,
                        configurations,
                        fleet,
                        links,
                        operations,
                        events,
                        contracts.reconciliation());
        return new Engine(operations, contracts, backups);
    }

    /** A statement against the metadata, past everything that guards them. */
    public void run(String statement) {
        database.change(sql -> {
            var _ = sql.run(statement);
        });
    }

    public Void restoresSucceed(boolean succeed) {
        agent.refuseRestores(!succeed);
        return null;
    }

    public void agentGoes() {
        agent.disconnect();
    }

    public void primaryIsTheRestoredLedger() {
        var row = configurations.find(MAIN).orElseThrow();
        assertThat(row.primary()).isEqualTo(agent.incarnation());
        assertThat(row.inSync()).containsExactly(agent.incarnation());
        eventually(agent::configuration, seen -> assertThat(seen).hasValue(row));
    }

    /** One process's worth of operations. */
    public record Engine(Operations operations, ContractEngine contracts, BackupEngine backups)
            implements AutoCloseable {
        public CodeHash upload(byte[] wasm) {
            return contracts.upload(wasm);
        }

        public OperationView deploy(ContractName name, CodeHash code, Actor by) {
            return contracts.deploy(name, MAIN, code, by);
        }

        public OperationView upgrade(ContractName name, CodeHash code, Actor by) {
            return contracts.upgrade(name, code, by);
        }

        public OperationView rollback(ContractName name, Actor by) {
            return contracts.rollback(name, by);
        }

        public OperationView fund(Address whom, BigInteger amount, Actor by) {
            return contracts.fund(MAIN, whom, amount, by);
        }

        public int historyLength(ContractName name) {
            return contracts.historyLength(name);
        }

        public OperationView backUp(Actor by) {
            return backups.create(MAIN, true, by);
        }

        public OperationView verify(String id, Actor by) {
            return backups.verify(id, by);
        }

        public OperationView restore(String id, Actor by) {
            return backups.restore(id, MAIN, by);
        }

        public String backupState(String id) {
            return Objects.requireNonNull(backups.state(id));
        }

        @Override
        public void close() {
            operations.close();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
