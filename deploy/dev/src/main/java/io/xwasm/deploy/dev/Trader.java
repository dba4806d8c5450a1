package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.AgentClient;
import io.xwasm.deploy.cli.agent.CallRefused;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** An account that calls; several of its calls may be under way at once. */
final class Trader {
    private static final Duration VALIDITY = Duration.ofSeconds(60);
    private static final long GAS_LIMIT = 10_000_000;

    private final AccountKey key;
    private final GroupId group;
    private final AgentClient agents;
    private final InstantSource clock;
    private final AtomicLong nonce;

    Trader(AccountKey key, GroupId group, AgentClient agents, InstantSource clock) {
        this.key = key;
        this.group = group;
        this.agents = agents;
        this.clock = clock;
        this.nonce = new AtomicLong(agents.account(key.address()).nextNonce());
    }

    AccountKey key() {
        return key;
    }

    /** Calls with arguments by name. */
    Receipt call(DeployedContract contract, String method, JsonNode arguments) {
        var bytes = new BorshJson(contract.contractInterface()).arguments(method, arguments);
        return call(contract, method, bytes);
    }

    Receipt call(DeployedContract contract, String method, byte[] arguments) {
        var call =
                SignedCall.sign(
                        key,
                        group,
                        nonce.getAndIncrement(),
                        contract.address(),
                        method,
                        arguments,
                        BigInteger.ZERO,
                        GAS_LIMIT,
                        clock.instant().plus(VALIDITY).toEpochMilli());
        try {
            return agents.call(call);
        } catch (CallRefused e) {
            if (e.nonceUsed()) {
                // Somebody else signs with this account; go on behind what it has used.
                nonce.accumulateAndGet(agents.account(key.address()).nextNonce(), Math::max);
            } else if (e.nonceTooFarAhead()) {
                // A restore has taken the ledger back.
                nonce.accumulateAndGet(agents.account(key.address()).nextNonce(), Math::min);
            }
            throw e;
        }
    }

    /** As {@link #call}, for a call without which nothing else makes sense. */
    void mustCall(DeployedContract contract, String method, JsonNode arguments) {
        var receipt = call(contract, method, arguments);
        if (receipt.failure() != null) {
            throw new CannotStart(
                    "%s.%s for the load failed: %s"
                            .formatted(contract.name(), method, receipt.failure().message()));
        }
    }

    JsonNode query(DeployedContract contract, String method, JsonNode arguments) {
        var borsh = new BorshJson(contract.contractInterface());
        var answer = agents.query(contract.address(), method, borsh.arguments(method, arguments));
        return answer.failure() == null
                ? borsh.result(method, answer.result())
                : Json.MAPPER.missingNode();
    }
}
