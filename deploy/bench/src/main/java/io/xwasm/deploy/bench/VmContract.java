package io.xwasm.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.vm.BlockContext;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Invocation;
import io.xwasm.agent.vm.Outcome;
import io.xwasm.agent.vm.World;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A module of the bench, made a contract by an interface section, alone in a world of its own. */
record VmContract(ContractVm vm, CodeHash code, byte[] wasm) implements World {
    private static final Address AT = Address.of(Hash.sha256("bench".getBytes(UTF_8)).bytes());

    static VmContract install(ContractVm vm, String resource, List<String> methods) {
        var wasm = contract(bytes(resource), methods, "1.0.0");
        return new VmContract(vm, vm.install(wasm).hash(), wasm);
    }

    static byte[] bytes(String resource) {
        try (var in = Objects.requireNonNull(VmContract.class.getResourceAsStream(resource))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("reading " + resource, e);
        }
    }

    /** The module with the section that makes it a contract; another version, another hash. */
    static byte[] contract(byte[] module, List<String> methods, String version) {
        var declared =
                methods.stream()
                        .map("{\"name\": \"%s\"}"::formatted)
                        .collect(Collectors.joining(","));
        var section = new ByteArrayOutputStream();
        section.write(9);
        section.writeBytes("xwasm.abi".getBytes(UTF_8));
        section.writeBytes(
                "{\"name\": \"bench\", \"version\": \"%s\", \"stateSchema\": 1, \"methods\": [%s]}"
                        .formatted(version, declared)
                        .getBytes(UTF_8));
        var out = new ByteArrayOutputStream();
        out.writeBytes(module);
        out.write(0);
        int rest = section.size();
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        out.writeBytes(section.toByteArray());
        return out.toByteArray();
    }

    Outcome call(String method, long gas) {
        return vm.call(
                new Invocation(
                        AT,
                        AT,
                        method,
                        new byte[0],
                        BigInteger.ZERO,
                        gas,
                        new BlockContext(1, 1),
                        Hash.ZERO),
                this);
    }

    @Override
    public byte @Nullable [] storage(Address contract, byte[] key) {
        return null;
    }

    @Override
    public void store(Address contract, byte[] key, byte @Nullable [] value) {
        throw new UnsupportedOperationException("the bench's modules store nothing");
    }

    @Override
    public CodeHash codeOf(Address contract) {
        return code;
    }

    @Override
    public byte[] code(CodeHash hash) {
        return wasm;
    }

    @Override
    public BigInteger balance(Address party) {
        return BigInteger.ZERO;
    }

    @Override
    public boolean move(Address from, Address to, BigInteger amount) {
        return false;
    }

    @Override
    public int mark() {
        return 0;
    }

    @Override
    public void rewind(int mark) {
        // Nothing is ever written.
    }
}
