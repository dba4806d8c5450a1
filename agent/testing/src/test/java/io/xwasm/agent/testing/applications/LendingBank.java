package io.xwasm.agent.testing.applications;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A lending protocol with three markets on real modules, and what it says of itself. */
final class LendingBank {
    static final List<String> ASSETS = List.of("gold", "silver", "copper");
    static final List<String> USERS = List.of("ann", "ben", "cid", "dan");
    static final BigInteger RAY = BigInteger.TEN.pow(27);
    static final Duration PRICES_ARE_GOOD_FOR = Duration.ofDays(1);
    private static final long EACH = 1_000_000_000_000_000L;

    /**
     * A market as its query shows it: amounts in units, indexes in rays, factors in basis points.
     */
    record Market(
            BigInteger cash,
            BigInteger liquidity,
            BigInteger reserves,
            BigInteger supplyShares,
            BigInteger borrowShares,
            BigInteger supplyIndex,
            BigInteger borrowIndex,
            int collateralFactor,
            int closeFactor,
            int liquidationBonus) {
        /** What depositors are owed, in rays of units: exact. */
        BigInteger owed() {
            return supplyShares.multiply(supplyIndex);
        }

        /** What borrowers owe and the cash, in rays of units: exact. */
        BigInteger backing() {
            return cash.multiply(RAY).add(borrowShares.multiply(borrowIndex));
        }
    }

    /** A loan as its query shows it. */
    record Loan(
            String borrower,
            String asset,
            BigInteger debt,
            BigInteger borrowShares,
            String collateralAsset,
            BigInteger collateral,
            BigInteger collateralShares) {}

    final TestRunner runner;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, byte[]> holdings = new HashMap<>();

    private LendingBank(TestRunner runner) {
        this.runner = runner;
    }

    /** Deploys everything; every user has tokens of each asset and lets the protocol take them. */
    static LendingBank founded(TestRunner runner, byte[] lending) {
        runner.deploy("lending", lending, setUp(runner));
        return new LendingBank(runner).opened();
    }

    /** The same behind a proxy of the owner's. */
    static LendingBank upgradeable(TestRunner runner, byte[] lending) {
        var proxy = ShippedContracts.code("proxy");
        runner.deployBehindProxy("lending", proxy, lending, runner.user("owner"), setUp(runner));
        return new LendingBank(runner).opened();
    }

    private static ObjectNode setUp(TestRunner runner) {
        var init = Json.MAPPER.createObjectNode();
        init.put("owner", runner.user("owner").toString())
                .put("oracle", runner.user("oracle").toString())
                .put("staleness_limit", PRICES_ARE_GOOD_FOR.toMillis())
                .set("interest_rate_model", linear(percent(2), percent(20)));
        return init;
    }

    private LendingBank opened() {
        USERS.forEach(user -> names.put(runner.user(user).toString(), user));
        var models =
                List.of(
                        linear(percent(2), percent(20)),
                        bent("Kink", "slope1", "slope2", "kink", percent(5), percent(300)),
                        bent(
                                "Jump",
                                "slope",
                                "jump_slope",
                                "jump_utilization",
                                percent(10),
                                percent(900)));
        for (int i = 0; i < ASSETS.size(); i++) {
            open(ASSETS.get(i), settings(7_500, 5_000, 1_000, 1_000, models.get(i)));
        }
        return this;
    }

    private void open(String asset, JsonNode settings) {
        var init = Json.MAPPER.createObjectNode();
        init.put("name", asset).put("symbol", asset).put("decimals", 6);
        init.put("supply", EACH * USERS.size()).put("owner", runner.user("owner").toString());
        runner.deploy(asset, ShippedContracts.code("token"), init);
        names.put(runner.address(asset).toString(), asset);
        for (var user : USERS) {
            runner.call("owner", asset, "transfer", arguments(runner.user(user), EACH)).value();
            var all = arguments(runner.address("lending"), BigInteger.TEN.pow(30));
            runner.call(user, asset, "approve", all).value();
        }
        holdings.put(asset, balanceKey(runner.address("lending")));
        call("owner", "create_market", runner.address(asset), settings).value();
    }

    /** In the token's storage, by ABI.md's section 7. */
    private static byte[] balanceKey(Address owner) {
        return ByteBuffer.allocate(8 + 32)
                .put("balance\0".getBytes(UTF_8))
                .put(owner.bytes())
                .array();
    }

    static BigInteger percent(long number) {
        return RAY.multiply(BigInteger.valueOf(number)).divide(BigInteger.valueOf(100));
    }

    static JsonNode linear(BigInteger base, BigInteger slope) {
        var model = Json.MAPPER.createObjectNode();
        model.putObject("Linear").put("base_rate", base.toString()).put("slope", slope.toString());
        return model;
    }

    private static JsonNode bent(
            String kind,
            String below,
            String above,
            String bend,
            BigInteger first,
            BigInteger second) {
        var model = Json.MAPPER.createObjectNode();
        model.putObject(kind)
                .put("base_rate", percent(1).toString())
                .put(below, first.toString())
                .put(above, second.toString())
                .put(bend, percent(80).toString());
        return model;
    }

    static ObjectNode settings(
            int collateral, int close, int bonus, int reserve, @Nullable JsonNode model) {
        var settings = Json.MAPPER.createObjectNode();
        settings.put("collateral_factor", collateral)
                .put("close_factor", close)
                .put("liquidation_bonus", bonus)
                .put("reserve_factor", reserve)
                .put("supply_cap", BigInteger.TEN.pow(27).toString())
                .set("model", model);
        return settings;
    }

    static ArrayNode arguments(Object... given) {
        var arguments = Json.MAPPER.createArrayNode();
        for (var one : given) {
            if (one instanceof JsonNode node) {
                arguments.add(node);
            } else {
                arguments.add(one.toString());
            }
        }
        return arguments;
    }

    CallResult call(String user, String method, Object... arguments) {
        return runner.call(user, "lending", method, arguments(arguments));
    }

    Address address(String asset) {
        return runner.address(asset);
    }

    private JsonNode ask(String method, Object... arguments) {
        return runner.query("lending", method, arguments(arguments));
    }

    static BigInteger number(JsonNode node, String name) {
        return new BigInteger(node.get(name).asString());
    }

    Market market(String asset) {
        var view = ask("market", address(asset));
        var config = view.get("config");
        return new Market(
                number(view, "cash"),
                number(view, "liquidity"),
                number(view, "reserves"),
                number(view, "supply_shares"),
                number(view, "borrow_shares"),
                number(view, "supply_index"),
                number(view, "borrow_index"),
                config.get("collateral_factor").asInt(),
                config.get("close_factor").asInt(),
                config.get("liquidation_bonus").asInt());
    }

    Map<String, Market> markets() {
        var markets = new HashMap<String, Market>();
        ASSETS.forEach(asset -> markets.put(asset, market(asset)));
        return markets;
    }

    @Nullable Loan loan(String user, String asset) {
        var view = ask("loan", runner.user(user), address(asset));
        return view.isNull() ? null : loan(view);
    }

    List<Loan> loans() {
        var loans = new ArrayList<Loan>();
        ask("loans", 0, 50).forEach(view -> loans.add(loan(view)));
        return loans;
    }

    private Loan loan(JsonNode view) {
        return new Loan(
                name(view.get("borrower")),
                name(view.get("asset_id")),
                number(view, "debt"),
                number(view, "borrow_shares"),
                name(view.get("collateral_asset")),
                number(view, "collateral"),
                number(view, "collateral_shares"));
    }

    private String name(JsonNode address) {
        return names.getOrDefault(address.asString(), address.asString());
    }

    /** What a user may withdraw. */
    BigInteger deposit(String user, String asset) {
        return new BigInteger(ask("balance_of", runner.user(user), address(asset)).asString());
    }

    /** The same in certificates. */
    BigInteger certificates(String user, String asset) {
        return new BigInteger(ask("certificates_of", runner.user(user), address(asset)).asString());
    }

    /** How much of an asset the token contract says the protocol has. */
    BigInteger held(String asset) {
        var bytes = runner.storage(asset, holdings.getOrDefault(asset, new byte[0]));
        if (bytes == null) {
            return BigInteger.ZERO;
        }
        var bigEndian = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            bigEndian[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, bigEndian);
    }
}
