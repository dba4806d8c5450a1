package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.protocol.abi.Method;
import io.xwasm.controlplane.api.Arg;
import io.xwasm.controlplane.api.CodeView;
import io.xwasm.controlplane.api.ContractVersionView;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.Finding;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.MethodView;
import io.xwasm.controlplane.signals.SignalHistory;
import io.xwasm.controlplane.signals.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How contracts, their history and code look. */
public final class ContractViews {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Below so many calls a ratio says nothing. */
    private static final int ENOUGH_CALLS = 20;

    private static final double ERRORS_WARN = 0.05;
    private static final double ERRORS_BAD = 0.5;

    private final ContractHistory history;
    private final CodeCatalogue code;
    private final SignalHistory signals;

    public ContractViews(ContractHistory history, CodeCatalogue code, SignalHistory signals) {
        this.history = history;
        this.code = code;
        this.signals = signals;
    }

    List<ContractView> after(String name, int limit) {
        return history.after(name, limit).stream().map(c -> view(c, false)).toList();
    }

    ContractView view(ContractName name) {
        return view(history.require(name), true);
    }

    private ContractView view(Contract contract, boolean withMethods) {
        var running = history.running(contract.name());
        var module = code.require(running.code());
        var tally = signals.contract(contract.group(), contract.address(), MINUTE);
        return new ContractView(
                contract.name(),
                contract.group(),
                contract.address(),
                running.version(),
                running.label(),
                running.code(),
                module.face().stateSchema(),
                module.size(),
                health(tally),
                sentence(tally),
                contract.deployedBy(),
                contract.deployedAt(),
                running.at(),
                perSecond(tally),
                tally.errorRatio(),
                tally.gasPerCall(),
                tally.latencyMillis(0.95),
                tally.memoryBytes(),
                withMethods ? methods(contract, module.face()) : List.of());
    }

    private static double perSecond(Tally tally) {
        return tally.calls() / (double) MINUTE.toSeconds();
    }

    private static Health health(Tally tally) {
        if (tally.calls() < ENOUGH_CALLS) {
            return Health.OK;
        }
        return tally.errorRatio() > ERRORS_BAD
                ? Health.BAD
                : tally.errorRatio() > ERRORS_WARN ? Health.WARN : Health.OK;
    }

    private static String sentence(Tally tally) {
        return tally.calls() == 0
                ? "no calls within the last minute"
                : String.format(
                        Locale.ROOT,
                        "%.1f %% of %d calls failed within the last minute",
                        100 * tally.errorRatio(),
                        tally.calls());
    }

    private List<MethodView> methods(Contract contract, ContractInterface face) {
        return face.methods().stream()
                .map(method ->
                        view(
                                method,
                                signals.method(
                                        contract.group(),
                                        contract.address(),
                                        method.name(),
                                        MINUTE)))
                .toList();
    }

    private static MethodView view(Method method, Tally tally) {
        return new MethodView(
                method.name(),
                method.args().stream()
                        .map(field -> new Arg(field.name(), field.type().toString()))
                        .toList(),
                method.returns().toString(),
                method.payable(),
                method.query(),
                perSecond(tally),
                tally.errorRatio(),
                tally.gasPerCall(),
                tally.latencyMillis(0.5),
                tally.latencyMillis(0.95),
                tally.latencyMillis(0.99));
    }

    List<ContractVersionView> history(ContractName name, long below, int limit) {
        var contract = history.require(name);
        long newest = history.running(contract.name()).sequence();
        return history.entries(name, below, limit).stream()
                .map(e ->
                        new ContractVersionView(
                                e.sequence(),
                                e.version(),
                                e.kind(),
                                e.code(),
                                e.previousCode(),
                                e.label(),
                                e.by(),
                                e.at(),
                                e.call(),
                                e.height(),
                                e.operation(),
                                e.sequence() == newest))
                .toList();
    }

    static CodeView view(Code code) {
        return new CodeView(
                code.hash(),
                code.face().name(),
                code.face().version(),
                code.face().stateSchema(),
                code.size(),
                code.face().methods().stream().map(m -> view(m, new Tally())).toList(),
                code.face().method(Code.MIGRATE_BACK).isPresent(),
                code.uploadedBy(),
                code.uploadedAt());
    }

    /** Contracts that do badly, for the fleet's sentence. */
    public List<Finding> findings() {
        return after("", Integer.MAX_VALUE).stream()
                .filter(c -> c.health() != Health.OK)
                .map(c ->
                        new Finding(
                                c.health(),
                                "Contract %s: %s".formatted(c.name(), c.sentence()),
                                "contracts/" + c.name()))
                .toList();
    }
}
