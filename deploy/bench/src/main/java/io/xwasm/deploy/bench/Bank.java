package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A token of its own behind a proxy, and accounts that hold some of it. */
public final class Bank {
    private static final long GAS_LIMIT = 10_000_000;
    private static final long VALID_MILLIS = TimeUnit.MINUTES.toMillis(30);
    private static final long SHARE = 1_000_000_000L;

    private final Address token;
    private final List<AccountKey> senders;

    private Bank(Address token, List<AccountKey> senders) {
        this.token = token;
        this.senders = senders;
    }

    /** Deploys the token and gives each of so many new accounts a share. */
    public static Bank open(BenchFleet fleet, AgentClient agents, int accounts) throws IOException {
        var owner = AccountKey.generate();
        var name = new ContractName("bank-" + owner.address().toString().substring(0, 8));
        var token =
                Deployment.of(
                        fleet.client(),
                        "token",
                        name,
                        Map.of(
                                "name", "Bank",
                                "symbol", "BNK",
                                "decimals", 0,
                                "supply", "1000000000000000",
                                "owner", owner.address().toString()));
        var senders = new ArrayList<AccountKey>();
        for (int i = 0; i < accounts; i++) {
            var sender = AccountKey.generate();
            senders.add(sender);
            var receipt = agents.call(transfer(owner, i, token, sender.address(), SHARE));
            if (!receipt.succeeded()) {
                throw new IOException("sharing out the token: " + receipt.failure());
            }
        }
        return new Bank(token, senders);
    }

    public List<AccountKey> senders() {
        return senders;
    }

    /** A load of payments, one client for each sender. */
    public CallLoad load(List<URI> agents, URI first, long pauseNanos) {
        return new CallLoad(
                senders.size(),
                (client, number) -> payment(senders.get(client), number),
                agents,
                first,
                pauseNanos);
    }

    /** Moves one unit to the account that collects this sender's calls. */
    public SignedCall payment(AccountKey sender, long nonce) {
        return transfer(sender, nonce, token, collector(sender), 1);
    }

    /** How much of this sender's money has arrived: one for each payment that was executed. */
    public long arrived(AgentClient agents, AccountKey sender) {
        var answer = agents.query(token, "balance_of", collector(sender).bytes());
        return ByteBuffer.wrap(answer.result()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** An account of nobody, one for each sender. */
    private static Address collector(AccountKey sender) {
        var address = sender.address();
        return new Address(~address.a(), ~address.b(), ~address.c(), ~address.d());
    }

    static SignedCall transfer(
            AccountKey from, long nonce, Address token, Address to, long amount) {
        var arguments =
                ByteBuffer.allocate(48)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(to.bytes())
                        .putLong(amount)
                        .putLong(0)
                        .array();
        return SignedCall.sign(
                from,
                BenchFleet.GROUP,
                nonce,
                token,
                "transfer",
                arguments,
                BigInteger.ZERO,
                GAS_LIMIT,
                System.currentTimeMillis() + VALID_MILLIS);
    }

    /** Waits a little between calls of a client that shall not go at full speed. */
    static void pace(long nanos) {
        if (nanos > 0) {
            LockSupport.parkNanos(nanos);
        }
    }
}
