package io.xwasm.controlplane.operations;

import static io.xwasm.controlplane.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.EngineBench;
import io.xwasm.controlplane.RunningControlPlane;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.takeover.RoleMoves;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 7: killed before and after every write of its journal, every kind of operation is
 * finished by the next process, or undone, and acts exactly once.
 */
class KillMatrixTest {
    private static final GroupId MAIN = EngineBench.MAIN;
    private static final BigInteger AMOUNT = BigInteger.valueOf(7);

    @TempDir static Path folder;
    private static EngineBench bench;
    private static CodeHash first;
    private static CodeHash second;
    private static String backup;
    private static final Map<ContractName, String> backups = new HashMap<>();
    private static final Map<String, NodeId> targets = new HashMap<>();
    private static int names;

    @BeforeAll
    static void prepare() {
        bench = new EngineBench(folder, InstantSource.system(), 3);
        // A person orders each failover, so that no machine is faster.
        bench.automatic(false);
        try (var engine = bench.engine(journal -> journal)) {
            first = engine.upload(ShippedContracts.code("dex"));
            second = engine.upload(ShippedContracts.code("dex-2"));
            var taken = ended(engine, engine.backUp(actor("prepare")));
            backup = backupOf(taken);
        }
    }

    @AfterAll
    static void stop() {
        bench.close();
    }

    /** What is done, on a subject of its own, and what must be true when it has ended. */
    private record Case(
            String name,
            OperationState outcome,
            BiFunction<EngineBench.Engine, ContractName, Void> before,
            Start start,
            Check check) {
        /** The first word of its name. */
        String kind() {
            int end = name.indexOf(' ');
            return end < 0 ? name : name.substring(0, end);
        }
    }

    private interface Start {
        OperationView start(EngineBench.Engine engine, ContractName name, Actor actor);
    }

    private interface Check {
        void check(EngineBench.Engine engine, ContractName name, OperationView ended);
    }

    private static List<Case> cases() {
        var done = OperationState.SUCCEEDED;
        return List.of(
                new Case(
                        "deploy",
                        done,
                        (_, _) -> null,
                        (e, name, by) -> e.deploy(name, first, by),
                        (e, name, _) -> onlyChanges(e, name, 1)),
                new Case(
                        "upgrade",
                        done,
                        KillMatrixTest::deployed,
                        (e, name, by) -> e.upgrade(name, second, by),
                        (e, name, _) -> onlyChanges(e, name, 2)),
                new Case(
                        "rollback",
                        done,
                        KillMatrixTest::upgraded,
                        (e, name, by) -> e.rollback(name, by),
                        (e, name, _) -> onlyChanges(e, name, 3)),
                new Case(
                        "fund",
                        done,
                        (_, _) -> null,
                        (e, name, by) -> e.fund(account(name), AMOUNT, by),
                        (_, name, _) ->
                                assertThat(bench.chain.balance(account(name))).isEqualTo(AMOUNT)),
                new Case(
                        "backup",
                        done,
                        (_, _) -> null,
                        (e, _, by) -> e.backUp(by),
                        (e, _, ended) ->
                                assertThat(e.backupState(backupOf(ended))).isEqualTo("verified")),
                new Case(
                        "verify",
                        done,
                        (_, _) -> null,
                        (e, _, by) -> e.verify(backup, by),
                        (e, _, _) -> assertThat(e.backupState(backup)).isEqualTo("verified")),
                new Case(
                        "restore",
                        done,
                        KillMatrixTest::restorable,
                        (e, _, by) -> e.restore(backup, by),
                        (_, _, _) -> bench.primaryIsTheRestoredLedger()),
                new Case(
                        "restore that takes an upgrade back",
                        done,
                        KillMatrixTest::backedUpBeforeUpgrade,
                        (e, name, by) -> e.restore(backupBefore(name), by),
                        (e, name, ended) -> {
                            // The code was stored, the proxy was told.
                            assertThat(callsLost(ended)).isEqualTo(2);
                            assertThat(e.contracts().history(name))
                                    .containsExactly("deploy 1", "upgrade 2", "restore 1");
                            assertThat(e.contracts().running(name)).isEqualTo(first);
                        }),
                new Case(
                        "restore to before a contract",
                        done,
                        KillMatrixTest::backedUpBeforeDeploy,
                        (e, name, by) -> e.restore(backupBefore(name), by),
                        (e, name, ended) -> {
                            assertThat(callsLost(ended)).isEqualTo(3);
                            assertThat(e.contracts().listed(name)).isFalse();
                        }),
                new Case(
                        "restore that no member can carry out",
                        OperationState.FAILED,
                        KillMatrixTest::unrestorable,
                        (e, _, by) -> e.restore(backup, by),
                        (_, _, ended) ->
                                assertThat(ended.failure())
                                        .contains("no member could put the backup in place")
                                        .contains("takes calls again")),
                new Case(
                        "verify of a damaged backup",
                        OperationState.FAILED,
                        KillMatrixTest::damaged,
                        (e, name, by) -> e.verify(backupBefore(name), by),
                        (e, name, ended) -> {
                            assertThat(ended.failure()).contains("does not hold the bytes");
                            var view = e.backups().view(backupBefore(name));
                            assertThat(view.state()).isEqualTo("failed");
                            assertThat(view.failure()).contains("does not hold the bytes");
                        }),
                new Case(
                        "failover",
                        done,
                        KillMatrixTest::primaryLost,
                        (e, _, by) -> e.failover(by),
                        (_, _, ended) -> movedOnce(ended)),
                new Case(
                        "switchover",
                        done,
                        KillMatrixTest::inPeace,
                        (e, _, by) -> e.switchover(nextPrimary(by), by),
                        (_, _, ended) -> movedOnce(ended)),
                new Case(
                        "switchover from a primary that cannot be drained",
                        OperationState.FAILED,
                        KillMatrixTest::undrainable,
                        (e, _, by) -> e.switchover(nextPrimary(by), by),
                        (_, _, ended) -> {
                            assertThat(ended.failure())
                                    .contains("cannot be drained")
                                    .contains("takes calls again");
                            assertThat(movesBy(ended)).isZero();
                        }));
    }

    @Test
    void every_kind_that_can_be_begun_is_in_the_matrix(@TempDir Path other) {
        var covered = cases().stream().map(Case::kind).collect(Collectors.toSet());
        try (var running = new RunningControlPlane(other, RoleMoves::new)) {
            assertThat(running.operationKinds()).hasSizeGreaterThan(8).isEqualTo(covered);
        }
    }

    @TestFactory
    Stream<DynamicTest> survives_a_kill_before_and_after_every_journal_write() {
        return cases().stream()
                .flatMap(one -> {
                    int writes = writesOf(one);
                    var tests = new ArrayList<DynamicTest>();
                    for (int i = 0; i < writes; i++) {
                        int at = i;
                        tests.add(test(one, at, true));
                        tests.add(test(one, at, false));
                    }
                    return tests.stream();
                });
    }

    private static DynamicTest test(Case one, int write, boolean before) {
        var where = before ? "before" : "after";
        return DynamicTest.dynamicTest(
                "%s killed %s write %d".formatted(one.name(), where, write),
                () -> killedAt(one, write, before));
    }

    private static int writesOf(Case one) {
        var name = freshName();
        prepare(one, name);
        var journal = new KillingJournal[1];
        try (var engine =
                bench.engine(real -> {
                    journal[0] = new KillingJournal(real, -1, false);
                    return journal[0].asJournal();
                })) {
            var ended = ended(engine, one.start().start(engine, name, actor(name.value())));
            assertThat(ended.state()).as(ended.sentence()).isEqualTo(one.outcome());
            one.check().check(engine, name, ended);
        }
        assertThat(journal[0].writes()).isGreaterThan(3);
        return journal[0].writes();
    }

    private static void killedAt(Case one, int write, boolean before) throws InterruptedException {
        var name = freshName();
        prepare(one, name);
        var actor = actor(name.value());
        var journal = new KillingJournal[1];
        try (var engine =
                bench.engine(real -> {
                    journal[0] = new KillingJournal(real, write, before);
                    return journal[0].asJournal();
                })) {
            try {
                var _ = one.start().start(engine, name, actor);
            } catch (KillingJournal.Killed _) {
                // The very first write: whoever asked got no answer either.
            }
            assertThat(journal[0].killed.await(10, TimeUnit.SECONDS)).isTrue();
        }
        try (var next = bench.engine(real -> real)) {
            next.operations().resume();
            // Whoever asked asks again, under the same request, and gets the same operation.
            var ended = ended(next, one.start().start(next, name, actor));
            assertThat(ended.state()).as(ended.sentence()).isEqualTo(one.outcome());
            one.check().check(next, name, ended);
            assertThat(ended.steps())
                    .as("only the step that was cut short is run again")
                    .filteredOn(step -> step.attempts() > 1)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private static void prepare(Case one, ContractName name) {
        try (var engine = bench.engine(real -> real)) {
            var _ = one.before().apply(engine, name);
        }
    }

    private static String backupOf(OperationView view) {
        return Objects.requireNonNull(view.result().get("backup")).asString();
    }

    private static Void deployed(EngineBench.Engine engine, ContractName name) {
        var _ = ended(engine, engine.deploy(name, first, actor("deploy " + name)));
        return null;
    }

    private static Void backedUpBeforeUpgrade(EngineBench.Engine engine, ContractName name) {
        deployed(engine, name);
        backUpBefore(engine, name);
        var _ = ended(engine, engine.upgrade(name, second, actor("upgrade " + name)));
        return null;
    }

    private static Void backedUpBeforeDeploy(EngineBench.Engine engine, ContractName name) {
        backUpBefore(engine, name);
        return deployed(engine, name);
    }

    private static void backUpBefore(EngineBench.Engine engine, ContractName name) {
        bench.restoresSucceed(true);
        backups.put(name, backupOf(ended(engine, engine.backUp(actor("back up " + name)))));
    }

    private static String backupBefore(ContractName name) {
        return Objects.requireNonNull(backups.get(name));
    }

    private static long callsLost(OperationView view) {
        return Objects.requireNonNull(view.result().get("callsLost")).asLong();
    }

    private static Void restorable(EngineBench.Engine engine, ContractName name) {
        return bench.restoresSucceed(true);
    }

    private static Void unrestorable(EngineBench.Engine engine, ContractName name) {
        return bench.restoresSucceed(false);
    }

    private static Void damaged(EngineBench.Engine engine, ContractName name) {
        backUpBefore(engine, name);
        bench.chain.damage(backupBefore(name), true);
        return null;
    }

    private static Void inPeace(EngineBench.Engine engine, ContractName name) {
        bench.agents.forEach(agent -> agent.refuseDrains(false));
        bench.allAreBack();
        return null;
    }

    private static Void undrainable(EngineBench.Engine engine, ContractName name) {
        inPeace(engine, name);
        bench.primary().refuseDrains(true);
        return null;
    }

    private static Void primaryLost(EngineBench.Engine engine, ContractName name) {
        inPeace(engine, name);
        bench.primary().disconnect();
        return null;
    }

    /** The same for the same request, also when the role has moved by then. */
    private static NodeId nextPrimary(Actor by) {
        return targets.computeIfAbsent(
                by.request(), _ -> bench.row().inSyncStandbys().getFirst().node());
    }

    private static void movedOnce(OperationView ended) {
        assertThat(movesBy(ended)).isEqualTo(1);
        var to = Objects.requireNonNull(ended.result().get("primary")).asString();
        assertThat(bench.row().primaryMember().node().value()).isEqualTo(to);
        eventually(
                bench::primary,
                primary -> assertThat(primary.leads()).as("it has been told").isTrue());
        var report = Objects.requireNonNull(ended.result().get("report"));
        assertThat(report.path("to").asString()).isEqualTo(to);
        assertThat(report.path("from").asString()).isNotEqualTo(to);
        assertThat(report.path("rpoCalls").asLong(-1)).isZero();
    }

    private static long movesBy(OperationView operation) {
        return bench.configurations().changes(MAIN, 1_000).stream()
                .filter(change -> change.request().endsWith(operation.id()))
                .count();
    }

    private static Void upgraded(EngineBench.Engine engine, ContractName name) {
        deployed(engine, name);
        var _ = ended(engine, engine.upgrade(name, second, actor("upgrade " + name)));
        return null;
    }

    /** Chain and catalogue agree, and nothing was done twice. */
    private static void onlyChanges(EngineBench.Engine engine, ContractName name, int count) {
        assertThat(bench.chain.changesOf(Address.ofContract(MAIN, name.value()))).isEqualTo(count);
        assertThat(engine.historyLength(name)).isEqualTo(count);
    }

    private static OperationView ended(EngineBench.Engine engine, OperationView begun) {
        return eventually(
                () -> engine.operations().find(begun.id()).orElseThrow(),
                view -> assertThat(view.endedAt()).as(view.sentence()).isNotNull());
    }

    private static Actor actor(String request) {
        return new Actor("admin", "test", request);
    }

    private static ContractName freshName() {
        return new ContractName("c" + names++);
    }

    private static Address account(ContractName name) {
        return Address.ofContract(MAIN, "account of " + name);
    }
}
