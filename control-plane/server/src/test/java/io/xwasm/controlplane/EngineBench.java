package io.xwasm.controlplane;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.account.FleetAccount;
import io.xwasm.controlplane.account.FleetCalls;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Switchover;
import io.xwasm.controlplane.backups.BackupCatalogue;
import io.xwasm.controlplane.backups.BackupEngine;
import io.xwasm.controlplane.backups.BackupSchedules;
import io.xwasm.controlplane.contracts.ContractEngine;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.groups.ConfigurationChange;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.GroupDefinition;
import io.xwasm.controlplane.groups.GroupPolicies;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.groups.TakeoverSeams;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Deed;
import io.xwasm.controlplane.keys.TinkSealer;
import io.xwasm.controlplane.metadata.SqliteDatabase;
import io.xwasm.controlplane.operations.Journal;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.operations.SqlJournal;
import io.xwasm.controlplane.takeover.RoleMoves;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Metadata, a group of scripted agents, and as many operation engines as a test kills. */
public final class EngineBench implements AutoCloseable {
    public static final GroupId MAIN = new GroupId("main");

    public final ScriptedChain chain = new ScriptedChain();
    public final List<Deed> audit = new CopyOnWriteArrayList<>();
    public final List<ScriptedAgent> agents;
    private final InstantSource clock;
    private final SqliteDatabase database;
    private final FleetEvents events;
    private final AgentLinks links = new AgentLinks();
    private final Fleet fleet;
    private final FleetAccount account;
    private final GroupConfigurations configurations;
    private final Groups groups;
    private final BackupCatalogue catalogue;

    /** A group of one, by the machine's own clock. */
    public EngineBench(Path folder) {
        this(folder, InstantSource.system(), 1);
    }

    public EngineBench(Path folder, InstantSource clock, int size) {
        this.clock = clock;
        this.events = new FleetEvents(clock);
        database = SqliteDatabase.open(folder.resolve("metadata.db"), clock);
        var sealer = TinkSealer.of(folder.resolve("keyset.json"));
        fleet = new Fleet(database, events, clock);
        account = FleetAccount.open(database, sealer, clock);
        configurations = new GroupConfigurations(database, clock);
        var nodes = IntStream.rangeClosed(1, size).mapToObj(i -> new NodeId("node-" + i)).toList();
        groups =
                new Groups(
                        List.of(new GroupDefinition(MAIN, nodes, Math.min(2, size))),
                        configurations,
                        new GroupPolicies(database),
                        links,
                        fleet,
                        events,
                        account.address());
        links.subscribe(fleet);
        links.subscribe(groups);
        catalogue = new BackupCatalogue(database, sealer, folder.resolve("backups"), clock);
        agents = nodes.stream().map(n -> new ScriptedAgent(n, MAIN, chain, links)).toList();
        agents.forEach(agent -> agent.hearsPrimary(this::primaryIsThere));
        eventually(() -> groups.configuration(MAIN), row -> assertThat(row).isPresent());
        eventually(
                () -> agents, all -> assertThat(all).allMatch(a -> a.configuration().isPresent()));
    }

    private boolean primaryIsThere() {
        return links.connected(primary().node());
    }

    /** Who leads according to the metadata. */
    public ScriptedAgent primary() {
        var node = row().primaryMember().node();
        return agents.stream().filter(a -> a.node().equals(node)).findFirst().orElseThrow();
    }

    public Configuration row() {
        return configurations.find(MAIN).orElseThrow();
    }

    public GroupConfigurations configurations() {
        return configurations;
    }

    public Groups groups() {
        return groups;
    }

    public BackupSchedules schedules(Engine engine) {
        return engine.backups().schedules(database, groups, audit::add, clock);
    }

    /** A new engine on the same metadata; operations go on only when it is told so. */
    public Engine engine(UnaryOperator<Journal> journal) {
        agents.forEach(ScriptedAgent::heartbeat);
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
                        database,
                        groups,
                        configurations,
                        fleet,
                        links,
                        operations,
                        events,
                        contracts.reconciliation(),
                        clock);
        var moves =
                new RoleMoves(
                        new TakeoverSeams(
                                groups,
                                configurations,
                                links,
                                fleet,
                                operations,
                                events,
                                audit::add,
                                clock));
        return new Engine(operations, contracts, backups, moves);
    }

    /** A statement against the metadata, past everything that guards them. */
    public void run(String statement) {
        database.change(sql -> {
            var _ = sql.run(statement);
        });
    }

    /** Whether every agent counts as up. */
    public boolean heard() {
        return agents.stream().allMatch(agent -> fleet.up(agent.node()));
    }

    /** Whether the machine decides about failovers by itself. */
    public void automatic(boolean automatic) {
        run("DELETE FROM group_policy");
        run(
                "INSERT INTO group_policy VALUES ('main', '%s', 2, 0, 1)"
                        .formatted(automatic ? "automatic" : "manual"));
    }

    public Void restoresSucceed(boolean succeed) {
        agents.forEach(agent -> agent.refuseRestores(!succeed));
        return null;
    }

    public void agentGoes() {
        agents.getFirst().disconnect();
    }

    /** Nobody is missing, and all are in sync, as after a while of peace. */
    public void allAreBack() {
        agents.stream()
                .filter(agent -> !links.connected(agent.node()))
                .forEach(ScriptedAgent::reconnect);
        eventually(links::connected, c -> assertThat(c).hasSize(agents.size()));
        var row = row();
        if (row.inSync().size() < agents.size()) {
            var all = new TreeSet<>(agents.stream().map(ScriptedAgent::incarnation).toList());
            var next =
                    new Configuration(
                            row.group(),
                            row.metadata(),
                            row.epoch().next(),
                            row.primary(),
                            row.members(),
                            all,
                            row.minimumSize(),
                            row.leaseVersion(),
                            row.version() + 1);
            assertThat(configurations.compareAndSet(row.version(), next, "peace " + next, "peace"))
                    .isInstanceOf(ConfigurationChange.Applied.class);
        }
        eventually(
                () -> agents,
                a -> assertThat(a).allMatch(one -> one.configuration().equals(Optional.of(row()))));
    }

    public void primaryIsTheRestoredLedger() {
        var row = row();
        assertThat(row.primary()).isEqualTo(primary().incarnation());
        assertThat(row.inSync())
                .containsExactlyInAnyOrderElementsOf(
                        agents.stream().map(ScriptedAgent::incarnation).toList());
        for (var agent : agents) {
            eventually(agent::configuration, seen -> assertThat(seen).hasValue(row));
        }
    }

    /** One process's worth of operations. */
    public record Engine(
            Operations operations, ContractEngine contracts, BackupEngine backups, RoleMoves moves)
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

        /** A person carries out a failover. */
        public OperationView failover(Actor by) {
            return moves.failover(MAIN, by);
        }

        public OperationView switchover(NodeId to, Actor by) {
            return moves.switchover(MAIN, new Switchover(to), by);
        }

        @Override
        public void close() {
            moves.close();
            operations.close();
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
