package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;

/** Two tokens and an exchange with one pool of 1000 and 4000, as the tests of the dex need them. */
final class Exchange {
    static final Address OWNER = Sandbox.account("owner");
    static final Address TRADER = Sandbox.account("trader");
    private static final String MUCH = "1000000000000000000";

    private final Sandbox sandbox;
    private final Address gold;
    private final Address silver;
    private final Address dex;

    private Exchange(Sandbox sandbox, Address dex, long firstA, long firstB) {
        this.sandbox = sandbox;
        this.gold = token("gold");
        this.silver = token("silver");
        this.dex = dex;
        for (var token : new Address[] {gold, silver}) {
            for (var party : new Address[] {OWNER, TRADER}) {
                sandbox.call(
                        party,
                        token,
                        "approve",
                        "{\"spender\": \"%s\", \"amount\": \"%s\"}".formatted(dex, MUCH));
            }
            sandbox.call(
                    OWNER,
                    token,
                    "transfer",
                    "{\"to\": \"%s\", \"amount\": \"%s\"}".formatted(TRADER, "1000000000000000"));
        }
        sandbox.call(
                OWNER,
                dex,
                "create_pool",
                "{\"pool\": \"main\", \"token_a\": \"%s\", \"token_b\": \"%s\"}"
                        .formatted(gold, silver));
        sandbox.call(
                OWNER,
                dex,
                "add_liquidity",
                "{\"pool\": \"main\", \"amount_a\": %d, \"amount_b\": %d}"
                        .formatted(firstA, firstB));
    }

    static Exchange plain(Sandbox sandbox, int feePerMille) {
        return plain(sandbox, feePerMille, 1000, 4000);
    }

    static Exchange plain(Sandbox sandbox, int feePerMille, long firstA, long firstB) {
        return new Exchange(
                sandbox, sandbox.deploy("dex", "dex", setUp(feePerMille)), firstA, firstB);
    }

    static Exchange behindProxy(Sandbox sandbox) {
        return behindProxy(sandbox, 1000, 4000);
    }

    static Exchange behindProxy(Sandbox sandbox, long firstA, long firstB) {
        return new Exchange(
                sandbox, sandbox.deployBehindProxy("dex", "dex", OWNER, setUp(3)), firstA, firstB);
    }

    Address dex() {
        return dex;
    }

    Address gold() {
        return gold;
    }

    Address silver() {
        return silver;
    }

    String swapArguments(long amount, long least) {
        return "{\"pool\": \"main\", \"input_token\": \"%s\", \"input_amount\": %d, \"min_output_amount\": %d}"
                .formatted(gold, amount, least);
    }

    String reserves() {
        var state = sandbox.call(TRADER, dex, "pool_state", "{\"pool\": \"main\"}");
        return state.get("reserve_a").asString() + "/" + state.get("reserve_b").asString();
    }

    String balance(Address token, Address of) {
        return sandbox.call(TRADER, token, "balance_of", "{\"owner\": \"%s\"}".formatted(of))
                .asString();
    }

    private static String setUp(int feePerMille) {
        return "{\"owner\": \"%s\", \"fee_per_mille\": %d}".formatted(OWNER, feePerMille);
    }

    private Address token(String name) {
        return sandbox.deploy(
                "token",
                name,
                """
                {"name": "%s", "symbol": "%s", "decimals": 6, "supply": "%s", "owner": "%s"}\
                """
                        .formatted(name, name, MUCH, OWNER));
    }
}
