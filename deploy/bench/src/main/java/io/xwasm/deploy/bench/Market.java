package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** An exchange with one pool of two tokens, and accounts that trade on it. */
public final class Market {
    private static final String POOL = "A-B";
    private static final long GAS_LIMIT = 20_000_000;
    private static final long VALID_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final long LIQUIDITY = 1_000_000_000_000L;

    private final AgentClient agents;
    private final ContractName name;
    private final Address dex;
    private final Address tokenA;
    private final Address tokenB;
    private final AccountKey owner;
    private final AtomicLong ownerNonce = new AtomicLong();

    private Market(
            AgentClient agents,
            ContractName name,
            Address dex,
            Address tokenA,
            Address tokenB,
            AccountKey owner) {
        this.agents = agents;
        this.name = name;
        this.dex = dex;
        this.tokenA = tokenA;
        this.tokenB = tokenB;
        this.owner = owner;
    }

    /** Deploys two tokens and the exchange, and fills its pool. */
    public static Market open(BenchFleet fleet, AgentClient agents, String suffix)
            throws IOException {
        var owner = AccountKey.generate();
        var client = fleet.client();
        var name = new ContractName("dex-" + suffix);
        var market =
                new Market(
                        agents,
                        name,
                        Deployment.of(
                                client, "dex", name, Map.of("owner", owner.address().toString())),
                        token(fleet, "a-" + suffix, owner),
                        token(fleet, "b-" + suffix, owner),
                        owner);
        market.byOwner(
                market.dex,
                "create_pool",
                new BorshArguments().text(POOL).address(market.tokenA).address(market.tokenB));
        for (Address token : List.of(market.tokenA, market.tokenB)) {
            market.byOwner(
                    token, "approve", new BorshArguments().address(market.dex).amount(LIQUIDITY));
        }
        market.byOwner(
                market.dex,
                "add_liquidity",
                new BorshArguments().text(POOL).amount(LIQUIDITY).amount(LIQUIDITY));
        return market;
    }

    private static Address token(BenchFleet fleet, String name, AccountKey owner)
            throws IOException {
        return Deployment.of(
                fleet.client(),
                "token",
                new ContractName(name),
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
                        owner.address().toString()));
    }

    private void byOwner(Address contract, String method, BorshArguments arguments)
            throws IOException {
        var receipt =
                agents.call(call(owner, ownerNonce.getAndIncrement(), contract, method, arguments));
        if (!receipt.succeeded()) {
            throw new IOException("%s: %s".formatted(method, receipt.failure()));
        }
    }

    public ContractName name() {
        return name;
    }

    /** An account that may trade: it has some of both tokens, and the exchange may take them. */
    public AccountKey trader() throws IOException {
        var trader = AccountKey.generate();
        long nonce = 0;
        for (Address token : List.of(tokenA, tokenB)) {
            byOwner(
                    token,
                    "transfer",
                    new BorshArguments().address(trader.address()).amount(1_000_000_000L));
            agents.call(
                    call(
                            trader,
                            nonce++,
                            token,
                            "approve",
                            new BorshArguments().address(dex).amount(1_000_000_000L)));
        }
        return trader;
    }

    /** The first nonce that a {@link #trader} has not used. */
    public static long firstNonce() {
        return 2;
    }

    /** Swaps one way and the other in turn. */
    public SignedCall swap(AccountKey trader, long nonce) {
        return call(
                trader,
                nonce,
                dex,
                "swap",
                new BorshArguments()
                        .text(POOL)
                        .address(nonce % 2 == 0 ? tokenA : tokenB)
                        .amount(1_000)
                        .amount(1));
    }

    /** The three calls after which the exchange holds a record of a new trader. */
    public List<SignedCall> newcomer(AccountKey sponsor, long sponsorNonce) {
        var newcomer = AccountKey.generate();
        var calls = new ArrayList<SignedCall>();
        calls.add(
                call(
                        sponsor,
                        sponsorNonce,
                        tokenA,
                        "transfer",
                        new BorshArguments().address(newcomer.address()).amount(1_000)));
        calls.add(
                call(
                        newcomer,
                        0,
                        tokenA,
                        "approve",
                        new BorshArguments().address(dex).amount(1_000)));
        calls.add(
                call(
                        newcomer,
                        1,
                        dex,
                        "swap",
                        new BorshArguments().text(POOL).address(tokenA).amount(1_000).amount(1)));
        return calls;
    }

    /** How many swaps the exchange has recorded for this trader. */
    public long tradesOf(AccountKey trader) {
        return first64(agents.query(dex, "trader", trader.address().bytes()).result(), 0);
    }

    /** What the exchange believes to hold of the first token, and what it does hold. */
    public boolean reservesMatchBalances() {
        var pool = agents.query(dex, "pool_state", new BorshArguments().text(POOL).bytes());
        int reserves = Integer.BYTES + POOL.length() + 64;
        return first64(pool.result(), reserves) == balance(tokenA)
                && first64(pool.result(), reserves + 16) == balance(tokenB);
    }

    private long balance(Address token) {
        return first64(agents.query(token, "balance_of", dex.bytes()).result(), 0);
    }

    private static long first64(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(at);
    }

    private static SignedCall call(
            AccountKey from,
            long nonce,
            Address contract,
            String method,
            BorshArguments arguments) {
        return SignedCall.sign(
                from,
                BenchFleet.GROUP,
                nonce,
                contract,
                method,
                arguments.bytes(),
                BigInteger.ZERO,
                GAS_LIMIT,
                System.currentTimeMillis() + VALID_MILLIS);
    }
}
