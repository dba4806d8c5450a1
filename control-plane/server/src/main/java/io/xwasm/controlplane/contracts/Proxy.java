package io.xwasm.controlplane.contracts;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.agent.protocol.abi.ContractInterface;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped proxy: its code, what it takes and what it answers. */
final class Proxy {
    static final byte[] CODE = ShippedContracts.code("proxy");

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final BorshJson BORSH =
            new BorshJson(
                    ContractInterface.parse(
                            CodeSections.custom(CODE, ContractInterface.SECTION).orElseThrow()));

    private Proxy() {}

    /**
     * One change of the implementation, as the chain keeps it.
     *
     * @param version that ran afterwards
     * @param previous all zero for a deployment
     * @param call the transaction
     */
    record Change(
            long version,
            CodeHash implementation,
            CodeHash previous,
            String kind,
            Instant time,
            Hash call) {}

    static byte[] init(Address owner, CodeHash implementation, byte[] initArguments) {
        return arguments(
                "init",
                Map.of(
                        "owner", owner.toString(),
                        "implementation", implementation.toString(),
                        "init_method_args", hex(initArguments)));
    }

    static byte[] upgrade(CodeHash implementation, byte[] migration) {
        return arguments(
                "upgrade",
                Map.of(
                        "new_implementation", implementation.toString(),
                        "migration_data", hex(migration)));
    }

    /**
     * @param target 0 for the previous version
     */
    static byte[] rollback(long target) {
        return arguments("rollback", Map.of("target_version", Long.toString(target)));
    }

    static byte[] noArguments() {
        return new byte[0];
    }

    /** What the query {@code history} answers. */
    static List<Change> history(byte[] result) {
        return BORSH.result("history", result).valueStream().map(Proxy::record).toList();
    }

    private static Change record(JsonNode node) {
        return new Change(
                Long.parseLong(node.path("version").asString()),
                CodeHash.parse(node.path("implementation").asString()),
                CodeHash.parse(node.path("previous").asString()),
                node.path("kind").asString(),
                Instant.ofEpochMilli(Long.parseLong(node.path("time").asString())),
                Hash.parse(node.path("call").asString()));
    }

    private static byte[] arguments(String method, Map<String, String> values) {
        return BORSH.arguments(method, JSON.valueToTree(values));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
