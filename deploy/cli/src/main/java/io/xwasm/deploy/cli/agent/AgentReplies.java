package io.xwasm.deploy.cli.agent;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.ContractInterface;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** How an agent writes its answers: JSON with bytes in hex. A newer agent may say more. */
final class AgentReplies {
    private AgentReplies() {}

    static Receipt receipt(JsonNode json) {
        return new Receipt(
                Hash.parse(json.path("call").asString()),
                json.path("height").asLong(),
                json.path("position").asInt(),
                json.path("gasUsed").asLong(),
                failure(json.path("failure")),
                hex(json.path("result")),
                json.path("events").valueStream().map(AgentReplies::event).toList());
    }

    static QueryAnswer query(JsonNode json) {
        return new QueryAnswer(
                hex(json.path("result")),
                failure(json.path("failure")),
                json.path("gasUsed").asLong(),
                json.path("height").asLong());
    }

    static DeployedContract contract(JsonNode json) {
        var implementation = json.path("implementation");
        return new DeployedContract(
                json.path("name").asString(),
                Address.parse(json.path("address").asString()),
                CodeHash.parse(json.path("code").asString()),
                implementation.isString() ? CodeHash.parse(implementation.asString()) : null,
                ContractInterface.parse(
                        json.path("interface").toString().getBytes(StandardCharsets.UTF_8)),
                json.path("height").asLong());
    }

    static AccountState account(JsonNode json) {
        return new AccountState(
                Address.parse(json.path("address").asString()),
                new BigInteger(json.path("balance").asString("0")),
                json.path("nextNonce").asLong());
    }

    /** The sentence of a problem; the status alone when the body holds none. */
    static String sentence(int status, String body) {
        return problem(body, "detail")
                .orElse("the agent answered with status " + status + " and no reason");
    }

    /** The type of a problem; empty when the body holds none. */
    static String type(String body) {
        return problem(body, "type").orElse("");
    }

    private static Optional<String> problem(String body, String member) {
        try {
            return Json.MAPPER.readTree(body).path(member).stringValueOpt();
        } catch (JacksonException _) {
            // Not ours then: a proxy in between, or another server altogether.
            return Optional.empty();
        }
    }

    private static Receipt.Emitted event(JsonNode json) {
        return new Receipt.Emitted(
                Address.parse(json.path("contract").asString()),
                json.path("topic").asString(),
                hex(json.path("data")));
    }

    private static Receipt.@Nullable Failure failure(JsonNode json) {
        return json.isObject()
                ? new Receipt.Failure(json.path("kind").asString(), json.path("message").asString())
                : null;
    }

    private static byte[] hex(JsonNode json) {
        return HexFormat.of().parseHex(json.asString(""));
    }
}
