package io.xwasm.controlplane;

import io.vertx.core.Vertx;
import io.xwasm.controlplane.access.Access;
import io.xwasm.controlplane.access.AccessRoutes;
import io.xwasm.controlplane.access.FirstOperator;
import io.xwasm.controlplane.account.FleetAccount;
import io.xwasm.controlplane.account.FleetCalls;
import io.xwasm.controlplane.alerts.AlertRoutes;
import io.xwasm.controlplane.alerts.AlertRules;
import io.xwasm.controlplane.alerts.Alerts;
import io.xwasm.controlplane.alerts.Webhooks;
import io.xwasm.controlplane.audit.AuditLog;
import io.xwasm.controlplane.audit.AuditRoutes;
import io.xwasm.controlplane.audit.StrangerAudit;
import io.xwasm.controlplane.backups.BackupCatalogue;
import io.xwasm.controlplane.backups.BackupRoutes;
import io.xwasm.controlplane.backups.BackupSchedules;
import io.xwasm.controlplane.backups.Backups;
import io.xwasm.controlplane.contracts.ChainReconciliation;
import io.xwasm.controlplane.contracts.CodeCatalogue;
import io.xwasm.controlplane.contracts.ContractHistory;
import io.xwasm.controlplane.contracts.ContractPreviews;
import io.xwasm.controlplane.contracts.ContractRoutes;
import io.xwasm.controlplane.contracts.ContractViews;
import io.xwasm.controlplane.contracts.Contracts;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.EnrolmentToken;
import io.xwasm.controlplane.fleet.Fleet;
import io.xwasm.controlplane.fleet.VertxAgentEndpoint;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.controlplane.groups.GroupPolicies;
import io.xwasm.controlplane.groups.GroupRoutes;
import io.xwasm.controlplane.groups.GroupViews;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.groups.NodeViews;
import io.xwasm.controlplane.groups.Takeover;
import io.xwasm.controlplane.groups.TakeoverSeams;
import io.xwasm.controlplane.http.Pipeline;
import io.xwasm.controlplane.http.Route;
import io.xwasm.controlplane.http.VertxEventStream;
import io.xwasm.controlplane.http.VertxHttp;
import io.xwasm.controlplane.keys.TinkSealer;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metrics.MicrometerMetrics;
import io.xwasm.controlplane.operations.OperationRoutes;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.operations.SqlJournal;
import io.xwasm.controlplane.signals.SignalHistory;
import io.xwasm.controlplane.status.FleetLook;
import io.xwasm.controlplane.status.StatusRoutes;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One member of the control plane, put together in the order in which things start. */
public final class ControlPlane implements AutoCloseable {
    static final String VERSION = "0.1.0";

    private final ControlPlaneConfig config;
    private final Vertx vertx;
    private final Database database;
    private final Operations operations;
    private final AgentLinks links;
    private final Takeover taking;
    private final Webhooks webhooks;
    private final StrangerAudit strangers;
    private final Ticker ticker;
    private final List<Route> routes;
    private final VertxHttp http;

    /**
     * @param takeover makes what moves primaries
     */
    public ControlPlane(
            ControlPlaneConfig config,
            Vertx vertx,
            Database database,
            InstantSource clock,
            TakeoverSeams.Factory takeover) {
        this.config = config;
        this.vertx = vertx;
        this.database = database;

        var metrics = new MicrometerMetrics();
        var sealer = TinkSealer.of(config.backup().keysetFile());
        var events = new FleetEvents(clock);
        var audit = new AuditLog(database, clock);
        strangers = new StrangerAudit(audit, clock);
        var access = new Access(database, clock);
        FirstOperator.ensure(access, database, config.access());

        links = new AgentLinks();
        var fleet = new Fleet(database, events, clock);
        var signals = new SignalHistory(clock);
        var account = FleetAccount.open(database, sealer, clock);
        var configurations = new GroupConfigurations(database, clock);
        var groups =
                new Groups(
                        config.groups(),
                        configurations,
                        new GroupPolicies(database),
                        links,
                        fleet,
                        events,
                        account.address());
        links.subscribe(fleet);
        links.subscribe(signals);
        links.subscribe(groups);

        operations = new Operations(new SqlJournal(database, clock), events, metrics, clock);
        taking =
                takeover.apply(
                        new TakeoverSeams(
                                groups,
                                configurations,
                                links,
                                fleet,
                                operations,
                                events,
                                audit,
                                clock));
        var groupViews = new GroupViews(groups, taking, fleet, signals);
        var nodeViews = new NodeViews(fleet, groupViews, clock);

        var history = new ContractHistory(database);
        var code = new CodeCatalogue(database, clock);
        var calls = new FleetCalls(account, groups, clock);
        var contracts = new Contracts(code, history, groups, operations, calls, account.address());
        var contractViews = new ContractViews(history, code, signals);

        var catalogue = new BackupCatalogue(database, sealer, config.backup().location(), clock);
        var backups =
                new Backups(
                        catalogue,
                        database,
                        groups,
                        configurations,
                        fleet,
                        links,
                        operations,
                        events,
                        new ChainReconciliation(calls, code, history, clock),
                        clock);
        var schedules = new BackupSchedules(database, backups, groups, audit, clock);
        var previews = new ContractPreviews(history, code, groupViews, catalogue::newest, clock);

        var rules = new AlertRules(database);
        webhooks = new Webhooks(database, config.alerts(), clock);
        var sources =
                new LiveRuleSources(
                        history,
                        signals,
                        fleet,
                        groups,
                        catalogue,
                        schedules,
                        clock.instant(),
                        clock);
        var alerts = new Alerts(rules, sources, database, webhooks, events, clock);
        ticker =
                new Ticker()
                        .each(Duration.ofMillis(500), "alerts", alerts::tick)
                        .each(Duration.ofSeconds(1), "schedules", schedules::tick)
                        .each(Duration.ofSeconds(1), "refused strangers", strangers::tick);

        var look =
                new FleetLook(
                        nodeViews,
                        groupViews,
                        signals,
                        operations,
                        new FleetLook.Sources(
                                history::count,
                                contractViews::findings,
                                alerts::last,
                                alerts::firing,
                                VERSION,
                                () -> 1));

        routes =
                Stream.of(
                                new StatusRoutes(look, database, metrics).routes(),
                                new AccessRoutes(access).routes(),
                                new GroupRoutes(groups, groupViews, nodeViews, taking).routes(),
                                new OperationRoutes(operations).routes(),
                                new ContractRoutes(
                                                contracts,
                                                contractViews,
                                                previews,
                                                history,
                                                code,
                                                signals,
                                                events)
                                        .routes(),
                                new BackupRoutes(backups, catalogue, schedules).routes(),
                                new AlertRoutes(alerts, rules, webhooks).routes(),
                                new AuditRoutes(audit).routes())
                        .flatMap(List::stream)
                        .toList();
        var pipeline = new Pipeline(access, strangers, database, sealer, metrics, clock);
        http =
                new VertxHttp(vertx, pipeline, routes)
                        .special(
                                Route.API + "/events",
                                new VertxEventStream(vertx, pipeline, events))
                        .special(
                                VertxAgentEndpoint.PATH,
                                new VertxAgentEndpoint(
                                        vertx,
                                        links,
                                        EnrolmentToken.in(config.agents().tokenFile())));
        metrics.gauge("links.open", "Agents that are connected", () -> links.connected().size());
    }

    /**
     * Serves.
     *
     * @return where
     */
    public URI start() {
        var address = http.listen(config.http());
        operations.resume();
        webhooks.start();
        ticker.start();
        return address;
    }

    List<Route> routes() {
        return routes;
    }

    /** Names of everything that may be begun. */
    Set<String> operationKinds() {
        return operations.kinds();
    }

    @Override
    public void close() {
        ticker.close();
        // Before the links, or their closing would look like the loss of every primary.
        taking.close();
        webhooks.close();
        links.close();
        http.close();
        strangers.close();
        operations.close();
        var _ = vertx.close().toCompletionStage().toCompletableFuture().join();
        database.close();
    }
}
