package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.util.ArrayList;
import java.util.List;

/**
 * Accounts that each pass a unit of the demo's token to the next.
 *
 * @param payments arguments of each account's transfer
 */
record TransferRing(DeployedContract token, List<Trader> payers, List<byte[]> payments)
        implements CallStream {
    private static final int PAYERS = 8;
    private static final String PURSE = "1000000000";

    static TransferRing open(LoadGround ground) {
        var token = ground.contract(DemoContracts.TOKEN);
        var payers = ground.traders("payer", PAYERS);
        var owner = ground.owner();
        var borsh = new BorshJson(token.contractInterface());
        var payments = new ArrayList<byte[]>();
        for (int i = 0; i < PAYERS; i++) {
            var address = payers.get(i).key().address();
            var next = payers.get((i + 1) % PAYERS).key().address();
            owner.mustCall(token, "transfer", LoadGround.json("to", address).put("amount", PURSE));
            payments.add(borsh.arguments("transfer", LoadGround.json("to", next).put("amount", 1)));
        }
        return new TransferRing(token, payers, payments);
    }

    @Override
    public String unit() {
        return "transfers";
    }

    @Override
    public Receipt call(long number) {
        int payer = (int) (number % PAYERS);
        return payers.get(payer).call(token, "transfer", payments.get(payer));
    }
}
