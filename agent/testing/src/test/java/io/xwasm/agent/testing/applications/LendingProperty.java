package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.LendingBank.ASSETS;
import static io.xwasm.agent.testing.applications.LendingBank.RAY;
import static io.xwasm.agent.testing.applications.LendingBank.USERS;
import static io.xwasm.agent.testing.applications.LendingBank.number;

import io.xwasm.agent.testing.applications.LendingBank.Loan;
import io.xwasm.agent.testing.applications.LendingBank.Market;
import io.xwasm.agent.testing.applications.LendingSequence.Played;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must be so after every call, whatever was called. */
enum LendingProperty {
    /** The contract holds the cash it speaks of, and with what is lent out all that it owes. */
    SOLVENT {
        @Override
        @Nullable String broken(LendingSequence sequence, Played played) {
            for (var asset : ASSETS) {
                var market = of(played, asset);
                var held = sequence.bank.held(asset);
                if (held.compareTo(market.cash()) < 0) {
                    return "it holds %s %s of %s".formatted(held, asset, market.cash());
                }
                if (market.backing().compareTo(market.owed()) < 0) {
                    return "it owes %s rays of %s and has or lends %s"
                            .formatted(market.owed(), asset, market.backing());
                }
            }
            return null;
        }
    },

    INDEXES_NEVER_FALL {
        @Override
        @Nullable String broken(LendingSequence sequence, Played played) {
            for (var asset : ASSETS) {
                var before = Objects.requireNonNull(played.before().get(asset));
                var after = of(played, asset);
                if (after.borrowIndex().compareTo(before.borrowIndex()) < 0
                        || after.supplyIndex().compareTo(before.supplyIndex()) < 0) {
                    return "%s went from %s to %s".formatted(asset, before, after);
                }
            }
            return null;
        }
    },

    /** Person by person: no depositor is owed anything that no borrower owes and no cash covers. */
    DEPOSITORS_GET_NO_MORE_THAN_BORROWERS_OWE {
        @Override
        boolean dear() {
            return true;
        }

        @Override
        @Nullable String broken(LendingSequence sequence, Played played) {
            var loans = sequence.bank.loans();
            for (var asset : ASSETS) {
                var owed = BigInteger.ZERO;
                for (var user : USERS) {
                    owed = owed.add(sequence.bank.deposit(user, asset));
                }
                var due = of(played, asset).cash();
                for (var loan : loans) {
                    owed =
                            loan.collateralAsset().equals(asset)
                                    ? owed.add(loan.collateral())
                                    : owed;
                    due = loan.asset().equals(asset) ? due.add(loan.debt()) : due;
                }
                if (owed.compareTo(due) > 0) {
                    return "depositors are owed %s %s of %s".formatted(owed, asset, due);
                }
            }
            return null;
        }
    },

    /**
     * A certificate is somebody's or pledged, a borrow share is in a loan, and none is in two
     * places.
     */
    SHARES_ADD_UP {
        @Override
        boolean dear() {
            return true;
        }

        @Override
        @Nullable String broken(LendingSequence sequence, Played played) {
            var loans = sequence.bank.loans();
            for (var asset : ASSETS) {
                var certificates = BigInteger.ZERO;
                for (var user : USERS) {
                    certificates = certificates.add(sequence.bank.certificates(user, asset));
                }
                var borrowed = BigInteger.ZERO;
                for (var loan : loans) {
                    if (loan.collateralAsset().equals(asset)) {
                        certificates = certificates.add(loan.collateralShares());
                    }
                    if (loan.asset().equals(asset)) {
                        borrowed = borrowed.add(loan.borrowShares());
                    }
                }
                var market = of(played, asset);
                if (!certificates.equals(market.supplyShares())
                        || !borrowed.equals(market.borrowShares())) {
                    return "of %s there are %s certificates and %s borrow shares, but %s"
                            .formatted(asset, certificates, borrowed, market);
                }
            }
            return null;
        }
    },

    /** A loan grows by what was borrowed, and at most by what rounding it up to shares adds. */
    A_LOAN_BEGINS_WITH_WHAT_WAS_BORROWED {
        @Override
        @Nullable String broken(LendingSequence sequence, Played played) {
            var after = played.loanAfter();
            if (!did(played, "borrow") || after == null) {
                return null;
            }
            var before = played.loanBefore();
            var grown = before == null ? after.debt() : after.debt().subtract(before.debt());
            var share = of(played, played.asset()).borrowIndex().divide(RAY).add(BigInteger.TWO);
            boolean right =
                    grown.compareTo(played.amount().subtract(BigInteger.ONE)) >= 0
                            && grown.compareTo(played.amount().add(share)) <= 0;
            return right ? null : "the debt grew by %s".formatted(grown);
        }
    },

    /** After borrowing, or taking collateral away, a loan is secured at prices of now. */
    LOANS_ARE_SECURED {
        @Override
        @Nullable String broken(LendingSequence sequence, Played played) {
            var loan = played.loanAfter();
            if (!did(played, "borrow") && !did(played, "release_collateral")) {
                return null;
            }
            if (loan == null || loan.debt().signum() == 0) {
                return null;
            }
            return secured(sequence, played, loan)
                    ? null
                    : "%s at %s and %s"
                            .formatted(
                                    loan,
                                    sequence.price(loan.asset()),
                                    sequence.price(loan.collateralAsset()));
        }
    },

    /**
     * Only endangered loans are liquidated, at most by the close factor, with at most the bonus.
     */
    LIQUIDATIONS_ARE_FAIR {
        @Override
        @Nullable String broken(LendingSequence sequence, Played played) {
            if (!did(played, "liquidate")) {
                return null;
            }
            var before = Objects.requireNonNull(played.loanBefore());
            var debtPrice = sequence.price(before.asset());
            var collateralPrice = sequence.price(before.collateralAsset());
            if (debtPrice == null || collateralPrice == null) {
                return "the prices were too old";
            }
            if (secured(sequence, played, before)) {
                return "the loan was healthy: " + before;
            }
            var repaid = number(played.result().result(), "repaid");
            var seized = number(played.result().result(), "seized_collateral");
            int close = of(played, before.asset()).closeFactor();
            if (repaid.compareTo(up(before.debt().multiply(BigInteger.valueOf(close)), WHOLE))
                    > 0) {
                return "%s was repaid of %s".formatted(repaid, before.debt());
            }
            int bonus = of(played, before.collateralAsset()).liquidationBonus();
            var paid = repaid.multiply(debtPrice).multiply(BigInteger.valueOf(10_000L + bonus));
            return seized.multiply(collateralPrice).multiply(WHOLE).compareTo(paid) <= 0
                    ? null
                    : "%s was seized for %s".formatted(seized, repaid);
        }
    };

    private static final BigInteger WHOLE = BigInteger.valueOf(10_000);

    /** What is not as it must be; null when all is well. */
    abstract @Nullable String broken(LendingSequence sequence, Played played);

    /** Whether finding out takes many queries. */
    boolean dear() {
        return false;
    }

    void check(LendingSequence sequence, Played played) {
        var broken = broken(sequence, played);
        if (broken != null) {
            throw new PropertyBroken(name(), "%s, after %s".formatted(broken, played));
        }
    }

    private static boolean did(Played played, String method) {
        return played.method().equals(method) && played.result().succeeded();
    }

    private static Market of(Played played, String asset) {
        return Objects.requireNonNull(played.after().get(asset));
    }

    private static BigInteger up(BigInteger amount, BigInteger divisor) {
        return amount.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }

    private static boolean secured(LendingSequence sequence, Played played, Loan loan) {
        var debtPrice = sequence.price(loan.asset());
        var collateralPrice = sequence.price(loan.collateralAsset());
        if (debtPrice == null || collateralPrice == null) {
            return false;
        }
        int factor = of(played, loan.collateralAsset()).collateralFactor();
        var limit =
                loan.collateral()
                        .multiply(collateralPrice)
                        .divide(RAY)
                        .multiply(BigInteger.valueOf(factor))
                        .divide(WHOLE);
        return up(loan.debt().multiply(debtPrice), RAY).compareTo(limit) <= 0;
    }
}
