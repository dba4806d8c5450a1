package io.xwasm.agent.testing.applications;

import java.math.BigInteger;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What must hold after every call of a market; each says what is wrong, or null. */
enum NftMarketProperty {
    ONE_OWNER("an NFT has one owner, or is in escrow for one active listing") {
        @Override
        @Nullable String broken(
                NftMarketModel model, NftMarketLook look, NftMarketSequence.Played last) {
            var escrowed = new HashMap<String, JsonNode>();
            for (var listing : look.listings()) {
                var id = listing.path("nft_id").asString();
                if (escrowed.put(id, listing) != null || !NftMarketLook.isOpen(listing)) {
                    return "NFT %s is for sale twice, or no more: %s".formatted(id, listing);
                }
            }
            for (var nft : look.nfts()) {
                var listing = escrowed.get(nft.path("id").asString());
                boolean isHeld = nft.path("owner").asString().equals(look.market());
                if (listing == null
                        ? isHeld || !nft.path("listing").isNull()
                        : !isHeld || !nft.path("listing").equals(listing.path("id"))) {
                    return "%s is for sale as %s".formatted(nft, listing);
                }
            }
            return null;
        }
    },
    MONEY("the market's balance is what it owes: open offers, uncollected fees, royalties") {
        @Override
        @Nullable String broken(
                NftMarketModel model, NftMarketLook look, NftMarketSequence.Played last) {
            for (boolean isNative : BOTH) {
                var money = look.money(isNative);
                long open =
                        look.offers().stream()
                                .filter(NftMarketLook::isOpen)
                                .filter(o -> o.path("currency").isNull() == isNative)
                                .mapToLong(o -> o.path("price").asLong())
                                .sum();
                if (!money.balance().equals(BigInteger.valueOf(money.owed()))
                        || money.locked() != open) {
                    return "open offers come to %d, native: %s; %s"
                            .formatted(open, isNative, money);
                }
            }
            return null;
        }
    },
    DIVIDED("seller, maker and market get the whole price of a sale, and no more") {
        @Override
        @Nullable String broken(
                NftMarketModel model, NftMarketLook look, NftMarketSequence.Played last) {
            var receipt = last.result().result();
            if (!receipt.has("seller_amount")) {
                return null;
            }
            long divided =
                    receipt.path("seller_amount").asLong()
                            + receipt.path("royalties").path("amount").asLong()
                            + receipt.path("fees").path("amount").asLong();
            return divided == receipt.path("price").asLong() ? null : receipt + " is " + divided;
        }
    },
    AS_TOLD("each call does what the rules say, and everybody has what follows from them") {
        @Override
        @Nullable String broken(
                NftMarketModel model, NftMarketLook look, NftMarketSequence.Played last) {
            if (last.expected() != null) {
                return "it should be refused: " + last.expected();
            }
            for (boolean isNative : BOTH) {
                var money = look.money(isNative);
                var parties =
                        NftMarketLook.PARTIES.stream()
                                .map(name -> BigInteger.valueOf(model.balance(name, isNative)))
                                .toList();
                if (!money.parties().equals(parties)
                        || !money.balance().equals(BigInteger.valueOf(model.owed(isNative)))) {
                    return "%s in place of %s and %d, native: %s"
                            .formatted(money, parties, model.owed(isNative), isNative);
                }
            }
            for (int i = 0; i < model.nfts.size(); i++) {
                var owner = model.nfts.get(i).owner;
                var escrowed = owner.equals(NftMarketModel.ESCROW);
                if (look.nfts().get(i).path("owner").asString().equals(look.market()) != escrowed) {
                    return "%s belongs to %s".formatted(look.nfts().get(i), owner);
                }
            }
            return null;
        }
    };

    private static final boolean[] BOTH = {true, false};

    private final String sentence;

    NftMarketProperty(String sentence) {
        this.sentence = sentence;
    }

    abstract @Nullable String broken(
            NftMarketModel model, NftMarketLook look, NftMarketSequence.Played last);

    PropertyBroken brokenBy(NftMarketSequence.Played last, String what) {
        return new PropertyBroken(sentence, "After %s: %s".formatted(last, what));
    }
}
