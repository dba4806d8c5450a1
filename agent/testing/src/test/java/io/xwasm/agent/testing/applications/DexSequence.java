package io.xwasm.agent.testing.applications;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * A random sequence of calls of an exchange with two pools of the same two tokens, in which the
 * founder provides in the beginning and does nothing afterwards.
 */
final class DexSequence {
    static final List<String> TRADERS = List.of("alice", "bob", "carol");
    static final List<String> POOLS = List.of("main", "side");
    static final List<String> TOKENS = List.of("gold", "silver");

    /** A pool at one moment. */
    record Pool(BigInteger a, BigInteger b, BigInteger shares) {
        BigInteger product() {
            return a.multiply(b);
        }

        /** What so many shares are worth in the first token, or the second. */
        BigInteger worth(BigInteger of, boolean first) {
            return of.multiply(first ? a : b).divide(shares);
        }
    }

    /**
     * A call that was made.
     *
     * @param pool that it was about; null when it was about none
     */
    record Played(
            String user,
            String method,
            @Nullable String pool,
            ArrayNode arguments,
            CallResult result,
            Map<String, Pool> before,
            Map<String, Pool> after) {
        boolean did(String wanted) {
            return method.equals(wanted) && result.succeeded();
        }

        String outcome() {
            var failure = result.failure();
            return failure == null ? method : method + " " + failure.kind();
        }

        @Override
        public String toString() {
            return "%s.%s%s → %s %s, %s and before %s"
                    .formatted(user, method, arguments, outcome(), result.result(), after, before);
        }
    }

    final TestRunner runner;
    final Map<String, Pool> beginning;
    private final RandomGenerator random;
    private Map<String, Pool> pools;

    DexSequence(TestRunner runner, RandomGenerator random) {
        this.runner = runner;
        this.random = random;
        this.pools = look();
        this.beginning = pools;
    }

    /** One call. */
    Played next() {
        var user = TRADERS.get(random.nextInt(TRADERS.size()));
        var pool = POOLS.get(random.nextInt(POOLS.size()));
        return switch (random.nextInt(14)) {
            case 0 ->
                    call(
                            random.nextInt(4) == 0 ? user : "owner",
                            "set_fee",
                            null,
                            random.nextInt(110));
            case 1, 2, 3 -> call(user, "add_liquidity", pool, pool, amount(), amount());
            case 4, 5, 6 -> call(user, "remove_liquidity", pool, pool, part(held(pool, user)));
            default -> {
                var token = TOKENS.get(random.nextInt(TOKENS.size()));
                var least = random.nextInt(6) == 0 ? amount() : BigInteger.ZERO;
                yield call(user, "swap", pool, pool, runner.address(token), amount(), least);
            }
        };
    }

    /** A pool as of the last call. */
    Pool pool(String name) {
        return Objects.requireNonNull(pools.get(name), name);
    }

    /** After the machine went back to another moment. */
    void lookAgain() {
        pools = look();
    }

    /** Takes all out that a trader has in a pool; null when that is nothing. */
    @Nullable Played leave(String user, String pool) {
        var held = held(pool, user);
        return held.signum() == 0 ? null : call(user, "remove_liquidity", pool, pool, held);
    }

    BigInteger held(String pool, String user) {
        return number(ask("position", pool, runner.user(user)).path("liquidity_amount"));
    }

    private Played call(String user, String method, @Nullable String pool, Object... given) {
        var arguments = arguments(given);
        var before = pools;
        var result = runner.call(user, "dex", method, arguments);
        pools = look();
        return new Played(user, method, pool, arguments, result, before, pools);
    }

    private Map<String, Pool> look() {
        var found = new LinkedHashMap<String, Pool>();
        for (var name : POOLS) {
            var state = ask("pool_state", name);
            found.put(
                    name,
                    new Pool(
                            number(state.path("reserve_a")),
                            number(state.path("reserve_b")),
                            number(state.path("total_liquidity"))));
        }
        return found;
    }

    private JsonNode ask(String method, Object... given) {
        return runner.query("dex", method, arguments(given));
    }

    /** What the exchange has of a token. */
    BigInteger balance(String token) {
        var arguments = arguments(runner.address("dex"));
        return number(runner.query(token, "balance_of", arguments));
    }

    static ArrayNode arguments(Object... values) {
        var array = Json.MAPPER.createArrayNode();
        for (var value : values) {
            if (value instanceof Integer number) {
                array.add(number);
            } else {
                array.add(value.toString());
            }
        }
        return array;
    }

    private static BigInteger number(JsonNode node) {
        return new BigInteger(node.asString());
    }

    /** Of any size: single units, where rounding is felt most, up to more than there is. */
    private BigInteger amount() {
        return BigInteger.valueOf(random.nextLong(1L << random.nextInt(1, 44)));
    }

    private BigInteger part(BigInteger all) {
        return switch (random.nextInt(8)) {
            case 0 -> all.add(BigInteger.ONE);
            case 1 -> all;
            case 2 -> BigInteger.ONE;
            default -> all.multiply(BigInteger.valueOf(random.nextInt(100))).shiftRight(7);
        };
    }
}
