package io.xwasm.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.agent.vm.ContractVm;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Arguments of calls, in Borsh. */
final class VmArguments {
    private VmArguments() {}

    /** For a method of a shipped contract, from what stands in JSON. */
    static byte[] of(ContractVm vm, String shipped, String method, Map<String, Object> arguments) {
        var contract = vm.install(ShippedContracts.code(shipped)).contractInterface();
        return new BorshJson(contract)
                .arguments(method, Json.MAPPER.readTree(Json.write(arguments)));
    }

    static byte[] bytes(byte[] content) {
        return little(Integer.BYTES + content.length).putInt(content.length).put(content).array();
    }

    static byte[] deployment(String name, CodeHash code, String method, byte[] arguments) {
        var called = bytes(name.getBytes(UTF_8));
        var by = bytes(method.getBytes(UTF_8));
        var with = bytes(arguments);
        return little(called.length + 32 + by.length + with.length)
                .put(called)
                .put(code.bytes())
                .put(by)
                .put(with)
                .array();
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
