package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.SignedCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** Two tokens, an exchange behind its proxy, and a thousand accounts that use them. */
final class VmTrades {
    private static final int ACCOUNTS = 1_000;
    private static final long MUCH = 1_000_000_000_000L;

    private final VmLedger ledger;
    private final Random random = new Random(17);
    private final List<Address> accounts = new ArrayList<>();
    private final Address gold;
    private final Address silver;
    private final Address dex;

    VmTrades(VmLedger ledger) throws IOException {
        this.ledger = ledger;
        var token = ledger.store("token");
        gold = ledger.deploy("gold", token, token("gold"));
        silver = ledger.deploy("silver", token, token("silver"));
        var code = ledger.store("dex");
        var init =
                VmArguments.of(
                        ledger.vm(),
                        "dex",
                        "init",
                        Map.of("owner", ledger.fleet().toString(), "fee_per_mille", 3));
        dex =
                ledger.deploy(
                        "dex",
                        ledger.store("proxy"),
                        VmArguments.of(
                                ledger.vm(),
                                "proxy",
                                "init",
                                Map.of(
                                        "owner",
                                        ledger.fleet().toString(),
                                        "implementation",
                                        code.toString(),
                                        "init_method_args",
                                        HexFormat.of().formatHex(init))));
        open();
    }

    private void open() throws IOException {
        var owner = ledger.fleet();
        for (var token : List.of(gold, silver)) {
            ledger.runOne(
                    call(
                            owner,
                            token,
                            "token",
                            "approve",
                            Map.of("spender", dex.toString(), "amount", MUCH * 1000)));
        }
        ledger.runOne(
                call(
                        owner,
                        dex,
                        "dex",
                        "create_pool",
                        Map.of(
                                "pool",
                                "main",
                                "token_a",
                                gold.toString(),
                                "token_b",
                                silver.toString())));
        ledger.runOne(
                call(
                        owner,
                        dex,
                        "dex",
                        "add_liquidity",
                        Map.of("pool", "main", "amount_a", MUCH * 100, "amount_b", MUCH * 100)));
        for (int i = 0; i < ACCOUNTS; i++) {
            var account =
                    Address.of(
                            Hash.sha256(("account" + i).getBytes(StandardCharsets.UTF_8)).bytes());
            accounts.add(account);
            for (var token : List.of(gold, silver)) {
                ledger.runOne(
                        call(
                                owner,
                                token,
                                "token",
                                "transfer",
                                Map.of("to", account.toString(), "amount", MUCH)));
                ledger.runOne(
                        call(
                                account,
                                token,
                                "token",
                                "approve",
                                Map.of("spender", dex.toString(), "amount", MUCH)));
            }
        }
    }

    /** Transfers of one unit between accounts drawn by lot. */
    Supplier<SignedCall> transfers() {
        return () ->
                ledger.call(
                        anybody(),
                        gold,
                        "transfer",
                        new BorshArguments().address(anybody()).amount(1).bytes());
    }

    /** Swaps in either direction by accounts drawn by lot. */
    Supplier<SignedCall> swaps() {
        return () ->
                ledger.call(
                        anybody(),
                        dex,
                        "swap",
                        new BorshArguments()
                                .text("main")
                                .address(random.nextBoolean() ? gold : silver)
                                .amount(1_000)
                                .amount(1)
                                .bytes());
    }

    private Address anybody() {
        return accounts.get(random.nextInt(ACCOUNTS));
    }

    private byte[] token(String name) {
        return VmArguments.of(
                ledger.vm(),
                "token",
                "init",
                Map.of(
                        "name",
                        name,
                        "symbol",
                        "T",
                        "decimals",
                        0,
                        "supply",
                        "1000000000000000000",
                        "owner",
                        ledger.fleet().toString()));
    }

    private SignedCall call(
            Address sender,
            Address contract,
            String shipped,
            String method,
            Map<String, Object> arguments) {
        return ledger.call(
                sender, contract, method, VmArguments.of(ledger.vm(), shipped, method, arguments));
    }
}
