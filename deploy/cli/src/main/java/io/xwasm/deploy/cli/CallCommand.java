package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.protocol.abi.BadValue;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.AgentClient;
import io.xwasm.deploy.cli.agent.CallRefused;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

    @Parameters(index = "0", paramLabel = "NAME", description = "The contract.")
    private ContractName name = new ContractName("none");

    @Parameters(index = "1", paramLabel = "METHOD", description = "Its method.")
    private String method = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Arguments by name or in order, or @FILE.")
    private @Nullable String arguments;

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

    @Option(
            names = "--agent",
            paramLabel = "URL",
            description = "An agent to call, instead of asking the control plane; repeatable.")
    private List<URI> agents = List.of();

    CallCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() {
        requireSensible();
        var given = GivenFile.json(arguments, "arguments");
        var keys = Keystore.of(xwasm.terminal().environment(), !xwasm.serverNamed());
        var key = keys.require(account);
        try (var client = new Agents(xwasm).holding(name, agents)) {
            var contract = client.contract(name.value());
            var borsh = new BorshJson(contract.contractInterface());
            byte[] bytes;
            try {
                bytes = borsh.arguments(method, given);
            } catch (BadValue e) {
                throw new BadInput(String.valueOf(e.getMessage()), e);
            }
            var receipt = send(client, key, contract.address(), bytes);
            return new ReceiptText(xwasm, contract, borsh, method).show(receipt);
        }
    }

    private void requireSensible() {
        if (gasLimit < 1) {
            throw new BadInput("--gas-limit is at least 1, was " + gasLimit);
        }
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new BadInput("--value is from 0 to 2^128 - 1, which %s is not".formatted(value));
        }
        if (method.isEmpty() || method.length() > SignedCall.METHOD_LENGTH_LIMIT) {
            throw new BadInput(
                    "a method's name has one to %d characters"
                            .formatted(SignedCall.METHOD_LENGTH_LIMIT));
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
                            method,
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
