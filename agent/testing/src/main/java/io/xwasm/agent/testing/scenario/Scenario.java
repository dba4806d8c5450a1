package io.xwasm.agent.testing.scenario;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A workflow test.
 *
 * @param name for people
 * @param users with their native balances
 * @param contracts deployed in order before the first step
 * @param steps in order
 */
public record Scenario(
        String name, Map<String, BigInteger> users, List<Contract> contracts, List<Step> steps) {
    public Scenario {
        contracts = List.copyOf(contracts);
        steps = List.copyOf(steps);
    }

    /**
     * A contract to deploy.
     *
     * @param code file of the module, relative to the scenario's, or the name of a shipped one
     * @param init arguments of init, by name
     * @param owner who may upgrade it; null when it stands behind no proxy
     */
    public record Contract(
            String name, String code, @Nullable JsonNode init, @Nullable String owner) {}

    /** One thing that happens. */
    public sealed interface Step {}

    /**
     * A signed call.
     *
     * @param expected what the result must hold; null when it does not matter
     * @param events topics that must be announced, in this order
     * @param fails null when it must succeed
     */
    public record Call(
            String user,
            String contract,
            String method,
            @Nullable JsonNode arguments,
            BigInteger value,
            long gasLimit,
            @Nullable JsonNode expected,
            List<String> events,
            @Nullable Failure fails)
            implements Step {
        public Call {
            events = List.copyOf(events);
        }
    }

    /**
     * How a call must fail.
     *
     * @param kind as in receipts, such as {@code permission}
     * @param message a part of the message; empty when it does not matter
     */
    public record Failure(String kind, String message) {}

    /** A query, and what its result must hold. */
    public record Query(
            String contract,
            String method,
            @Nullable JsonNode arguments,
            @Nullable JsonNode expected)
            implements Step {}

    /** Time passes. */
    public record Travel(Duration time) implements Step {}

    /** Remembers everything under a name. */
    public record Remember(String name) implements Step {}

    /** Goes back to what was remembered. */
    public record GoBack(String name) implements Step {}

    /** New code behind a proxy. */
    public record Upgrade(
            String user,
            String contract,
            String code,
            byte[] migrationData,
            @Nullable Failure fails)
            implements Step {}

    /** An older version behind a proxy; its code is named so that calls can be translated. */
    public record Rollback(
            String user, String contract, int version, String code, @Nullable Failure fails)
            implements Step {}

    /** What native balances must be. */
    public record Balances(Map<String, BigInteger> expected) implements Step {}
}
