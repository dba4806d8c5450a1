package io.xwasm.agent.testing.applications;

import io.xwasm.agent.testing.applications.TokenSequence.Played;
import java.math.BigInteger;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold after every call of a token; each says what is wrong, or null. */
enum TokenProperty {
    SUM("balances come to the supply, which only its owner changes") {
        @Override
        @Nullable String broken(TokenSequence sequence, Played last) {
            var sum = sum(sequence.books());
            var supply = sequence.ask("total_supply");
            boolean owners =
                    last.user().equals("owner")
                            && (last.method().equals("mint") || last.method().equals("burn"));
            boolean changed = !sum.equals(sum(last.before()));
            return sum.equals(supply) && (owners || !changed)
                    ? null
                    : "%s in place of %s".formatted(sum, supply);
        }

        private BigInteger sum(TokenSequence.Books books) {
            return books.balances().values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        }
    },
    ALLOWED("nobody's balance falls but by themselves, or by an allowance that is used up by it") {
        @Override
        @Nullable String broken(TokenSequence sequence, Played last) {
            var before = last.before();
            var after = sequence.books();
            for (var holder : TokenSequence.HOLDERS) {
                boolean fell = after.balance(holder).compareTo(before.balance(holder)) < 0;
                boolean isMover = last.result().succeeded() && last.from().equals(holder);
                if (fell && !isMover) {
                    return holder + " has less";
                }
            }
            for (var key : after.allowances().keySet()) {
                var expected = before.allowances().get(key);
                boolean isKey = key.startsWith(last.from() + ">") && last.result().succeeded();
                if (isKey && last.method().equals("approve")) {
                    continue;
                }
                if (last.method().equals("transfer_from")
                        && isKey
                        && key.endsWith(">" + last.user())) {
                    expected = before.allowance(last.from(), last.user()).subtract(last.amount());
                }
                if (!after.allowances().get(key).equals(expected)) {
                    return "%s is %s in place of %s"
                            .formatted(key, after.allowances().get(key), expected);
                }
            }
            return null;
        }
    },
    CAPPED("there are never more than the cap, which is never raised") {
        @Override
        @Nullable String broken(TokenSequence sequence, Played last) {
            var cap = sequence.books().cap();
            var before = last.before().cap();
            if (before != null && (cap == null || cap.compareTo(before) > 0)) {
                return "the cap %s became %s".formatted(before, cap);
            }
            var supply = sequence.ask("total_supply");
            return cap == null || supply.compareTo(cap) <= 0
                    ? null
                    : "%s in place of at most %s".formatted(supply, cap);
        }
    },
    FROZEN("what is frozen stays as it is, and moves nothing") {
        @Override
        @Nullable String broken(TokenSequence sequence, Played last) {
            if (!last.result().succeeded() || !MOVES.contains(last.method())) {
                return null;
            }
            return Stream.of(last.user(), last.from(), last.to())
                    .filter(last.before().frozen()::contains)
                    .findFirst()
                    .map(holder -> holder + " took part")
                    .orElse(null);
        }
    };

    private static final Set<String> MOVES = Set.of("transfer", "transfer_from", "mint");

    private final String sentence;

    TokenProperty(String sentence) {
        this.sentence = sentence;
    }

    abstract @Nullable String broken(TokenSequence sequence, Played last);

    /**
     * Looks whether it holds.
     *
     * @throws PropertyBroken when it does not
     */
    void check(TokenSequence sequence, Played last) {
        var what = broken(sequence, last);
        if (what != null) {
            throw new PropertyBroken(sentence, "After %s: %s".formatted(last, what));
        }
    }
}
