package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Accounts that put an NFT up for sale and take it back. */
final class NftListings implements CallStream {
    private static final ContractName MARKET = new ContractName("nft-market");
    private static final int SELLERS = 24;
    private static final long DAY_MILLIS = 86_400_000;

    private final DeployedContract market;
    private final BorshJson borsh;
    private final Turns<Seller> sellers;

    /** An account with its NFT, and the listing that is open. */
    private static final class Seller {
        private final Trader trader;
        private final JsonNode nft;
        private @Nullable JsonNode listing;

        Seller(Trader trader, JsonNode nft) {
            this.trader = trader;
            this.nft = nft;
        }
    }

    private NftListings(DeployedContract market, Iterable<Trader> traders) {
        this.market = market;
        this.borsh = new BorshJson(market.contractInterface());
        var ready = new ArrayList<Seller>();
        for (var trader : traders) {
            ready.add(new Seller(trader, minted(trader)));
        }
        this.sellers = new Turns<>(ready);
    }

    static NftListings open(LoadGround ground) throws InterruptedException {
        var owner = ground.owner().key().address();
        var setUp =
                LoadGround.json("owner", owner)
                        .put("fee_percentage", 250)
                        .put("fee_recipient", owner.toString());
        return new NftListings(
                ground.contract(MARKET, "nft-market", setUp), ground.traders("seller", SELLERS));
    }

    private JsonNode minted(Trader trader) {
        var nft = LoadGround.json().put("uri", "demo://nft");
        nft.putObject("royalty")
                .put("recipient", trader.key().address().toString())
                .put("percentage", 500);
        var receipt = trader.call(market, "mint", nft);
        if (receipt.failure() != null) {
            throw new CannotStart("minting for the load failed: " + receipt.failure().message());
        }
        return borsh.result("mint", receipt.result());
    }

    @Override
    public String unit() {
        return "listings and cancellations";
    }

    @Override
    public Receipt call(long number) {
        return sellers.next(this::listOrCancel);
    }

    private Receipt listOrCancel(Seller seller) {
        var open = seller.listing;
        if (open != null) {
            var arguments = LoadGround.json();
            arguments.set("listing_id", open);
            var receipt = seller.trader.call(market, "cancel_listing", arguments);
            seller.listing = null;
            return receipt;
        }
        var arguments = LoadGround.json().put("price", "1000").put("duration", DAY_MILLIS);
        arguments.set("nft_id", seller.nft);
        arguments.putNull("currency");
        var receipt = seller.trader.call(market, "list_nft", arguments);
        if (receipt.failure() == null) {
            seller.listing = borsh.result("list_nft", receipt.result()).get("listing_id");
        }
        return receipt;
    }
}
