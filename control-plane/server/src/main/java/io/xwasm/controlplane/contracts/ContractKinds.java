package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.controlplane.account.FleetCalls;
import io.xwasm.controlplane.account.FleetCalls.Wish;
import io.xwasm.controlplane.operations.OperationKind;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.operations.Step;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;
import io.xwasm.controlplane.operations.StepResult;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps of deploying, upgrading, rolling back and funding. */
final class ContractKinds {
    static final String DEPLOY = "deploy";
    static final String UPGRADE = "upgrade";
    static final String ROLLBACK = "rollback";
    static final String FUND = "fund";

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Set<String> SHOWN =
            Set.of("version", "code", "call", "height", "address", "gasUsed", "receipt");

    private final FleetCalls calls;
    private final CodeCatalogue code;
    private final ContractHistory history;
    private final Operations operations;
    private final Address owner;

    ContractKinds(
            FleetCalls calls,
            CodeCatalogue code,
            ContractHistory history,
            Operations operations,
            Address owner) {
        this.calls = calls;
        this.code = code;
        this.history = history;
        this.operations = operations;
        this.owner = owner;
    }

    /**
     * @param init Borsh arguments of the implementation's init
     */
    record DeployInput(ContractName name, GroupId group, CodeHash code, byte[] init) {}

    /**
     * @param migration Borsh arguments of the new code's migrate
     */
    record UpgradeInput(ContractName name, GroupId group, CodeHash code, byte[] migration) {}

    /**
     * @param to null for the previous version
     * @param from the version that ran when it was asked for
     * @param pending an operation on the contract that was running then
     */
    record RollbackInput(
            ContractName name,
            GroupId group,
            @Nullable Long to,
            long from,
            @Nullable String pending) {}

    record FundInput(GroupId group, Address account, BigInteger amount) {}

    void register() {
        operations.register(
                new OperationKind(
                        DEPLOY,
                        List.of(
                                Step.of("store code", this::storeCode),
                                Step.of("store proxy", this::storeProxy),
                                Step.noReturn("deploy", this::deploy),
                                Step.noReturn("confirm", this::confirm)),
                        SHOWN));
        operations.register(
                new OperationKind(
                        UPGRADE,
                        List.of(
                                Step.of("store code", this::storeCode),
                                Step.of("cut over", this::upgrade),
                                Step.noReturn("confirm", this::confirm)),
                        SHOWN));
        operations.register(
                new OperationKind(
                        ROLLBACK,
                        List.of(
                                Step.noReturn("wait for its turn", this::waitForTurn),
                                Step.noReturn("roll back", this::rollBack),
                                Step.noReturn("confirm", this::confirm)),
                        SHOWN));
        operations.register(
                new OperationKind(FUND, List.of(Step.noReturn("transfer", this::transfer)), SHOWN));
    }

    private StepResult storeCode(StepContext step) throws InterruptedException {
        var input = step.input();
        var hash = CodeHash.parse(input.path("code").asString());
        var wish = SystemCalls.storeCode(group(step), code.bytes(hash));
        var receipt = calls.execute(step, "storeCodeCall", wish);
        return StepResult.of(
                "code %s is in the ledger since block %d at the latest"
                        .formatted(hash.abbreviated(), receipt.height()));
    }

    private StepResult storeProxy(StepContext step) throws InterruptedException {
        var wish = SystemCalls.storeCode(group(step), Proxy.CODE);
        var receipt = calls.execute(step, "storeProxyCall", wish);
        return StepResult.of(
                "the proxy's code is in the ledger since block %d at the latest"
                        .formatted(receipt.height()));
    }

    private StepResult deploy(StepContext step) throws InterruptedException {
        var input = Json.MAPPER.treeToValue(step.input(), DeployInput.class);
        var wish =
                SystemCalls.deploy(
                        input.group(),
                        input.name(),
                        CodeHash.ofCode(Proxy.CODE),
                        "init",
                        Proxy.init(owner, input.code(), input.init()));
        var receipt = calls.execute(step, "deployCall", wish);
        var address = Address.ofContract(input.group(), input.name().value());
        return executed(
                        receipt,
                        "%s is deployed at %s in block %d"
                                .formatted(input.name(), address.abbreviated(), receipt.height()))
                .with("address", address);
    }

    private StepResult upgrade(StepContext step) throws InterruptedException {
        var input = Json.MAPPER.treeToValue(step.input(), UpgradeInput.class);
        var wish =
                new Wish(
                        input.group(),
                        history.require(input.name()).address(),
                        "upgrade",
                        Proxy.upgrade(input.code(), input.migration()));
        var receipt = calls.execute(step, "upgradeCall", wish);
        return executed(
                receipt,
                "%s was cut over in block %d, on every replica at once"
                        .formatted(input.name(), receipt.height()));
    }

    /** Invariant 8: what is pending is stopped, or finishes if it has already cut over. */
    private StepResult waitForTurn(StepContext step) throws InterruptedException {
        var input = Json.MAPPER.treeToValue(step.input(), RollbackInput.class);
        var pending = input.pending();
        if (pending != null) {
            operations.askToStop(pending, "a rollback of %s was asked for".formatted(input.name()));
            while (operations.find(pending).filter(o -> o.endedAt() == null).isPresent()) {
                step.progress(0, 0, "waits until %s has stopped or finished".formatted(pending));
                step.pause(PAUSE);
            }
        }
        long running = history.running(input.name()).version();
        long target = target(input);
        return StepResult.of(
                        target == running
                                ? "version %d runs, nothing has to be taken back".formatted(running)
                                : "version %d runs".formatted(running))
                .with("target", target)
                .with("running", running);
    }

    /** With an upgrade pending, the version before it is meant, whether or not it cut over. */
    private static long target(RollbackInput input) {
        var to = input.to();
        return to != null ? to : input.pending() == null ? 0 : input.from();
    }

    private StepResult rollBack(StepContext step) throws InterruptedException {
        var input = Json.MAPPER.treeToValue(step.input(), RollbackInput.class);
        long target = step.output("target").asLong();
        if (target == step.output("running").asLong()) {
            return StepResult.of("%s stays at version %d".formatted(input.name(), target));
        }
        var wish =
                new Wish(
                        input.group(),
                        history.require(input.name()).address(),
                        "rollback",
                        Proxy.rollback(target));
        var receipt = calls.execute(step, "rollbackCall", wish);
        return executed(
                receipt,
                "%s was rolled back in block %d, on every replica at once"
                        .formatted(input.name(), receipt.height()));
    }

    private static StepResult executed(Receipt receipt, String sentence) {
        return StepResult.of(sentence)
                .with("call", receipt.call())
                .with("height", receipt.height())
                .with("gasUsed", receipt.gasUsed());
    }

    /** Copies what the chain itself says about the change. */
    private StepResult confirm(StepContext step) throws InterruptedException {
        var name = new ContractName(step.subject());
        var call = step.outputIfAny("call");
        if (call.isEmpty()) {
            long running = history.running(name).version();
            return StepResult.of("version %d of %s runs".formatted(running, name))
                    .with("version", running);
        }
        var address = Address.ofContract(group(step), name.value());
        var record = chainRecord(step, address, call.get().asString());
        var contract = new Contract(name, group(step), address, step.actor().name(), record.time());
        var entry = entry(step, record);
        if (record.kind().equals(DEPLOY)) {
            history.deployed(contract, entry);
        } else {
            history.changed(name, entry);
        }
        return StepResult.of("version %d of %s runs".formatted(record.version(), name))
                .with("version", record.version())
                .with("code", record.implementation());
    }

    private Proxy.Change chainRecord(StepContext step, Address address, String call)
            throws InterruptedException {
        while (true) {
            var answer = calls.query(group(step), address, "history", Proxy.noArguments());
            if (answer.isPresent()) {
                var failure = answer.get().failure();
                if (failure != null) {
                    throw new StepFailed(
                            "the chain's history cannot be read: " + failure.message());
                }
                return Proxy.history(answer.get().result()).stream()
                        .filter(record -> record.call().toString().equals(call))
                        .findFirst()
                        .orElseThrow(() ->
                                new StepFailed("the chain's history has no entry of call " + call));
            }
            step.progress(0, 0, "waits for the primary of " + group(step));
            step.pause(PAUSE);
        }
    }

    private ContractHistory.Entry entry(StepContext step, Proxy.Change record) {
        boolean first = record.kind().equals(DEPLOY);
        var label =
                code.find(record.implementation()).map(c -> c.face().version()).orElse("unknown");
        return new ContractHistory.Entry(
                0,
                record.version(),
                record.kind(),
                record.implementation(),
                first ? null : record.previous(),
                label,
                step.actor().name(),
                record.time(),
                record.call(),
                step.output("height").asLong(),
                step.operation());
    }

    private StepResult transfer(StepContext step) throws InterruptedException {
        var input = Json.MAPPER.treeToValue(step.input(), FundInput.class);
        var wish = SystemCalls.transfer(input.group(), input.account(), input.amount());
        var receipt = calls.execute(step, "transferCall", wish);
        return executed(
                receipt,
                "%s went to %s in block %d"
                        .formatted(
                                input.amount(), input.account().abbreviated(), receipt.height()));
    }

    private static GroupId group(StepContext step) {
        return new GroupId(step.input().path("group").asString());
    }
}
