package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.abi.BadValue;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.controlplane.account.FleetCalls;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.FundAccount;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.UpgradeContract;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.operations.OperationOrder;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Begins what changes contracts, after what can be known beforehand was checked. */
public final class Contracts {
    private static final Set<String> CHANGES =
            Set.of(ContractKinds.DEPLOY, ContractKinds.UPGRADE, ContractKinds.ROLLBACK);
    private static final Set<String> RESTORE = Set.of("restore");

    private final CodeCatalogue code;
    private final ContractHistory history;
    private final Groups groups;
    private final Operations operations;

    /** Registers the operation kinds. */
    public Contracts(
            CodeCatalogue code,
            ContractHistory history,
            Groups groups,
            Operations operations,
            FleetCalls calls,
            Address owner) {
        this.code = code;
        this.history = history;
        this.groups = groups;
        this.operations = operations;
        new ContractKinds(calls, code, history, operations, owner).register();
    }

    OperationView deploy(DeployContract deploy, Actor actor) {
        var begun = operations.begunBy(actor);
        if (begun.isPresent()) {
            return begun.get();
        }
        var group = groups.group(deploy.group()).group();
        if (history.find(deploy.name()).isPresent()) {
            throw Refusal.of(
                    ProblemKind.TAKEN, "there is already a contract '%s'".formatted(deploy.name()));
        }
        var init = arguments(code.require(deploy.code()), "init", deploy.init());
        return start(
                ContractKinds.DEPLOY,
                deploy.name(),
                group,
                new ContractKinds.DeployInput(deploy.name(), group, deploy.code(), init),
                changeOf(deploy.name(), group),
                actor);
    }

    OperationView upgrade(ContractName name, UpgradeContract upgrade, Actor actor) {
        var begun = operations.begunBy(actor);
        if (begun.isPresent()) {
            return begun.get();
        }
        var contract = history.require(name);
        var next = code.require(upgrade.code());
        var running = history.running(name);
        Refusal.require(
                !running.code().equals(upgrade.code()),
                "%s runs this code already, as version %d".formatted(name, running.version()));
        var migration = arguments(next, Code.MIGRATE, upgrade.migration());
        return start(
                ContractKinds.UPGRADE,
                name,
                contract.group(),
                new ContractKinds.UpgradeInput(name, contract.group(), upgrade.code(), migration),
                changeOf(name, contract.group()),
                actor);
    }

    /** Never refused because something else is pending (invariant 8), another rollback apart. */
    OperationView rollback(ContractName name, RollbackContract rollback, Actor actor) {
        var begun = operations.begunBy(actor);
        if (begun.isPresent()) {
            return begun.get();
        }
        var contract = history.require(name);
        var to = rollback.to();
        requireVersion(name, to);
        var pending =
                operations.running().stream()
                        .filter(o -> o.subject().equals(name.value()))
                        .filter(o -> o.kind().equals(ContractKinds.UPGRADE))
                        .map(OperationView::id)
                        .findFirst();
        var input =
                new ContractKinds.RollbackInput(
                        name,
                        contract.group(),
                        to,
                        history.running(name).version(),
                        pending.orElse(null));
        return start(
                ContractKinds.ROLLBACK,
                name,
                contract.group(),
                input,
                OperationOrder.onePerSubject(name.value(), Set.of(ContractKinds.ROLLBACK)),
                actor);
    }

    void requireVersion(ContractName name, @Nullable Long version) {
        if (version != null && history.version(name, version).isEmpty()) {
            throw Refusal.of(
                    ProblemKind.UNKNOWN_VERSION,
                    "%s never had a version %d".formatted(name, version));
        }
    }

    OperationView fund(GroupId group, FundAccount fund, Actor actor) {
        var known = groups.group(group).group();
        Refusal.require(
                fund.amount().signum() > 0 && fund.amount().bitLength() <= 128,
                "an amount is more than 0 and fits into 128 bits, not " + fund.amount());
        return operations.start(
                OperationOrder.of(
                        ContractKinds.FUND,
                        fund.account().toString(),
                        known,
                        new ContractKinds.FundInput(known, fund.account(), fund.amount()),
                        OperationOrder.onePerGroup(known, RESTORE)),
                actor);
    }

    private static OperationOrder.Turn changeOf(ContractName name, GroupId group) {
        return OperationOrder.both(
                OperationOrder.onePerSubject(name.value(), CHANGES),
                OperationOrder.onePerGroup(group, RESTORE));
    }

    private OperationView start(
            String kind,
            ContractName name,
            GroupId group,
            Object input,
            OperationOrder.Turn turn,
            Actor actor) {
        return operations.start(OperationOrder.of(kind, name.value(), group, input, turn), actor);
    }

    /** Translated now, so that a wrong argument is a refused request and no failed operation. */
    private static byte[] arguments(Code code, String method, @Nullable JsonNode given) {
        if (code.face().method(method).isEmpty()) {
            Refusal.require(
                    given == null || given.isNull() || given.isEmpty(),
                    "%s %s has no method %s that could take arguments"
                            .formatted(code.face().name(), code.face().version(), method));
            return new byte[0];
        }
        try {
            return new BorshJson(code.face()).arguments(method, given);
        } catch (BadValue e) {
            throw Refusal.of(ProblemKind.INVALID, String.valueOf(e.getMessage()));
        }
    }
}
