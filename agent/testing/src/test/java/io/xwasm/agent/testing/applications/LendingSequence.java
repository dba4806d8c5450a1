package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.LendingBank.ASSETS;
import static io.xwasm.agent.testing.applications.LendingBank.RAY;
import static io.xwasm.agent.testing.applications.LendingBank.USERS;

import io.xwasm.agent.testing.applications.LendingBank.Loan;
import io.xwasm.agent.testing.applications.LendingBank.Market;
import io.xwasm.agent.testing.runner.CallResult;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A random sequence of calls of a lending protocol, mostly such that succeed. */
final class LendingSequence {
    private static final BigInteger WHOLE = BigInteger.valueOf(10_000);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);
    private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);

    /**
     * A call that was made.
     *
     * @param borrower whose loan it was about; empty where it was about none
     * @param asset the market, or the loan's
     * @param loanBefore at the same time
     * @param before all markets after the call before, which may be long ago
     */
    record Played(
            String method,
            String what,
            CallResult result,
            String borrower,
            String asset,
            BigInteger amount,
            @Nullable Loan loanBefore,
            @Nullable Loan loanAfter,
            Map<String, Market> before,
            Map<String, Market> after) {
        /** The method, and the kind of failure if there was one. */
        String outcome() {
            var failure = result.failure();
            return failure == null ? method : method + " " + failure.kind();
        }

        @Override
        public String toString() {
            var failure = result.failure();
            return "%s → %s".formatted(what, failure == null ? result.result() : failure);
        }
    }

    private record Deposit(String user, String asset, BigInteger amount) {}

    /** What the oracle said last, and when. */
    record Priced(BigInteger value, Instant at) {}

    final LendingBank bank;
    private final RandomGenerator random;
    private final Map<String, Priced> prices = new HashMap<>();
    private Map<String, Market> markets;

    LendingSequence(LendingBank bank, RandomGenerator random) {
        this.bank = bank;
        this.random = random;
        this.markets = bank.markets();
        for (var asset : ASSETS) {
            // From a hundredth to a hundred units of account.
            setPrice(asset, RAY.multiply(whole(1, 10_000)).divide(HUNDRED));
        }
        for (var user : USERS) {
            for (var asset : ASSETS) {
                if (random.nextBoolean()) {
                    bank.call(user, "deposit", bank.address(asset), amount()).value();
                }
            }
        }
    }

    /** What the oracle's last word is worth now; null when it is too old. */
    @Nullable BigInteger price(String asset) {
        var priced = prices.get(asset);
        if (priced == null) {
            return null;
        }
        var age = Duration.between(priced.at(), bank.runner.now());
        return age.compareTo(LendingBank.PRICES_ARE_GOOD_FOR) > 0 ? null : priced.value();
    }

    /** One call; time may pass before it. */
    Played next() {
        bank.runner.travel(pause());
        var user = pick(USERS);
        var asset = pick(ASSETS);
        return switch (random.nextInt(25)) {
            case 0, 1, 2, 3 -> market(user, "deposit", asset, amount());
            case 4, 5, 6 -> withdraw();
            case 7, 8, 9, 10, 11, 12 -> borrow(asset);
            case 13, 14 -> repay(user, asset);
            case 15 -> collateral("add_collateral");
            case 16 -> collateral("release_collateral");
            case 17, 18 -> liquidate(user);
            case 19, 20 -> changePrice(asset);
            case 21 -> refreshPrices();
            case 22 -> configure(asset);
            case 23 -> reserves(asset);
            default -> market(user, "accrue", asset, null);
        };
    }

    private Duration pause() {
        return Duration.ofMillis(
                switch (random.nextInt(40)) {
                    case 0 -> random.nextLong(63_000_000_000L);
                    case 1, 2 -> random.nextLong(2_600_000_000L);
                    case 3, 4, 5, 6, 7, 8 -> random.nextLong(3_600_000);
                    case 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 -> random.nextLong(5_000);
                    default -> 0;
                });
    }

    /** Who has what deposit, if trying a few finds one. */
    private Deposit deposit() {
        var found = new Deposit(pick(USERS), pick(ASSETS), BigInteger.ZERO);
        for (int i = 0; i < 8 && found.amount().signum() == 0; i++) {
            var user = pick(USERS);
            var asset = pick(ASSETS);
            found = new Deposit(user, asset, bank.deposit(user, asset));
        }
        return found;
    }

    private Played withdraw() {
        var from = deposit();
        return market(from.user(), "withdraw", from.asset(), partOf(from.amount()));
    }

    private Played borrow(String asset) {
        if (price(asset) == null || random.nextInt(6) == 0) {
            refreshPrices();
        }
        var from = deposit();
        var user = from.user();
        var before = bank.loan(user, asset);
        var secured = before == null ? from.asset() : before.collateralAsset();
        if (asset.equals(secured) && random.nextInt(20) > 0) {
            return borrow(pick(ASSETS));
        }
        var free = bank.deposit(user, secured);
        var pledged = random.nextInt(5) == 0 ? BigInteger.ZERO : partOf(free);
        var worth =
                limit(secured, pledged.add(before == null ? BigInteger.ZERO : before.collateral()));
        var room = worth.multiply(RAY).divide(last(asset));
        if (before != null) {
            room = room.subtract(before.debt()).max(BigInteger.ONE);
        }
        var amount = partOf(room.min(bank.market(asset).liquidity()).max(BigInteger.ONE));
        return about(
                user,
                "borrow",
                user,
                asset,
                amount,
                bank.address(asset),
                amount,
                bank.address(secured),
                pledged);
    }

    private BigInteger limit(String asset, BigInteger amount) {
        var factor = BigInteger.valueOf(market(asset).collateralFactor());
        return amount.multiply(last(asset)).divide(RAY).multiply(factor).divide(WHOLE);
    }

    private Market market(String asset) {
        return markets.getOrDefault(asset, bank.market(asset));
    }

    private BigInteger last(String asset) {
        var priced = prices.get(asset);
        return priced == null ? RAY : priced.value();
    }

    private Played repay(String user, String asset) {
        var loan = anyLoan();
        if (loan == null) {
            return borrow(asset);
        }
        if (random.nextInt(10) == 0) {
            return about(user, "repay", user, asset, amount(), bank.address(asset), amount());
        }
        var most = BigInteger.TWO.pow(128).subtract(BigInteger.ONE);
        var amount = random.nextInt(4) == 0 ? most : partOf(loan.debt());
        return about(
                loan.borrower(),
                "repay",
                loan.borrower(),
                loan.asset(),
                amount,
                bank.address(loan.asset()),
                amount);
    }

    private Played collateral(String method) {
        var loan = anyLoan();
        if (loan == null) {
            return borrow(pick(ASSETS));
        }
        var borrower = loan.borrower();
        var asset = loan.asset();
        var there =
                method.startsWith("add")
                        ? bank.deposit(borrower, loan.collateralAsset())
                        : loan.collateral();
        var amount = partOf(there);
        return about(borrower, method, borrower, asset, amount, bank.address(asset), amount);
    }

    /** Mostly after the collateral has lost some or most of its value. */
    private Played liquidate(String user) {
        var loan = anyLoan();
        if (loan == null) {
            return borrow(pick(ASSETS));
        }
        int fall = random.nextInt(4);
        if (fall > 0) {
            var left = fall == 1 ? whole(1, 30) : whole(30, 100);
            var value = last(loan.collateralAsset()).multiply(left).divide(HUNDRED);
            setPrice(loan.collateralAsset(), value.max(BigInteger.ONE));
            setPrice(loan.asset(), last(loan.asset()));
        }
        var amount = partOf(loan.debt());
        return about(
                user,
                "liquidate",
                loan.borrower(),
                loan.asset(),
                amount,
                bank.runner.user(loan.borrower()),
                bank.address(loan.asset()),
                amount,
                0);
    }

    private Played reserves(String asset) {
        if (random.nextBoolean()) {
            var lost = bank.loans().stream().filter(l -> l.collateral().signum() == 0).findAny();
            var loan = lost.orElse(anyLoan());
            if (loan != null) {
                return about(
                        "owner",
                        "write_off",
                        loan.borrower(),
                        loan.asset(),
                        BigInteger.ZERO,
                        bank.runner.user(loan.borrower()),
                        bank.address(loan.asset()));
            }
        }
        var amount = partOf(bank.market(asset).reserves());
        return about(
                "owner",
                "withdraw_reserves",
                "",
                asset,
                amount,
                bank.address(asset),
                amount,
                bank.runner.user("owner"));
    }

    private Played changePrice(String asset) {
        var value = last(asset).multiply(whole(50, 160)).divide(HUNDRED);
        var highest = RAY.multiply(MILLION);
        return setPrice(asset, value.max(BigInteger.ONE).min(highest));
    }

    private Played refreshPrices() {
        ASSETS.stream().skip(1).forEach(asset -> setPrice(asset, last(asset)));
        return setPrice(ASSETS.getFirst(), last(ASSETS.getFirst()));
    }

    private Played setPrice(String asset, BigInteger value) {
        var played = about("oracle", "set_price", "", asset, value, bank.address(asset), value);
        prices.put(asset, new Priced(value, bank.runner.now()));
        return played;
    }

    private Played configure(String asset) {
        int factor = random.nextInt(9_000);
        int highest = 10_000 * 10_000 / Math.max(1, factor) - 10_000;
        var settings =
                LendingBank.settings(
                        factor,
                        1 + random.nextInt(10_000),
                        random.nextInt(Math.clamp(highest, 0, 20_000) + 1),
                        random.nextInt(5_001),
                        random.nextBoolean()
                                ? null
                                : LendingBank.linear(
                                        LendingBank.percent(random.nextInt(50)),
                                        LendingBank.percent(random.nextInt(200))));
        return about(
                "owner",
                "configure_market",
                "",
                asset,
                BigInteger.ZERO,
                bank.address(asset),
                settings);
    }

    private Played market(String user, String method, String asset, @Nullable BigInteger amount) {
        return amount == null
                ? about(user, method, "", asset, BigInteger.ZERO, bank.address(asset))
                : about(user, method, "", asset, amount, bank.address(asset), amount);
    }

    private Played about(
            String user,
            String method,
            String borrower,
            String asset,
            BigInteger amount,
            Object... arguments) {
        var loanBefore = borrower.isEmpty() ? null : bank.loan(borrower, asset);
        var result = bank.call(user, method, arguments);
        var before = markets;
        markets = bank.markets();
        return new Played(
                method,
                "%s %s: %s.%s%s"
                        .formatted(bank.runner.now(), user, asset, method, List.of(arguments)),
                result,
                borrower,
                asset,
                amount,
                loanBefore,
                borrower.isEmpty() ? null : bank.loan(borrower, asset),
                before,
                markets);
    }

    private @Nullable Loan anyLoan() {
        var loans = bank.loans();
        return loans.isEmpty() ? null : pick(loans);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private BigInteger whole(int from, int to) {
        return BigInteger.valueOf(random.nextInt(from, to));
    }

    /** Of all sizes alike. */
    private BigInteger amount() {
        long bound = 1L << random.nextInt(1, 41);
        return BigInteger.valueOf(1 + random.nextLong(bound));
    }

    /** Mostly a part, now and then all, or more. */
    private BigInteger partOf(BigInteger all) {
        return switch (random.nextInt(10)) {
            case 0 -> all.add(BigInteger.ONE);
            case 1, 2 -> all;
            case 3 -> all.min(BigInteger.valueOf(1 + random.nextInt(3)));
            default -> all.multiply(whole(0, 1_000_000)).divide(MILLION);
        };
    }
}
