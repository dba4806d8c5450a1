package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BadValue;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A receipt with its bytes translated by the contract's interface. */
final class ReceiptText {
    private final XwasmCommand xwasm;
    private final DeployedContract contract;
    private final BorshJson borsh;
    private final String method;

    ReceiptText(XwasmCommand xwasm, DeployedContract contract, BorshJson borsh, String method) {
        this.xwasm = xwasm;
        this.contract = contract;
        this.borsh = borsh;
        this.method = method;
    }

    /** Shows it and says how the command ends. */
    int show(Receipt receipt) {
        var json = json(receipt);
        xwasm.screen().show(json, lines -> describe(receipt, json, lines));
        if (receipt.failure() == null) {
            return ExitCode.OK;
        }
        xwasm.complain(
                "%s.%s failed: %s (%s)"
                        .formatted(
                                contract.name(),
                                method,
                                receipt.failure().message(),
                                receipt.failure().kind()));
        return ExitCode.REFUSED;
    }

    /** A result as one would say it: text without quotes, everything else as JSON. */
    static String words(JsonNode result) {
        if (result.isNull()) {
            return "(nothing)";
        }
        return result.isValueNode() ? result.asString() : result.toString();
    }

    private void describe(Receipt receipt, ObjectNode json, Lines lines) {
        lines.line(
                "Call %s is in block %d at position %d, %d gas used."
                        .formatted(
                                receipt.call().abbreviated(),
                                receipt.height(),
                                receipt.position(),
                                receipt.gasUsed()));
        if (receipt.failure() == null && !json.path("result").isNull()) {
            lines.line("result: " + words(json.path("result")));
        }
        for (var event : json.path("events")) {
            lines.line("event %s %s".formatted(event.path("topic").asString(), event.path("data")));
        }
    }

    private ObjectNode json(Receipt receipt) {
        var json = Json.MAPPER.createObjectNode();
        json.put("call", receipt.call().toString());
        json.put("height", receipt.height());
        json.put("position", receipt.position());
        json.put("gasUsed", receipt.gasUsed());
        json.set("failure", Json.MAPPER.valueToTree(receipt.failure()));
        json.set(
                "result",
                receipt.failure() == null
                        ? borsh.result(method, receipt.result())
                        : Json.MAPPER.nullNode());
        var events = json.putArray("events");
        receipt.events().forEach(event -> events.add(event(event)));
        return json;
    }

    private ObjectNode event(Receipt.Emitted event) {
        var json = Json.MAPPER.createObjectNode();
        json.put("contract", event.contract().toString());
        json.put("topic", event.topic());
        var hex = HexFormat.of().formatHex(event.data());
        if (!event.contract().equals(contract.address())) {
            // Another contract's: its interface is not at hand, its bytes are.
            return json.put("data", hex);
        }
        try {
            json.set("data", borsh.event(event.topic(), event.data()));
        } catch (BadValue _) {
            json.put("data", hex);
        }
        return json;
    }
}
