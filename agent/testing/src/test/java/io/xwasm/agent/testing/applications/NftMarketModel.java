package io.xwasm.agent.testing.applications;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the market must do, told a second time and without a machine: each method answers with the
 * kind of failure to expect, or null after it has done the call here.
 */
final class NftMarketModel {
    static final long LONGEST = 365L * 24 * 3_600 * 1_000;

    /** The owner of what is in escrow. */
    static final String ESCROW = "market";

    /** A party that is a contract and takes no native money. */
    static final String CONTRACT = "gold";

    enum Status {
        OPEN,
        DONE,
        CANCELLED,
        EXPIRED
    }

    static final class Nft {
        String owner;
        int listing;
        String royaltyRecipient;
        final int royalty;

        Nft(String owner, String royaltyRecipient, int royalty) {
            this.owner = owner;
            this.royaltyRecipient = royaltyRecipient;
            this.royalty = royalty;
        }
    }

    /** A listing, whose party is the seller, or an offer, whose party is the buyer. */
    static final class Deal {
        final int nft;
        final String party;
        final long price;
        final boolean isNative;
        final int fee;
        final long expiration;
        Status status = Status.OPEN;

        Deal(int nft, String party, long price, boolean isNative, int fee, long expiration) {
            this.nft = nft;
            this.party = party;
            this.price = price;
            this.isNative = isNative;
            this.fee = fee;
            this.expiration = expiration;
        }
    }

    final List<Nft> nfts = new ArrayList<>();
    final List<Deal> listings = new ArrayList<>();
    final List<Deal> offers = new ArrayList<>();
    private final Map<String, Long> nativeBalances = new HashMap<>();
    private final Map<String, Long> tokenBalances = new HashMap<>();
    private int fee;
    private long nativeFees;
    private long tokenFees;
    private long unclaimed;
    long now;

    NftMarketModel(long now, int fee, Iterable<String> users, long each) {
        this.now = now;
        this.fee = fee;
        for (var user : users) {
            nativeBalances.put(user, each);
            tokenBalances.put(user, each);
        }
    }

    long balance(String party, boolean isNative) {
        return (isNative ? nativeBalances : tokenBalances).getOrDefault(party, 0L);
    }

    /** What the contract must hold, summed up from the deals. */
    long owed(boolean isNative) {
        long locked =
                offers.stream()
                        .filter(o -> o.status == Status.OPEN && o.isNative == isNative)
                        .mapToLong(o -> o.price)
                        .sum();
        return locked + (isNative ? nativeFees + unclaimed : tokenFees);
    }

    @Nullable String mint(String user, String recipient, int royalty) {
        if (royalty > 5_000) {
            return "validation";
        }
        nfts.add(new Nft(user, recipient, royalty));
        return null;
    }

    @Nullable String transfer(String user, int nft, String to) {
        var refusal = notOwned(user, nft);
        if (refusal == null) {
            nfts.get(nft - 1).owner = to;
        }
        return refusal;
    }

    @Nullable String setRoyaltyRecipient(String user, int nft, String recipient) {
        if (nft > nfts.size()) {
            return "state";
        }
        if (!nfts.get(nft - 1).royaltyRecipient.equals(user)) {
            return "permission";
        }
        nfts.get(nft - 1).royaltyRecipient = recipient;
        return null;
    }

    @Nullable String list(String user, int nft, long price, boolean isNative, long duration) {
        var refusal = notOwned(user, nft);
        if (refusal != null) {
            return refusal;
        }
        if (price == 0 || duration == 0 || duration > LONGEST) {
            return "validation";
        }
        listings.add(new Deal(nft, user, price, isNative, fee, now + duration));
        nfts.get(nft - 1).owner = ESCROW;
        nfts.get(nft - 1).listing = listings.size();
        return null;
    }

    @Nullable String buy(String user, int listing, long value) {
        if (value > balance(user, true)) {
            return "insufficient_balance";
        }
        var deal = open(listings, listing);
        if (deal == null) {
            return "state";
        }
        if (now >= deal.expiration) {
            return "timeout";
        }
        if (deal.party.equals(user)) {
            return "validation";
        }
        var refusal = pay(user, deal, value);
        if (refusal == null) {
            deal.status = Status.DONE;
            settle(deal, deal.party, user);
        }
        return refusal;
    }

    @Nullable String cancelListing(String user, int listing) {
        var deal = open(listings, listing);
        if (deal == null) {
            return "state";
        }
        if (!deal.party.equals(user)) {
            return "permission";
        }
        takeBack(deal, Status.CANCELLED);
        return null;
    }

    @Nullable String expireListing(int listing) {
        var deal = open(listings, listing);
        if (deal == null) {
            return "state";
        }
        if (now < deal.expiration) {
            return "timeout";
        }
        takeBack(deal, Status.EXPIRED);
        return null;
    }

    private void takeBack(Deal deal, Status status) {
        deal.status = status;
        nfts.get(deal.nft - 1).owner = deal.party;
        nfts.get(deal.nft - 1).listing = 0;
    }

    @Nullable String offer(
            String user, int nft, long price, boolean isNative, long expiration, long value) {
        if (value > balance(user, true)) {
            return "insufficient_balance";
        }
        if (nft > nfts.size()) {
            return "state";
        }
        if (nfts.get(nft - 1).owner.equals(user) || price == 0) {
            return "validation";
        }
        if (expiration <= now || expiration - now > LONGEST) {
            return "validation";
        }
        var deal = new Deal(nft, user, price, isNative, fee, expiration);
        var refusal = pay(user, deal, value);
        if (refusal == null) {
            offers.add(deal);
        }
        return refusal;
    }

    @Nullable String accept(String user, int offer) {
        var deal = open(offers, offer);
        if (deal == null) {
            return "state";
        }
        if (now >= deal.expiration) {
            return "timeout";
        }
        var refusal = notOwned(user, deal.nft);
        if (refusal != null) {
            return refusal;
        }
        if (deal.party.equals(user)) {
            return "validation";
        }
        deal.status = Status.DONE;
        settle(deal, user, deal.party);
        return null;
    }

    @Nullable String cancelOffer(String user, int offer) {
        var deal = open(offers, offer);
        if (deal == null) {
            return "state";
        }
        if (!deal.party.equals(user)) {
            return "permission";
        }
        giveBack(deal, Status.CANCELLED);
        return null;
    }

    @Nullable String expireOffer(int offer) {
        var deal = open(offers, offer);
        if (deal == null) {
            return "state";
        }
        if (now < deal.expiration) {
            return "timeout";
        }
        giveBack(deal, Status.EXPIRED);
        return null;
    }

    private void giveBack(Deal deal, Status status) {
        deal.status = status;
        credit(deal.party, deal.isNative, deal.price);
    }

    @Nullable String collect(String user, boolean isNative) {
        if (!user.equals("fees")) {
            return "permission";
        }
        long amount = isNative ? nativeFees : tokenFees;
        if (amount == 0) {
            return "resources";
        }
        if (isNative) {
            nativeFees = 0;
        } else {
            tokenFees = 0;
        }
        credit(user, isNative, amount);
        return null;
    }

    @Nullable String setFee(String user, int percentage) {
        if (!user.equals("owner")) {
            return "permission";
        }
        if (percentage > 1_000) {
            return "validation";
        }
        fee = percentage;
        return null;
    }

    private @Nullable String notOwned(String user, int nft) {
        if (nft > nfts.size() || nfts.get(nft - 1).listing != 0) {
            return "state";
        }
        return nfts.get(nft - 1).owner.equals(user) ? null : "permission";
    }

    private static @Nullable Deal open(List<Deal> deals, int id) {
        return id > deals.size() || deals.get(id - 1).status != Status.OPEN
                ? null
                : deals.get(id - 1);
    }

    private @Nullable String pay(String user, Deal deal, long value) {
        if (deal.isNative && value < deal.price) {
            return "resources";
        }
        if (!deal.isNative && value > 0) {
            return "validation";
        }
        if (!deal.isNative && balance(user, false) < deal.price) {
            return "resources";
        }
        credit(user, deal.isNative, -deal.price);
        return null;
    }

    /** The price is in the market already. */
    private void settle(Deal deal, String seller, String buyer) {
        var nft = nfts.get(deal.nft - 1);
        nft.owner = buyer;
        nft.listing = 0;
        long royalty = deal.price * nft.royalty / 10_000;
        long kept = (deal.price * deal.fee + 9_999) / 10_000;
        if (deal.isNative) {
            nativeFees += kept;
        } else {
            tokenFees += kept;
        }
        if (deal.isNative && nft.royaltyRecipient.equals(CONTRACT)) {
            unclaimed += royalty;
        } else {
            credit(nft.royaltyRecipient, deal.isNative, royalty);
        }
        credit(seller, deal.isNative, deal.price - royalty - kept);
    }

    private void credit(String party, boolean isNative, long amount) {
        (isNative ? nativeBalances : tokenBalances).merge(party, amount, Long::sum);
    }
}
