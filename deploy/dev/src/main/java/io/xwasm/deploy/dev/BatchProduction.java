package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Manufacturers who each record one batch of their product after the other.
 *
 * @param batches arguments of each maker's {@code create_batch}
 */
record BatchProduction(DeployedContract chain, List<Trader> makers, List<byte[]> batches)
        implements CallStream {
    private static final ContractName CHAIN = new ContractName("supply-chain");
    private static final int MAKERS = 8;
    private static final int BATCH = 100;

    /** From 2020 to 2100, in milliseconds: whenever the load runs, nothing has gone bad. */
    private static final long PRODUCED = 1_577_836_800_000L;

    private static final long GOOD_UNTIL = 4_102_444_800_000L;

    static BatchProduction open(LoadGround ground) throws InterruptedException {
        var owner = ground.owner();
        var chain =
                ground.contract(
                        CHAIN, "supply-chain", LoadGround.json("owner", owner.key().address()));
        var borsh = new BorshJson(chain.contractInterface());
        var makers = ground.traders("maker", MAKERS);
        var batches = new ArrayList<byte[]>();
        for (var maker : makers) {
            // Who is registered already is refused, and can go on.
            owner.call(chain, "register_participant", participant(maker));
            var registered = maker.call(chain, "register_product", product());
            if (registered.failure() != null) {
                throw new CannotStart(
                        "registering a product for the load failed: "
                                + registered.failure().message());
            }
            var product = borsh.result("register_product", registered.result()).get("product_id");
            batches.add(borsh.arguments("create_batch", batch().set("product_id", product)));
        }
        return new BatchProduction(chain, makers, batches);
    }

    private static ObjectNode participant(Trader maker) {
        var participant =
                LoadGround.json("participant", maker.key().address())
                        .put("name", "Maker")
                        .put("location", "Demo")
                        .put("equipment", "");
        participant.putArray("roles").add("Manufacturer");
        return participant;
    }

    private static ObjectNode product() {
        var product = LoadGround.json().put("name", "Demo product").put("description", "");
        product.putObject("specifications")
                .put("unit", "kg")
                .put("storage", "dry")
                .put("quality_standard", "none")
                .put("defect_tolerance", 100);
        return product;
    }

    private static ObjectNode batch() {
        var batch =
                LoadGround.json()
                        .put("quantity", BATCH)
                        .put("production_date", PRODUCED)
                        .put("expiration_date", GOOD_UNTIL);
        batch.putArray("ingredients");
        return batch;
    }

    @Override
    public String unit() {
        return "batches";
    }

    @Override
    public Receipt call(long number) {
        int maker = (int) (number % MAKERS);
        return makers.get(maker).call(chain, "create_batch", batches.get(maker));
    }
}
