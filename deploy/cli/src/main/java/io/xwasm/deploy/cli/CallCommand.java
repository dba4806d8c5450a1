package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.AgentClient;
import io.xwasm.deploy.cli.agent.CallRefused;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code xwasm contracts call}: signed here, executed by the group's primary. */
@Command(
        name = "call",
        description = "Calls a method and waits until every in-sync node holds the call.",
        footer = {
            "  xwasm contracts call token transfer '{\"to\": \"…\", \"amount\": \"5\"}'",
            "  xwasm contracts call token mint '[\"…\", 100]' --as alice",
            "  xwasm contracts call game deposit --value 10 --gas-limit 500000"
        })
final class CallCommand implements Callable<Integer> {
    /**
     * Long enough for a failover and a slow clock; afterwards the call can no longer be executed.
     */
    private static final Duration VALIDITY = Duration.ofSeconds(60);

    /** Others may sign with the same account at this moment, and take the nonce first. */
    private static final int NONCE_ATTEMPTS = 5;

    private final XwasmCommand xwasm;

    @Mixin private NamedMethod target = new NamedMethod();

    @Option(
            names = "--as",
            paramLabel = "ACCOUNT",
            defaultValue = Keystore.DEFAULT,
            description = "The account that signs (default: ${DEFAULT-VALUE}).")
    private String account = Keystore.DEFAULT;

    @Option(
            names = "--value",
            paramLabel = "N",
            defaultValue = "0",
            description = "Native balance that moves along.")
    private BigInteger value = BigInteger.ZERO;

    @Option(
            names = "--gas-limit",
            paramLabel = "N",
            defaultValue = "10000000",
            description = "Ends the call when used up (default: ${DEFAULT-VALUE}).")
    private long gasLimit = 10_000_000;

    CallCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() {
        requireSensible();
        var given = target.given();
        var keys = Keystore.of(xwasm.terminal().environment(), !xwasm.serverNamed());
        var key = keys.require(account);
        try (var client = target.holders(xwasm)) {
            var contract = client.contract(target.contract().value());
            var borsh = new BorshJson(contract.contractInterface());
            var bytes = target.encode(borsh, given);
            var receipt = send(client, key, contract.address(), bytes);
            return new ReceiptText(xwasm, contract, borsh, target.method()).show(receipt);
        }
    }

    private void requireSensible() {
        if (gasLimit < 1) {
            throw new BadInput("--gas-limit is at least 1, was " + gasLimit);
        }
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new BadInput("--value is from 0 to 2^128 - 1, which %s is not".formatted(value));
        }
    }

    private Receipt send(AgentClient client, AccountKey key, Address contract, byte[] bytes) {
        var group = client.ledger().group();
        for (int attempt = 1; ; attempt++) {
            var call =
                    SignedCall.sign(
                            key,
                            group,
                            client.account(key.address()).nextNonce(),
                            contract,
                            target.method(),
                            bytes,
                            value,
                            gasLimit,
                            xwasm.clock().instant().plus(VALIDITY).toEpochMilli());
            try {
                return client.call(call);
            } catch (CallRefused e) {
                // A used nonce means that another call has it, and so that this one never ran.
                if (!e.nonceUsed() || attempt == NONCE_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
