package io.xwasm.agent.testing.applications;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** A random sequence of calls of a token. */
final class TokenSequence {
    static final List<String> HOLDERS = List.of("owner", "alice", "bob", "carol");
    static final BigInteger MOST = BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
    private static final BigInteger HALF = BigInteger.ONE.shiftLeft(127);

    /**
     * What a token says at one moment.
     *
     * @param allowances by owner and spender
     * @param cap of version 2; null where there is none
     * @param frozen by version 2
     */
    record Books(
            Map<String, BigInteger> balances,
            Map<String, BigInteger> allowances,
            @Nullable BigInteger cap,
            Set<String> frozen) {
        BigInteger balance(String holder) {
            return balances.getOrDefault(holder, BigInteger.ZERO);
        }

        BigInteger allowance(String owner, String spender) {
            return allowances.getOrDefault(owner + ">" + spender, BigInteger.ZERO);
        }
    }

    /**
     * A call that was made.
     *
     * @param from whose tokens it was to move; the caller's when it says nothing
     * @param to whom it concerns beside them; the caller when it says nothing
     * @param before as everything was
     */
    record Played(
            String user,
            String method,
            String from,
            String to,
            BigInteger amount,
            ArrayNode arguments,
            CallResult result,
            Books before) {
        String outcome() {
            var failure = result.failure();
            return failure == null ? method : method + " " + failure.kind();
        }

        @Override
        public String toString() {
            return "%s.%s%s → %s".formatted(user, method, arguments, outcome());
        }
    }

    final TestRunner runner;
    private final RandomGenerator random;
    private Books books;

    TokenSequence(TestRunner runner, RandomGenerator random) {
        this.runner = runner;
        this.random = random;
        this.books = look();
    }

    /** Whether version 2 runs, whose own methods are called too. */
    boolean isSecond() {
        return runner.contractInterface("token").stateSchema() == 2;
    }

    /** From here on everything is compared with how it is now. */
    void lookAnew() {
        books = look();
    }

    /** One call. */
    Played next() {
        var user = holder();
        if (isSecond() && random.nextInt(5) == 0) {
            return nextOfSecond(random.nextInt(4) == 0 ? user : "owner");
        }
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                var amount = amount(books.balance(user));
                yield call(user, "transfer", user, amount, holder(), amount);
            }
            case 3, 4, 5, 6 -> {
                var from = holder();
                var amount =
                        amount(
                                random.nextBoolean()
                                        ? books.allowance(from, user)
                                        : books.balance(from));
                yield call(user, "transfer_from", from, amount, from, holder(), amount);
            }
            case 7, 8, 9 -> {
                var amount = amount(books.balance(user));
                yield call(user, "approve", user, amount, holder(), amount);
            }
            case 10 -> {
                user = random.nextInt(4) == 0 ? user : "owner";
                var amount = random.nextInt(10) == 0 ? HALF : amount(BigInteger.TEN);
                yield call(user, "mint", user, amount, holder(), amount);
            }
            default -> {
                user = random.nextInt(4) == 0 ? user : "owner";
                var amount = amount(books.balance(user));
                yield call(user, "burn", user, amount, amount);
            }
        };
    }

    /** A call of what version 2 alone has. */
    private Played nextOfSecond(String user) {
        if (random.nextInt(4) > 0) {
            var method = random.nextBoolean() ? "freeze" : "release";
            return call(user, method, user, BigInteger.ZERO, holder());
        }
        var cap = ask("total_supply").add(BigInteger.valueOf(random.nextInt(-5, 40)));
        cap = cap.max(BigInteger.ZERO).min(MOST);
        return call(user, "set_cap", user, cap, cap);
    }

    private Played call(
            String user, String method, String from, BigInteger amount, Object... given) {
        var arguments = Json.MAPPER.createArrayNode();
        var to = user;
        for (var value : given) {
            arguments.add(value instanceof String name ? runner.user(name).toString() : "" + value);
            to = value instanceof String name ? name : to;
        }
        var before = books;
        var result = runner.call(user, "token", method, arguments);
        books = look();
        return new Played(user, method, from, to, amount, arguments, result, before);
    }

    /** What the token says now. */
    Books look() {
        var balances = new HashMap<String, BigInteger>();
        var allowances = new HashMap<String, BigInteger>();
        for (var owner : HOLDERS) {
            balances.put(owner, ask("balance_of", owner));
            for (var spender : HOLDERS) {
                allowances.put(owner + ">" + spender, ask("allowance", owner, spender));
            }
        }
        return new Books(balances, allowances, cap(), frozen());
    }

    private @Nullable BigInteger cap() {
        var cap = isSecond() ? runner.query("token", "cap", Json.MAPPER.createArrayNode()) : null;
        return cap == null || cap.isNull() ? null : new BigInteger(cap.asString());
    }

    private Set<String> frozen() {
        return isSecond()
                ? HOLDERS.stream().filter(this::isFrozen).collect(Collectors.toSet())
                : Set.of();
    }

    private boolean isFrozen(String holder) {
        var account = Json.MAPPER.createArrayNode().add(runner.user(holder).toString());
        return runner.query("token", "is_frozen", account).asBoolean();
    }

    Books books() {
        return books;
    }

    BigInteger ask(String method, String... holders) {
        var arguments = Json.MAPPER.createArrayNode();
        for (var holder : holders) {
            arguments.add(runner.user(holder).toString());
        }
        return new BigInteger(runner.query("token", method, arguments).asString());
    }

    private String holder() {
        return HOLDERS.get(random.nextInt(HOLDERS.size()));
    }

    /** All, one more, a part of it, nothing, or rarely the most that there can be. */
    private BigInteger amount(BigInteger all) {
        return switch (random.nextInt(10)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> all.add(BigInteger.ONE).min(MOST);
            case 2 -> all;
            case 3 -> random.nextInt(4) == 0 ? MOST : all;
            default -> all.multiply(BigInteger.valueOf(random.nextInt(100))).shiftRight(7);
        };
    }
}
