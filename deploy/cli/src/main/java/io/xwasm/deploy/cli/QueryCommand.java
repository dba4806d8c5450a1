package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.QueryAnswer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin private NamedMethod target = new NamedMethod();

    QueryCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() {
        var given = target.given();
        try (var client = target.holders(xwasm)) {
            var contract = client.contract(target.contract().value());
            var borsh = new BorshJson(contract.contractInterface());
            var bytes = target.encode(borsh, given);
            return show(client.query(contract.address(), target.method(), bytes), borsh);
        }
    }

    private int show(QueryAnswer answer, BorshJson borsh) {
        JsonNode result =
                answer.failure() == null
                        ? borsh.result(target.method(), answer.result())
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
                                target.contract(),
                                target.method(),
                                answer.failure().message(),
                                answer.failure().kind()));
        return ExitCode.REFUSED;
    }
}
