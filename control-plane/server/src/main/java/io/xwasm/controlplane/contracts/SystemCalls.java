package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.abi.AbiType.Primitive;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.protocol.abi.Field;
import io.xwasm.agent.protocol.abi.Method;
import io.xwasm.controlplane.account.FleetCalls.Wish;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What the ledger itself can be asked to do. */
final class SystemCalls {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final BorshJson BORSH =
            new BorshJson(
                    new ContractInterface(
                            "system",
                            "1.0.0",
                            1,
                            List.of(
                                    method("store_code", new Field("code", Primitive.BYTES)),
                                    method(
                                            "deploy",
                                            new Field("name", Primitive.STRING),
                                            new Field("code", Primitive.HASH),
                                            new Field("method", Primitive.STRING),
                                            new Field("arguments", Primitive.BYTES)),
                                    method("transfer", new Field("to", Primitive.ADDRESS))),
                            List.of(),
                            List.of(),
                            List.of()));

    private SystemCalls() {}

    private static Method method(String name, Field... arguments) {
        return new Method(name, List.of(arguments), Primitive.UNIT, true, false);
    }

    static Wish storeCode(GroupId group, byte[] wasm) {
        return wish(group, "store_code", Map.of("code", hex(wasm)), BigInteger.ZERO);
    }

    static Wish deploy(
            GroupId group, ContractName name, CodeHash code, String method, byte[] arguments) {
        return wish(
                group,
                "deploy",
                Map.of(
                        "name", name.value(),
                        "code", code.toString(),
                        "method", method,
                        "arguments", hex(arguments)),
                BigInteger.ZERO);
    }

    static Wish transfer(GroupId group, Address to, BigInteger amount) {
        return wish(group, "transfer", Map.of("to", to.toString()), amount);
    }

    private static Wish wish(
            GroupId group, String method, Map<String, String> arguments, BigInteger value) {
        return new Wish(
                group,
                Address.SYSTEM,
                method,
                BORSH.arguments(method, JSON.valueToTree(arguments)),
                value);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
