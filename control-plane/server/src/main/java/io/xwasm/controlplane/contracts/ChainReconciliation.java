package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.account.FleetCalls;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;
import io.xwasm.controlplane.operations.StepResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;

/** After a restore, the catalogue follows the chain. */
public final class ChainReconciliation {
    private static final String UNKNOWN_CONTRACT = "unknown_contract";
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** No failover is made while a restore runs, so it must not wait for a primary for ever. */
    private static final int PATIENCE = 240;

    private final FleetCalls calls;
    private final CodeCatalogue code;
    private final ContractHistory history;
    private final InstantSource clock;

    public ChainReconciliation(
            FleetCalls calls, CodeCatalogue code, ContractHistory history, InstantSource clock) {
        this.calls = calls;
        this.code = code;
        this.history = history;
        this.clock = clock;
    }

    /**
     * Asks each contract's proxy what it runs and enters what differs; as a step of a restore, it
     * may be run again. A contract that the ledger does not know is gone, until another restore
     * brings it back or its name is used again.
     *
     * @param height of the block that the ledger went back to
     * @throws StepFailed when the primary does not answer, or a proxy's history cannot be read
     */
    public StepResult follow(StepContext step, GroupId group, long height)
            throws InterruptedException {
        var changes = new ArrayList<String>();
        for (var contract : history.everOf(group)) {
            follow(step, contract, height).ifPresent(changes::add);
        }
        return StepResult.of(
                changes.isEmpty()
                        ? "the catalogue says what the ledger says"
                        : "the catalogue follows the ledger: " + String.join(", ", changes));
    }

    /** What changed in the catalogue, if anything. */
    private Optional<String> follow(StepContext step, Contract contract, long height)
            throws InterruptedException {
        var name = contract.name();
        boolean listed = history.find(name).isPresent();
        var answer = ask(step, contract);
        var failure = answer.failure();
        if (failure != null && failure.kind().equals(UNKNOWN_CONTRACT)) {
            history.gone(name, clock.instant());
            return listed ? Optional.of(name + " is gone") : Optional.empty();
        }
        if (failure != null) {
            throw new StepFailed(
                    "the ledger is restored, but the history of %s cannot be read from it: %s"
                            .formatted(name, failure.message()));
        }
        var now = Proxy.history(answer.result()).getLast();
        var before = history.running(name);
        boolean same = now.call().equals(before.call());
        if (listed && same) {
            return Optional.empty();
        }
        history.restored(name, same ? null : entry(step, now, before, height));
        return Optional.of("%s is at version %d".formatted(name, now.version()));
    }

    private Reply.Queried ask(StepContext step, Contract contract) throws InterruptedException {
        for (int attempt = 0; attempt < PATIENCE; attempt++) {
            var answer =
                    calls.query(
                            contract.group(), contract.address(), "history", Proxy.noArguments());
            if (answer.isPresent()) {
                return answer.get();
            }
            step.progress(0, 0, "waits for the primary of " + contract.group());
            step.pause(PAUSE);
        }
        throw new StepFailed(
                "the ledger is restored, but its primary does not say what %s runs: the catalogue is as it was before"
                        .formatted(contract.name()));
    }

    private ContractHistory.Entry entry(
            StepContext step, Proxy.Change now, ContractHistory.Entry before, long height) {
        return new ContractHistory.Entry(
                0,
                now.version(),
                ContractHistory.RESTORED,
                now.implementation(),
                before.code(),
                code.find(now.implementation()).map(c -> c.face().version()).orElse("unknown"),
                step.actor().name(),
                clock.instant(),
                now.call(),
                height,
                step.operation());
    }
}
