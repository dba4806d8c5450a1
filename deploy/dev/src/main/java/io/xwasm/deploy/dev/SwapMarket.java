package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.math.BigInteger;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pool with liquidity, and accounts that can swap in it. What is there already is used as it is.
 *
 * @param traders that have both tokens and have allowed the exchange to take them
 * @param there arguments of a swap from token to coin
 * @param back arguments of a swap from coin to token
 */
record SwapMarket(DeployedContract dex, List<Trader> traders, byte[] there, byte[] back)
        implements CallStream {
    private static final int TRADERS = 8;
    private static final String POOL = "demo";
    private static final BigInteger LIQUIDITY = BigInteger.TEN.pow(15);
    private static final BigInteger PURSE = BigInteger.TEN.pow(13);
    private static final BigInteger ENOUGH = BigInteger.TEN.pow(10);
    private static final long SWAPPED = 1000;

    /** Signed by the default account, which owns the demo's tokens, and by accounts of its own. */
    static SwapMarket open(LoadGround ground) throws InterruptedException {
        var token = ground.contract(DemoContracts.TOKEN);
        var owner = ground.owner();
        var coin =
                ground.contract(
                        DemoContracts.COIN,
                        "token",
                        DemoContracts.token("Demo Coin", "COIN", owner.key().address()));
        var dex = ground.contract(DemoContracts.DEX);
        openPool(owner, dex, token, coin);
        var traders = ground.traders("load", TRADERS);
        for (var trader : traders) {
            equip(trader, owner, dex, token);
            equip(trader, owner, dex, coin);
        }
        return new SwapMarket(dex, traders, swap(dex, token), swap(dex, coin));
    }

    @Override
    public String unit() {
        return "swaps";
    }

    @Override
    public Receipt call(long number) {
        // There and back, so that no account and no side of the pool ever runs dry.
        boolean towardsCoin = number / traders.size() % 2 == 0;
        return traders.get((int) (number % traders.size()))
                .call(dex, "swap", towardsCoin ? there : back);
    }

    private static void openPool(
            Trader owner, DeployedContract dex, DeployedContract token, DeployedContract coin) {
        var state = owner.query(dex, "pool_state", pool());
        if (state.isMissingNode()) {
            owner.mustCall(
                    dex,
                    "create_pool",
                    pool().put("token_a", token.address().toString())
                            .put("token_b", coin.address().toString()));
        }
        if (!state.isMissingNode() && !state.path("total_liquidity").asString().equals("0")) {
            return;
        }
        allow(owner, dex, token);
        allow(owner, dex, coin);
        owner.mustCall(
                dex,
                "add_liquidity",
                pool().put("amount_a", LIQUIDITY.toString()).put("amount_b", LIQUIDITY.toString()));
    }

    private static void equip(
            Trader trader, Trader owner, DeployedContract dex, DeployedContract token) {
        var address = trader.key().address();
        var balance =
                new BigInteger(
                        owner.query(token, "balance_of", LoadGround.json("owner", address))
                                .asString("0"));
        if (balance.compareTo(ENOUGH) < 0) {
            owner.mustCall(
                    token,
                    "transfer",
                    LoadGround.json("to", address).put("amount", PURSE.toString()));
        }
        allow(trader, dex, token);
    }

    private static void allow(Trader trader, DeployedContract dex, DeployedContract token) {
        trader.mustCall(
                token,
                "approve",
                LoadGround.json("spender", dex.address())
                        .put("amount", BigInteger.TEN.pow(36).toString()));
    }

    private static byte[] swap(DeployedContract dex, DeployedContract input) {
        return new BorshJson(dex.contractInterface())
                .arguments(
                        "swap",
                        pool().put("input_token", input.address().toString())
                                .put("input_amount", SWAPPED)
                                .put("min_output_amount", 1));
    }

    private static ObjectNode pool() {
        return LoadGround.json().put("pool", POOL);
    }
}
