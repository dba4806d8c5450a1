package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.math.BigInteger;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Accounts that lend the demo's token and take it back.
 *
 * @param in arguments of a deposit
 * @param out arguments of a withdrawal
 */
record DepositRounds(DeployedContract lending, List<Trader> lenders, byte[] in, byte[] out)
        implements CallStream {
    private static final ContractName LENDING = new ContractName("lending");
    private static final int LENDERS = 8;
    private static final String PURSE = "1000000000000";
    private static final String CUSHION = "1000000000";
    private static final long MOVED = 1000;

    /** One hundredth, with 27 decimals. */
    private static final BigInteger PERCENT = BigInteger.TEN.pow(25);

    static DepositRounds open(LoadGround ground) throws InterruptedException {
        var token = ground.contract(DemoContracts.TOKEN);
        var owner = ground.owner();
        var lending = ground.contract(LENDING, "lending", setUp(owner));
        var asset = LoadGround.json("asset_id", token.address());
        if (owner.query(lending, "market", asset).isMissingNode()) {
            openMarket(owner, lending, token);
        }
        var lenders = ground.traders("lender", LENDERS);
        for (var lender : lenders) {
            var address = lender.key().address();
            owner.mustCall(token, "transfer", LoadGround.json("to", address).put("amount", PURSE));
            lender.mustCall(
                    token,
                    "approve",
                    LoadGround.json("spender", lending.address())
                            .put("amount", BigInteger.TEN.pow(36).toString()));
            lender.mustCall(lending, "deposit", asset.deepCopy().put("amount", CUSHION));
        }
        var borsh = new BorshJson(lending.contractInterface());
        return new DepositRounds(
                lending,
                lenders,
                borsh.arguments("deposit", asset.deepCopy().put("amount", MOVED)),
                borsh.arguments("withdraw", asset.deepCopy().put("amount", MOVED)));
    }

    private static ObjectNode setUp(Trader owner) {
        var address = owner.key().address().toString();
        var setUp = LoadGround.json().put("owner", address).put("oracle", address);
        setUp.put("staleness_limit", 3_600_000);
        setUp.putObject("interest_rate_model")
                .putObject("Linear")
                .put("base_rate", PERCENT.toString())
                .put("slope", PERCENT.multiply(BigInteger.TEN).toString());
        return setUp;
    }

    private static void openMarket(Trader owner, DeployedContract lending, DeployedContract token) {
        var market = LoadGround.json("asset_id", token.address());
        market.putObject("settings")
                .put("collateral_factor", 7_500)
                .put("close_factor", 5_000)
                .put("liquidation_bonus", 500)
                .put("reserve_factor", 1_000)
                .put("supply_cap", BigInteger.TEN.pow(24).toString())
                .putNull("model");
        owner.mustCall(lending, "create_market", market);
    }

    @Override
    public String unit() {
        return "deposits and withdrawals";
    }

    @Override
    public Receipt call(long number) {
        // What an account has lent before keeps a withdrawal possible that overtakes its deposit.
        boolean deposit = number / LENDERS % 2 == 0;
        return lenders.get((int) (number % LENDERS))
                .call(lending, deposit ? "deposit" : "withdraw", deposit ? in : out);
    }
}
