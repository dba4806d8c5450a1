package io.xwasm.controlplane.account;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.groups.Groups;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;
import io.xwasm.controlplane.problems.Refusal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Calls of the fleet's account, each executed once however often it has to be sent. */
public final class FleetCalls {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Another member, or the same one a moment later, may well take it. */
    private static final Set<String> PASSING =
            Set.of("not_primary", "not_hosted", "stale_epoch", "busy");

    private final FleetAccount account;
    private final Groups groups;
    private final InstantSource clock;

    public FleetCalls(FleetAccount account, Groups groups, InstantSource clock) {
        this.account = account;
        this.groups = groups;
        this.clock = clock;
    }

    /** What is to be called. */
    public record Wish(
            GroupId group, Address contract, String method, byte[] arguments, BigInteger value) {
        public Wish(GroupId group, Address contract, String method, byte[] arguments) {
            this(group, contract, method, arguments, BigInteger.ZERO);
        }
    }

    private sealed interface Fate {
        record Executed(Receipt receipt) implements Fate {}

        record Expired() implements Fate {}

        record Refused(String why) implements Fate {}
    }

    /**
     * Carries a call out as part of a step; run again, it sends the same bytes.
     *
     * @param name under which the step keeps the signed call
     * @return the receipt of success
     * @throws StepFailed when the call was refused, or was executed and failed
     */
    public Receipt execute(StepContext step, String name, Wish wish) throws InterruptedException {
        var call =
                step.outputIfAny(name)
                        .map(node -> SignedCall.parse(node.binaryValue()))
                        .orElse(null);
        while (true) {
            if (call == null) {
                // Signed once and journaled before it is sent: a second attempt must be the same
                // call, or it would be carried out twice.
                call = sign(wish);
                step.remember(name, call.toBytes());
            }
            switch (fate(step, call)) {
                case Fate.Executed(var receipt) -> {
                    return succeeded(receipt, wish);
                }
                // It was never executed, and now never will be.
                case Fate.Expired() -> call = null;
                case Fate.Refused(var why) ->
                        throw new StepFailed("%s was refused: %s".formatted(wish.method(), why));
            }
        }
    }

    private SignedCall sign(Wish wish) {
        return account.sign(
                wish.group(), wish.contract(), wish.method(), wish.arguments(), wish.value());
    }

    private static Receipt succeeded(Receipt receipt, Wish wish) {
        var failure = receipt.failure();
        if (failure != null) {
            throw new StepFailed(
                    "%s failed in block %d (%s): %s"
                            .formatted(
                                    wish.method(),
                                    receipt.height(),
                                    failure.kind(),
                                    failure.message()));
        }
        return receipt;
    }

    /** Sends until the fate of the call is known, however long that takes. */
    private Fate fate(StepContext step, SignedCall call) throws InterruptedException {
        while (true) {
            var obstacle = "";
            try {
                var ask = new Ask.Submit(call.group(), call.toBytes());
                switch (groups.askPrimary(call.group(), ask, ANSWER)) {
                    case Reply.Submitted(var receipt) -> {
                        return new Fate.Executed(Receipt.parse(receipt));
                    }
                    case Reply.Refused(var kind, var why) -> {
                        if (!PASSING.contains(kind)) {
                            return expired(call) ? new Fate.Expired() : new Fate.Refused(why);
                        }
                        obstacle = why;
                    }
                    case Reply other -> throw new StepFailed("an unexpected answer: " + other);
                }
            } catch (AgentUnreachable e) {
                obstacle = String.valueOf(e.getMessage());
            } catch (Refusal e) {
                obstacle = e.sentence();
            }
            step.progress(
                    0, 0, "waits for the primary of %s: %s".formatted(call.group(), obstacle));
            step.pause(PAUSE);
        }
    }

    private boolean expired(SignedCall call) {
        return clock.millis() > call.expiresAtMillis();
    }

    /**
     * Runs a method on committed state.
     *
     * @return empty when the primary cannot be asked now
     */
    public Optional<Reply.Queried> query(
            GroupId group, Address contract, String method, byte[] arguments)
            throws InterruptedException {
        try {
            var ask = new Ask.Query(group, contract, method, arguments);
            return groups.askPrimary(group, ask, ANSWER) instanceof Reply.Queried queried
                    ? Optional.of(queried)
                    : Optional.empty();
        } catch (AgentUnreachable | Refusal _) {
            return Optional.empty();
        }
    }
}
