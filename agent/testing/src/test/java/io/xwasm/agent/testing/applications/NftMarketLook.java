package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.NftMarketSequence.arguments;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What the machine tells about a market at some moment.
 *
 * @param nfts in the order of their ids
 * @param listings the active ones
 * @param offers all that were ever made
 * @param nativeMoney what there is in native money
 * @param gold what there is in tokens
 */
record NftMarketLook(
        String market,
        List<JsonNode> nfts,
        List<JsonNode> listings,
        List<JsonNode> offers,
        Money nativeMoney,
        Money gold) {
    static final List<String> PARTIES =
            Stream.concat(NftMarketSequence.TRADERS.stream(), Stream.of("fees")).toList();

    /**
     * Money of one kind.
     *
     * @param held what the market says it holds for others
     * @param balance what it has
     * @param parties what each of {@link #PARTIES} has
     */
    record Money(JsonNode held, BigInteger balance, List<BigInteger> parties) {
        long owed() {
            return locked()
                    + held.path("uncollected_fees").asLong()
                    + held.path("unclaimed_royalties").asLong();
        }

        long locked() {
            return held.path("locked_offers").asLong();
        }
    }

    static NftMarketLook at(NftMarketSequence sequence) {
        var runner = sequence.runner;
        int nfts = sequence.model.nfts.size();
        return new NftMarketLook(
                runner.address("market").toString(),
                IntStream.rangeClosed(1, nfts)
                        .mapToObj(id -> runner.query("market", "nft", arguments(id)))
                        .toList(),
                runner.query("market", "active_listings", arguments(0, 100)).valueStream().toList(),
                IntStream.rangeClosed(1, nfts)
                        .mapToObj(id -> runner.query("market", "offers_for", arguments(id, 0, 100)))
                        .flatMap(JsonNode::valueStream)
                        .toList(),
                money(sequence, true),
                money(sequence, false));
    }

    Money money(boolean isNative) {
        return isNative ? nativeMoney : gold;
    }

    static boolean isOpen(JsonNode deal) {
        return List.of("Active", "Open").contains(deal.path("status").asString());
    }

    private static Money money(NftMarketSequence sequence, boolean isNative) {
        var runner = sequence.runner;
        var currency = arguments(sequence.currency(isNative));
        return new Money(
                runner.query("market", "holdings", currency),
                balance(runner, runner.address("market"), isNative),
                PARTIES.stream()
                        .map(name -> balance(runner, runner.user(name), isNative))
                        .toList());
    }

    private static BigInteger balance(TestRunner runner, Address party, boolean isNative) {
        return isNative
                ? runner.balance(party)
                : new BigInteger(runner.query("gold", "balance_of", arguments(party)).asString());
    }
}
