package io.xwasm.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.AlertRule;
import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.api.AuditEntry;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.api.BackupView;
import io.xwasm.controlplane.api.Check;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.FailoverReport;
import io.xwasm.controlplane.api.Finding;
import io.xwasm.controlplane.api.FleetStatus;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.MemberView;
import io.xwasm.controlplane.api.NodeView;
import io.xwasm.controlplane.api.Phase;
import io.xwasm.controlplane.api.Readiness;
import io.xwasm.controlplane.api.RestorePreview;
import io.xwasm.controlplane.api.Signals;
import io.xwasm.controlplane.api.Strategy;
import io.xwasm.controlplane.api.WaitingTakeover;
import io.xwasm.controlplane.api.Webhook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Two groups of three nodes, with alerts and backups. */
final class FakeFleet {
    private static final Incarnation INCARNATION = Incarnation.mint();

    final FakeOperations operations = new FakeOperations();
    final FakeContracts contracts = new FakeContracts(operations);
    final AtomicLong calls = new AtomicLong(9_104_213);
    final List<BackupView> backups = new CopyOnWriteArrayList<>();
    final Map<String, BackupSchedule> schedules = new TreeMap<>();
    final Map<String, AlertRule> rules = new TreeMap<>();
    volatile Webhook webhook = new Webhook("http://127.0.0.1:9093/hook", ago(412), null, 1);
    volatile FailoverPolicy policy = new FailoverPolicy(Strategy.AUTOMATIC, 2, 0, 1);
    volatile boolean waiting;

    /** So many nodes more, which belong to no group. */
    volatile int spare;

    FakeFleet() {
        backup("b-20418", "verified", 240, null);
        backup("b-20417", "verified", 4_000, null);
        backup("b-20416", "unverified", 7_300, null);
        backup("b-20402", "failed", 50_000, "the disk of node-02 was full after 1.2 GiB");
        schedules.put(
                "main",
                new BackupSchedule(
                        new GroupId("main"), 60, true, Instant.now().plusSeconds(1500), 1));
        rule("high_error_rate", 0.05, 0);
        rule("high_gas_usage", 1_000_000, 0);
        rule("high_latency", 1, 0);
        rule("low_throughput", 0, 0);
        rule("node_down", 3, 0);
        rule("backup_too_old", 24, 1);
    }

    static Instant ago(long seconds) {
        return Instant.now().minusSeconds(seconds);
    }

    static Hash hash(String seed) {
        return Hash.sha256(seed.getBytes(UTF_8));
    }

    FleetStatus status() {
        return new FleetStatus(
                "5 of 6 nodes are healthy; eu-2 lags",
                Health.WARN,
                List.of(
                        new Finding(
                                Health.BAD,
                                "node-06 of eu-2 is 4.2 s behind, objective 1 s",
                                "/failover?group=eu-2"),
                        new Finding(
                                Health.WARN,
                                "the last verified backup of eu-2 is 26 h old",
                                "/backups")),
                6 + spare,
                6 + spare,
                2,
                contracts.all.size(),
                calls.get(),
                ago(7_200),
                "0.1.0",
                1,
                rules.size(),
                ago(1),
                0.4,
                alerts("firing").size(),
                operations.list("running").size());
    }

    List<GroupView> groups() {
        return List.of(group("main"), group("eu-2"));
    }

    GroupView group(String name) {
        boolean main = name.equals("main");
        if (!main && !name.equals("eu-2")) {
            return null;
        }
        int first = main ? 1 : 4;
        var members =
                IntStream.range(0, 3).mapToObj(i -> member(name, first + i, i, main)).toList();
        var nodes = members.stream().map(MemberView::node).toList();
        boolean lost = main && waiting;
        return new GroupView(
                new GroupId(name),
                lost ? Health.BAD : main ? Health.OK : Health.WARN,
                main ? "all members are in sync" : "node-06 is catching up",
                main ? 17 : 38,
                1,
                nodes.getFirst(),
                "http://127.0.0.1:7501",
                !lost,
                main ? nodes : nodes.subList(0, 2),
                2,
                members,
                policy,
                new Readiness(
                        main,
                        main
                                ? "Expected write pause 90 ms, 0 calls lost"
                                : "node-06 is still catching up",
                        main ? 90 : -1,
                        List.of(
                                new Check(
                                        Health.OK,
                                        "In-sync set has " + (main ? 3 : 2) + " members",
                                        "needs 2"),
                                new Check(
                                        main ? Health.OK : Health.WARN,
                                        "Standbys are caught up",
                                        main ? "4 ms" : "812 blocks"),
                                new Check(Health.OK, "State roots are equal", "block 8,412,959"),
                                new Check(
                                        Health.WARN,
                                        "Verified backup",
                                        main ? "4 min old" : "26 h old"))),
                lost
                        ? new WaitingTakeover(
                                ago(12),
                                nodes.getFirst(),
                                nodes.get(1),
                                "node-01 does not answer; strategy is manual, so a person decides")
                        : null,
                main
                        ? new FailoverReport(
                                "op-8000",
                                "failover",
                                new NodeId("node-02"),
                                new NodeId("node-01"),
                                16,
                                17,
                                ago(420),
                                List.of(
                                        new Phase("detect", 48),
                                        new Phase("decide", 12),
                                        new Phase("promote", 41),
                                        new Phase("serve", 89)),
                                190,
                                0,
                                "node-02 closed its connection; two standbys confirm")
                        : null,
                main ? 1686 : 61,
                8_412_960,
                hash("root"));
    }

    private static MemberView member(String group, int number, int place, boolean allInSync) {
        boolean inSync = allInSync || place < 2;
        return new MemberView(
                new GroupId(group),
                new NodeId("node-0" + number),
                INCARNATION,
                place == 0 ? "primary" : inSync ? "standby" : "catching_up",
                inSync,
                place == 0,
                true,
                17,
                8_412_960 - (inSync ? 0 : 812),
                8_412_960,
                8_412_959,
                hash("root"),
                place == 0 ? 0 : inSync ? 3 + place : 4_200,
                inSync ? 0 : 812,
                "http://127.0.0.1:750" + number,
                null);
    }

    List<NodeView> nodes() {
        var members = groups().stream().flatMap(g -> g.members().stream()).map(FakeFleet::node);
        var more = IntStream.range(0, spare).mapToObj(FakeFleet::spareNode);
        return Stream.concat(members, more).toList();
    }

    /** One that belongs to no group. */
    private static NodeView spareNode(int number) {
        return new NodeView(
                new NodeId("spare-%03d".formatted(number)),
                Health.OK,
                "healthy",
                true,
                ago(1),
                ago(86_400),
                "http://127.0.0.1:7600",
                "0.1.0",
                0.01,
                200L << 20,
                612L << 20,
                41L << 30,
                412,
                ago(0),
                0,
                null,
                List.of());
    }

    private static NodeView node(MemberView member) {
        int number = member.node().value().charAt(6) - '0';
        return new NodeView(
                member.node(),
                member.inSync() ? Health.OK : Health.BAD,
                member.inSync() ? "healthy" : "4.2 s behind the primary",
                true,
                ago(1),
                ago(86_400L * number),
                member.api(),
                "0.1.0",
                member.inSync() ? 0.2 + number * 0.05 : 0.91,
                (200L + 31L * number) << 20,
                (612L + 45L * number) << 20,
                (41L + number) << 30,
                412 + 9L * number,
                ago(0),
                number - 3,
                null,
                List.of(member));
    }

    Signals signals(String contract, long seconds, int points) {
        long step = seconds * 1000 / points;
        long from = Instant.now().toEpochMilli() / step * step - step * (points - 1);
        double share = contract == null ? 1 : 0.7;
        List<Double> rate = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        List<Double> p50 = new ArrayList<>();
        List<Double> p95 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        List<Double> gas = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            double t = (from + step * i) / 1000.0;
            double dip = Math.exp(-Math.pow((i - 96) / 3.0, 2));
            double noise = Math.sin(t / 7) + Math.sin(t / 3.1) * 0.6 + Math.sin(t / 1.3) * 0.4;
            rate.add(share * (1700 + 60 * Math.sin(t / 90) + 18 * noise - 900 * dip));
            errors.add(Math.max(0, 0.0006 + 0.0001 * noise + 0.023 * dip));
            p50.add(3.1 + 0.1 * noise);
            p95.add(7.4 + 0.3 * noise + 9 * dip);
            p99.add(12.2 + 0.7 * noise + 21 * dip);
            gas.add(share * (2.9e8 + 4e6 * noise - 1.5e8 * dip));
        }
        return new Signals(
                from,
                step,
                from,
                rate,
                errors,
                p50,
                p95,
                p99,
                gas,
                Math.round(1650 * share * seconds),
                812);
    }

    FailoverPolicy setPolicy(String group, FailoverPolicy wanted) {
        assert !group.isEmpty();
        policy =
                new FailoverPolicy(
                        wanted.strategy(),
                        wanted.rtoSeconds(),
                        wanted.rpoCalls(),
                        policy.version() + 1);
        return policy;
    }

    BackupSchedule setSchedule(String group, BackupSchedule wanted) {
        schedules.put(group, wanted);
        return wanted;
    }

    Webhook setWebhook(Webhook wanted) {
        webhook = wanted;
        return webhook;
    }

    AlertRule setRule(AlertRule rule) {
        rules.put(rule.name(), rule);
        return rule;
    }

    private void rule(String kind, double threshold, int firing) {
        rules.put(
                kind,
                new AlertRule(
                        kind,
                        kind,
                        threshold,
                        30,
                        60,
                        20,
                        kind.contains("down") || kind.contains("backup") ? "critical" : "warning",
                        !kind.equals("low_throughput"),
                        firing,
                        1));
    }

    List<AlertView> alerts(String state) {
        var all =
                List.of(
                        new AlertView(
                                "a-1",
                                "backup_too_old",
                                "critical",
                                "firing",
                                "eu-2",
                                "The last verified backup of eu-2 is 26 h old",
                                26,
                                24,
                                ago(7_300),
                                ago(7_270),
                                null,
                                ago(7_269),
                                "/backups"),
                        new AlertView(
                                "a-2",
                                "high_latency",
                                "warning",
                                "firing",
                                "lending",
                                "p95 of lending is 1.24 s",
                                1.24,
                                1,
                                ago(1_140),
                                ago(1_110),
                                null,
                                ago(1_109),
                                "/contracts/lending"),
                        new AlertView(
                                "a-3",
                                "high_error_rate",
                                "warning",
                                "pending",
                                "lending",
                                "3.1 % of the calls of lending fail",
                                0.031,
                                0.03,
                                ago(12),
                                null,
                                null,
                                null,
                                "/contracts/lending"),
                        new AlertView(
                                "a-4",
                                "node_down",
                                "critical",
                                "resolved",
                                "node-02",
                                "node-02 was silent for 4 s",
                                4,
                                3,
                                ago(430),
                                ago(428),
                                ago(400),
                                ago(399),
                                "/nodes/node-02"));
        return all.stream().filter(a -> state == null || a.state().equals(state)).toList();
    }

    private void backup(String id, String state, long age, String failure) {
        boolean ok = failure == null;
        backups.add(
                new BackupView(
                        id,
                        new GroupId("main"),
                        state,
                        8_400_000 - age,
                        ok ? hash(id) : null,
                        ok ? hash(id + "root") : null,
                        41_208,
                        ok ? 2_254_857_830L : 0,
                        ago(age),
                        age < 5_000 ? "schedule" : "operator-1",
                        new NodeId("node-02"),
                        48_200,
                        state.equals("verified") ? ago(age - 60) : null,
                        state.equals("verified") ? new NodeId("node-03") : null,
                        "/var/lib/xwasm/backups",
                        "kek-2026-09",
                        failure));
    }

    BackupView backup(String id) {
        return backups.stream().filter(b -> b.id().equals(id)).findFirst().orElse(null);
    }

    RestorePreview restorePreview(String id) {
        return new RestorePreview(
                id,
                new GroupId("main"),
                8_412_960,
                8_399_760,
                168_412,
                "168,412 acknowledged calls came after this backup and would be lost",
                1);
    }

    List<AuditEntry> audit() {
        return IntStream.range(0, 120)
                .mapToObj(i -> {
                    boolean refused = i % 7 == 3;
                    return new AuditEntry(
                            120 - i,
                            ago(60L * i + 20),
                            refused ? "viewer-1" : "operator-1",
                            "127.0.0.1",
                            i % 3 == 0
                                    ? "contracts.upgrade"
                                    : i % 3 == 1 ? "backups.create" : "groups.policy",
                            i % 3 == 0 ? "dex" : "main",
                            refused ? "refused" : "done",
                            refused ? 403 : 202,
                            refused ? null : "op-7f" + i,
                            "{\"strategy\":\"manual\"}",
                            "{\"strategy\":\"automatic\"}",
                            "req-" + (4000 - i),
                            hash("audit" + (i + 1)),
                            hash("audit" + i));
                })
                .toList();
    }
}
