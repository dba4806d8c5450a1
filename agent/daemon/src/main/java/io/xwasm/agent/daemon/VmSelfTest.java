package io.xwasm.agent.daemon;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.vm.BlockContext;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Invocation;
import io.xwasm.agent.vm.Outcome;
import io.xwasm.agent.vm.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a small module and runs it: a VM that cannot even do that must not be trusted with a
 * ledger.
 */
final class VmSelfTest {
    private static final long THIRTIETH_FIBONACCI = 832_040;
    private static final Address CONTRACT = new Address(0, 0, 0, 1);

    private VmSelfTest() {}

    /** Null when it passed, else what went wrong. */
    static @Nullable String run(ContractVm vm) {
        var code = code();
        vm.install(code);
        var outcome =
                vm.call(
                        new Invocation(
                                Address.SYSTEM,
                                CONTRACT,
                                "fibonacci",
                                new byte[0],
                                BigInteger.ZERO,
                                1_000_000,
                                new BlockContext(1, 0),
                                Hash.ZERO),
                        new OneContract(code));
        return switch (outcome) {
            case Outcome.Failed failed -> "the VM's self-test failed: " + failed.message();
            case Outcome.Returned returned -> {
                long found =
                        ByteBuffer.wrap(returned.result()).order(ByteOrder.LITTLE_ENDIAN).getLong();
                yield found == THIRTIETH_FIBONACCI
                        ? null
                        : "the VM's self-test gave %d instead of %d"
                                .formatted(found, THIRTIETH_FIBONACCI);
            }
        };
    }

    private static byte[] code() {
        try (var in = VmSelfTest.class.getResourceAsStream("self-test.wasm")) {
            return Objects.requireNonNull(in, "self-test.wasm lies beside this class")
                    .readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("reading the VM's self-test", e);
        }
    }

    /** A world that holds one contract and nothing else. */
    private record OneContract(byte[] wasm) implements World {
        @Override
        public byte @Nullable [] storage(Address contract, byte[] key) {
            return null;
        }

        @Override
        public void store(Address contract, byte[] key, byte @Nullable [] value) {
            throw new IllegalStateException("the self-test writes nothing");
        }

        @Override
        public CodeHash codeOf(Address contract) {
            return CodeHash.ofCode(wasm);
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
            return amount.signum() == 0;
        }

        @Override
        public int mark() {
            return 0;
        }

        @Override
        public void rewind(int mark) {
            // Nothing was written.
        }
    }
}
