package io.xwasm.agent.testing.applications;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A random sequence of calls of a market: on the machine and in the model at once. */
final class NftMarketSequence {
    static final List<String> TRADERS = List.of("alice", "bob", "carol", "dave");
    static final int FEE = 250;
    private static final int MOST_NFTS = 5;
    private static final long HOUR = 3_600_000;

    /**
     * A call that was made.
     *
     * @param expected the kind of failure, or null when it must succeed
     */
    record Played(String method, String what, CallResult result, @Nullable String expected) {
        /** The method, and the kind of failure if there was one. */
        String outcome() {
            return kind() == null ? method : method + " " + kind();
        }

        @Nullable String kind() {
            var failure = result.failure();
            return failure == null ? null : failure.kind();
        }

        @Override
        public String toString() {
            return "%s → %s".formatted(what, kind() == null ? result.result() : kind());
        }
    }

    final TestRunner runner;
    final NftMarketModel model;
    private final RandomGenerator random;

    NftMarketSequence(TestRunner runner, NftMarketModel model, RandomGenerator random) {
        this.runner = runner;
        this.model = model;
        this.random = random;
    }

    /** One call; time may pass before it. */
    Played next() {
        if (random.nextInt(6) == 0) {
            long time = random.nextLong(HOUR);
            runner.travel(Duration.ofMillis(time));
            model.now += time;
        }
        return switch (random.nextInt(20)) {
            case 0 -> mint();
            case 1 -> transfer();
            case 2, 3, 4, 5 -> list();
            case 6, 7, 8, 9 -> buy();
            case 10 -> cancelListing();
            case 11 -> expireListing();
            case 12, 13, 14 -> offer();
            case 15, 16 -> accept();
            case 17 -> cancelOffer();
            case 18 -> expireOffer();
            default -> administration();
        };
    }

    private Played mint() {
        if (model.nfts.size() >= MOST_NFTS) {
            return list();
        }
        var user = trader();
        var recipient = recipient();
        int royalty = one(0, 500, 5_000, 5_001, random.nextInt(5_000));
        var info = Json.MAPPER.createObjectNode();
        info.put("recipient", party(recipient)).put("percentage", royalty);
        return call(
                user,
                "mint",
                arguments("ipfs://x").add(info),
                0,
                model.mint(user, recipient, royalty));
    }

    private Played transfer() {
        int nft = id(model.nfts);
        var user = likely(owner(nft));
        var to = trader();
        return call(
                user,
                "transfer_nft",
                arguments(nft, runner.user(to)),
                0,
                model.transfer(user, nft, to));
    }

    private Played list() {
        int nft = id(model.nfts);
        var user = likely(owner(nft));
        long price = price();
        boolean isNative = random.nextInt(3) > 0;
        long duration = random.nextInt(20) == 0 ? one(0, 1) * NftMarketModel.LONGEST : HOUR;
        return call(
                user,
                "list_nft",
                arguments(nft, price, currency(isNative), duration),
                0,
                model.list(user, nft, price, isNative, duration));
    }

    private Played buy() {
        int listing = latest(model.listings);
        var user = trader();
        long value = 0;
        if (listing <= model.listings.size()) {
            var deal = model.listings.get(listing - 1);
            value = random.nextInt(8) == 0 ? one(0, 1) : deal.isNative ? deal.price : 0;
            value += deal.isNative && random.nextInt(3) == 0 ? random.nextInt(100) : 0;
        }
        return call(user, "buy_nft", arguments(listing), value, model.buy(user, listing, value));
    }

    private Played cancelListing() {
        int listing = latest(model.listings);
        var user = likely(party(model.listings, listing));
        return call(
                user, "cancel_listing", arguments(listing), 0, model.cancelListing(user, listing));
    }

    private Played expireListing() {
        int listing = latest(model.listings);
        return call(
                trader(), "expire_listing", arguments(listing), 0, model.expireListing(listing));
    }

    private Played offer() {
        int nft = id(model.nfts);
        var user = trader();
        long price = price();
        boolean isNative = random.nextInt(3) > 0;
        long expiration = model.now + (random.nextInt(10) == 0 ? 0 : random.nextLong(2 * HOUR));
        long value = isNative ? price + (random.nextInt(3) == 0 ? one(-1, 7) : 0) : 0;
        value = Math.max(0, value);
        return call(
                user,
                "make_offer",
                arguments(nft, price, currency(isNative), expiration),
                value,
                model.offer(user, nft, price, isNative, expiration, value));
    }

    private Played accept() {
        int offer = latest(model.offers);
        var nft = offer > model.offers.size() ? 1 : model.offers.get(offer - 1).nft;
        var user = likely(owner(nft));
        return call(user, "accept_offer", arguments(offer), 0, model.accept(user, offer));
    }

    private Played cancelOffer() {
        int offer = latest(model.offers);
        var user = likely(party(model.offers, offer));
        return call(user, "cancel_offer", arguments(offer), 0, model.cancelOffer(user, offer));
    }

    private Played expireOffer() {
        int offer = latest(model.offers);
        return call(trader(), "expire_offer", arguments(offer), 0, model.expireOffer(offer));
    }

    private Played administration() {
        return switch (random.nextInt(3)) {
            case 0 -> collect();
            case 1 -> setFee();
            default -> setRoyaltyRecipient();
        };
    }

    private Played collect() {
        var user = random.nextInt(5) == 0 ? trader() : "fees";
        boolean isNative = random.nextBoolean();
        return call(
                user,
                "collect_fees",
                arguments(currency(isNative)),
                0,
                model.collect(user, isNative));
    }

    private Played setFee() {
        var user = random.nextInt(5) == 0 ? trader() : "owner";
        int fee = one(0, 1_000, 1_001, random.nextInt(1_000));
        var config = arguments(fee, runner.user("fees"));
        return call(user, "set_fee_config", config, 0, model.setFee(user, fee));
    }

    private Played setRoyaltyRecipient() {
        int nft = id(model.nfts);
        var user =
                nft > model.nfts.size()
                        ? trader()
                        : likely(model.nfts.get(nft - 1).royaltyRecipient);
        var recipient = recipient();
        return call(
                user,
                "set_royalty_recipient",
                arguments(nft, party(recipient)),
                0,
                model.setRoyaltyRecipient(user, nft, recipient));
    }

    private Played call(
            String user,
            String method,
            ArrayNode arguments,
            long value,
            @Nullable String expected) {
        var result =
                runner.call(
                        user,
                        "market",
                        method,
                        arguments,
                        BigInteger.valueOf(value),
                        TestRunner.GAS_LIMIT);
        return new Played(
                method,
                "%s.%s%s with %d".formatted(user, method, arguments, value),
                result,
                expected);
    }

    static ArrayNode arguments(Object... values) {
        var array = Json.MAPPER.createArrayNode();
        for (var value : values) {
            switch (value) {
                case Integer number -> array.add(number);
                case Long number -> array.add(number);
                case JsonNode node -> array.add(node);
                default -> array.add(value.toString());
            }
        }
        return array;
    }

    JsonNode currency(boolean isNative) {
        return isNative
                ? Json.MAPPER.nullNode()
                : Json.MAPPER.getNodeFactory().stringNode(runner.address("gold").toString());
    }

    private String trader() {
        return TRADERS.get(random.nextInt(TRADERS.size()));
    }

    private String recipient() {
        return random.nextInt(4) == 0 ? NftMarketModel.CONTRACT : trader();
    }

    private String party(String name) {
        return name.equals(NftMarketModel.CONTRACT)
                ? runner.address("gold").toString()
                : runner.user(name).toString();
    }

    /** Whoever may do it, in most cases. */
    private String likely(@Nullable String user) {
        return user == null || !TRADERS.contains(user) || random.nextInt(6) == 0 ? trader() : user;
    }

    private @Nullable String owner(int nft) {
        return nft > model.nfts.size() ? null : model.nfts.get(nft - 1).owner;
    }

    private static @Nullable String party(List<NftMarketModel.Deal> deals, int id) {
        return id > deals.size() ? null : deals.get(id - 1).party;
    }

    /** One of those that are there, or rarely the next one. */
    private int id(List<?> there) {
        return random.nextInt(12) == 0
                ? there.size() + 1
                : 1 + random.nextInt(Math.max(1, there.size()));
    }

    /** One of the last, which are often open. */
    private int latest(List<?> there) {
        int size = there.size();
        return random.nextInt(12) == 0
                ? id(there)
                : Math.max(1, size - random.nextInt(1 + Math.min(3, size)));
    }

    private long price() {
        return one(0, 1, 39, 1_000, random.nextInt(1, 5_000), random.nextInt(1, 60_000));
    }

    private int one(int... values) {
        return values[random.nextInt(values.length)];
    }
}
