package io.xwasm.agent.testing.applications;

import io.xwasm.agent.testing.applications.DexSequence.Played;
import io.xwasm.agent.testing.applications.DexSequence.Pool;
import java.math.BigInteger;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold after every call of an exchange; each says what is wrong, or null. */
enum DexProperty {
    PRODUCT("the product of a pool's reserves never falls except by removal") {
        @Override
        @Nullable String broken(DexSequence sequence, Played last) {
            for (var name : DexSequence.POOLS) {
                boolean removed = last.did("remove_liquidity") && name.equals(last.pool());
                var before = pool(last.before(), name).product();
                if (!removed && pool(last.after(), name).product().compareTo(before) < 0) {
                    return name;
                }
            }
            return null;
        }
    },
    WORTH("shares are worth what was paid for them, but for one unit, and never become less") {
        @Override
        @Nullable String broken(DexSequence sequence, Played last) {
            for (var name : DexSequence.POOLS) {
                var before = pool(last.before(), name);
                var after = pool(last.after(), name);
                // k / shares² is the square of what a share is worth, whatever the price.
                var was = before.product().multiply(after.shares().pow(2));
                if (after.product().multiply(before.shares().pow(2)).compareTo(was) < 0) {
                    return "a share of " + name;
                }
            }
            return last.did("add_liquidity") ? worth(last) : null;
        }

        private @Nullable String worth(Played last) {
            var pool = pool(last.after(), Objects.requireNonNull(last.pool()));
            var receipt = last.result().result();
            var shares = new BigInteger(receipt.path("liquidity_amount").asString());
            for (boolean first : new boolean[] {true, false}) {
                var field = first ? "amount_a" : "amount_b";
                var paid = new BigInteger(receipt.path(field).asString());
                var worth = pool.worth(shares, first);
                if (worth.compareTo(paid) > 0
                        || worth.compareTo(paid.subtract(BigInteger.ONE)) < 0) {
                    return "%s of %s buys %s".formatted(field, paid, worth);
                }
            }
            return null;
        }
    },
    BALANCE("the exchange has of each token what its pools count") {
        @Override
        @Nullable String broken(DexSequence sequence, Played last) {
            for (var token : DexSequence.TOKENS) {
                boolean first = token.equals("gold");
                var counted =
                        last.after().values().stream()
                                .map(pool -> first ? pool.a() : pool.b())
                                .reduce(BigInteger.ZERO, BigInteger::add);
                var has = sequence.balance(token);
                if (!has.equals(counted)) {
                    return "it has %s of %s in place of %s".formatted(has, token, counted);
                }
            }
            return null;
        }
    },
    TAKEN_OUT("all traders together never take out more than they have put in") {
        @Override
        @Nullable String broken(DexSequence sequence, Played last) {
            var before = sequence.runner.snapshot();
            try {
                return left(sequence);
            } finally {
                sequence.runner.restore(before);
                sequence.lookAgain();
            }
        }

        // If everybody but the founder left now, the founder's part would not be less.
        private @Nullable String left(DexSequence sequence) {
            for (var name : DexSequence.POOLS) {
                var pool = sequence.pool(name);
                for (var trader : DexSequence.TRADERS) {
                    var left = sequence.leave(trader, name);
                    if (left != null && !left.result().succeeded()) {
                        return "%s cannot leave: %s".formatted(trader, left);
                    }
                    pool = left == null ? pool : pool(left.after(), name);
                }
                var beginning = pool(sequence.beginning, name);
                boolean less = pool.product().compareTo(beginning.product()) < 0;
                if (less || !pool.shares().equals(beginning.shares())) {
                    return "%s would be %s and was %s".formatted(name, pool, beginning);
                }
            }
            return null;
        }
    };

    private final String sentence;

    DexProperty(String sentence) {
        this.sentence = sentence;
    }

    abstract @Nullable String broken(DexSequence sequence, Played last);

    /**
     * Looks whether it holds.
     *
     * @throws PropertyBroken when it does not
     */
    void check(DexSequence sequence, Played last) {
        var what = broken(sequence, last);
        if (what != null) {
            throw new PropertyBroken(sentence, "After %s: %s".formatted(last, what));
        }
    }

    private static Pool pool(Map<String, Pool> pools, String name) {
        return Objects.requireNonNull(pools.get(name), name);
    }
}
