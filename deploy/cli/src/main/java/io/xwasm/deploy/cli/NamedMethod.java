package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.protocol.abi.BadValue;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.AgentClient;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** A contract's method and what it is given, as a command line names them. */
final class NamedMethod {
    @Parameters(index = "0", paramLabel = "NAME", description = "The contract.")
    private ContractName contract = new ContractName("none");

    @Parameters(index = "1", paramLabel = "METHOD", description = "Its method.")
    private String method = "";

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "JSON",
            description = "Arguments by name or in order, or @FILE.")
    private @Nullable String arguments;

    @Option(
            names = "--agent",
            paramLabel = "URL",
            description = "An agent to ask, instead of asking the control plane; repeatable.")
    private List<URI> agents = List.of();

    ContractName contract() {
        return contract;
    }

    String method() {
        return method;
    }

    /**
     * What was given for arguments; null when nothing was.
     *
     * @throws BadInput when it is no JSON, or the method's name cannot be one
     */
    @Nullable JsonNode given() {
        if (method.isEmpty() || method.length() > SignedCall.METHOD_LENGTH_LIMIT) {
            throw new BadInput(
                    "a method's name has one to %d characters"
                            .formatted(SignedCall.METHOD_LENGTH_LIMIT));
        }
        return GivenFile.json(arguments, "arguments");
    }

    /** A client of the agents that hold the contract. */
    AgentClient holders(XwasmCommand xwasm) {
        return new Agents(xwasm).holding(contract, agents);
    }

    /**
     * The arguments as the contract reads them.
     *
     * @throws BadInput when they are not what the method takes
     */
    byte[] encode(BorshJson borsh, @Nullable JsonNode given) {
        try {
            return borsh.arguments(method, given);
        } catch (BadValue e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }
}
