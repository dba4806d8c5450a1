package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.abi.BadValue;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.QueryAnswer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code xwasm contracts query}: nothing is signed and nothing changes. */
@Command(
        name = "query",
        description = "Runs a method on the newest committed state; nothing changes.",
        footer = {
            "  xwasm contracts query token balance_of '{\"account\": \"…\"}'",
            "  xwasm contracts query token total_supply --json"
        })
final class QueryCommand implements Callable<Integer> {
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
            names = "--agent",
            paramLabel = "URL",
            description = "An agent to ask, instead of asking the control plane; repeatable.")
    private List<URI> agents = List.of();

    QueryCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() {
        var given = GivenFile.json(arguments, "arguments");
        try (var client = new Agents(xwasm).holding(name, agents)) {
            var contract = client.contract(name.value());
            var borsh = new BorshJson(contract.contractInterface());
            byte[] bytes;
            try {
                bytes = borsh.arguments(method, given);
            } catch (BadValue e) {
                throw new BadInput(String.valueOf(e.getMessage()), e);
            }
            return show(client.query(contract.address(), method, bytes), borsh);
        }
    }

    private int show(QueryAnswer answer, BorshJson borsh) {
        JsonNode result =
                answer.failure() == null
                        ? borsh.result(method, answer.result())
                        : Json.MAPPER.nullNode();
        var json = Json.MAPPER.createObjectNode();
        json.set("result", result);
        json.set("failure", Json.MAPPER.valueToTree(answer.failure()));
        json.put("gasUsed", answer.gasUsed());
        json.put("height", answer.height());
        xwasm.screen()
                .show(
                        json,
                        lines -> {
                            if (answer.failure() == null) {
                                lines.line(ReceiptText.words(result));
                            }
                        });
        if (answer.failure() == null) {
            return ExitCode.OK;
        }
        xwasm.complain(
                "%s.%s failed: %s (%s)"
                        .formatted(
                                name, method, answer.failure().message(), answer.failure().kind()));
        return ExitCode.REFUSED;
    }
}
