package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.FundAccount;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.UpgradeContract;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import io.xwasm.controlplane.signals.SignalHistory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Contracts, code and their figures over HTTP. */
public final class ContractRoutes {
    private static final int MOST_POINTS = 3600;

    private final Contracts contracts;
    private final ContractViews views;
    private final ContractPreviews previews;
    private final ContractHistory history;
    private final CodeCatalogue code;
    private final SignalHistory signals;
    private final FleetEvents events;

    public ContractRoutes(
            Contracts contracts,
            ContractViews views,
            ContractPreviews previews,
            ContractHistory history,
            CodeCatalogue code,
            SignalHistory signals,
            FleetEvents events) {
        this.contracts = contracts;
        this.views = views;
        this.previews = previews;
        this.history = history;
        this.code = code;
        this.signals = signals;
        this.events = events;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/contracts", this::list),
                Route.post("/contracts", "contracts.deploy", this::deploy),
                Route.get("/contracts/{name}", r -> Answer.ok(views.view(contract(r)))),
                Route.get("/contracts/{name}/history", this::history),
                Route.post("/contracts/{name}/upgrade", "contracts.upgrade", this::upgrade),
                Route.post("/contracts/{name}/rollback", "contracts.rollback", this::rollback),
                Route.get("/contracts/{name}/upgrade-preview", this::previewUpgrade),
                Route.get("/contracts/{name}/rollback-preview", this::previewRollback),
                Route.post("/groups/{group}/funding", "groups.fund", this::fund),
                Route.get("/code", this::listCode),
                Route.post("/code", "code.upload", this::upload),
                Route.get("/code/{hash}", this::showCode),
                Route.get("/signals", this::signals));
    }

    private Answer list(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                views.after(stretch.textCursor(""), stretch.limit() + 1),
                stretch.limit(),
                view -> view.name().value());
    }

    private Answer deploy(Request request) {
        var deploy = request.body(DeployContract.class);
        request.about(deploy.name());
        return Answer.accepted(contracts.deploy(deploy, request.actor()));
    }

    private Answer history(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                views.history(
                        contract(request),
                        stretch.numberCursor(Long.MAX_VALUE),
                        stretch.limit() + 1),
                stretch.limit(),
                view -> Long.toString(view.sequence()));
    }

    private Answer upgrade(Request request) {
        var name = contract(request);
        var upgrade = request.body(UpgradeContract.class);
        history.find(name)
                .ifPresent(c -> request.before(Map.of("code", history.running(name).code())));
        return Answer.accepted(contracts.upgrade(name, upgrade, request.actor()));
    }

    private Answer rollback(Request request) {
        var name = contract(request);
        var rollback = request.body(RollbackContract.class);
        history.find(name)
                .ifPresent(c -> request.before(Map.of("version", history.running(name).version())));
        return Answer.accepted(contracts.rollback(name, rollback, request.actor()));
    }

    private Answer previewUpgrade(Request request) {
        var hash =
                request.query("code")
                        .orElseThrow(() ->
                                Refusal.of(
                                        ProblemKind.MALFORMED,
                                        "code is missing: the hash of an uploaded module"));
        return Answer.ok(previews.upgrade(contract(request), hash(hash)));
    }

    private Answer previewRollback(Request request) {
        long to = request.queryNumber("to", 0, 1, Long.MAX_VALUE);
        return Answer.ok(previews.rollback(contract(request), to == 0 ? null : to));
    }

    private Answer fund(Request request) {
        var fund = request.body(FundAccount.class);
        var group = parsed(request.path("group"), GroupId::new, ProblemKind.UNKNOWN_GROUP);
        return Answer.accepted(contracts.fund(group, fund, request.actor()));
    }

    private Answer listCode(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                code.page(stretch.numberCursor(Long.MAX_VALUE), stretch.limit() + 1),
                stretch.limit(),
                row -> Long.toString(row.sequence()),
                row -> ContractViews.view(row.code()));
    }

    private Answer upload(Request request) {
        request.requireType("application/wasm");
        var uploaded = code.upload(request.bytes(), request.caller().user());
        request.about(uploaded.hash());
        events.publish(
                "contract",
                uploaded.hash().toString(),
                "code %s %s was uploaded"
                        .formatted(uploaded.face().name(), uploaded.face().version()),
                "contracts");
        return Answer.created(ContractViews.view(uploaded));
    }

    private Answer showCode(Request request) {
        return Answer.ok(ContractViews.view(code.require(hash(request.path("hash")))));
    }

    private Answer signals(Request request) {
        var range =
                Duration.ofSeconds(
                        request.queryNumber("seconds", 300, 1, SignalHistory.KEPT.toSeconds()));
        int points = (int) request.queryNumber("points", 300, 1, MOST_POINTS);
        var name = request.query("contract");
        if (name.isEmpty()) {
            return Answer.ok(signals.signals(null, null, range, points));
        }
        var contract = history.require(named(name.get()));
        return Answer.ok(signals.signals(contract.group(), contract.address(), range, points));
    }

    private static ContractName contract(Request request) {
        return named(request.path("name"));
    }

    private static ContractName named(String text) {
        return parsed(text, ContractName::new, ProblemKind.UNKNOWN_CONTRACT);
    }

    private static CodeHash hash(String text) {
        return parsed(text, CodeHash::parse, ProblemKind.UNKNOWN_CODE);
    }

    /** What cannot even be a name names nothing. */
    private static <T> T parsed(String text, Function<String, T> parse, ProblemKind unknown) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(unknown, String.valueOf(e.getMessage()));
        }
    }
}
