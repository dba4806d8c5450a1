package io.xwasm.agent.ledger.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.BlockContext;
import io.xwasm.agent.vm.CodeRefused;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.FailureKind;
import io.xwasm.agent.vm.Invocation;
import io.xwasm.agent.vm.Outcome;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the ledger itself does when {@link Address#SYSTEM} is called: keep code, deploy contracts,
 * move native balance. Arguments are Borsh.
 *
 * <p>{@code store_code{code: bytes}} returns the code's hash; {@code deploy{name: string, code:
 * hash, method: string, arguments: bytes}} returns the address; {@code transfer{to: address}} moves
 * the call's value. Only the fleet's account stores code and deploys.
 */
final class SystemContract {
    /** Besides a fee per byte of code, so that a limit can stop it. */
    static final long BASE_GAS = 1_000;

    private static final long GAS_PER_CODE_BYTE = 20;

    private static final Logger log = LoggerFactory.getLogger(SystemContract.class);

    private final ContractVm vm;
    private final Genesis genesis;

    SystemContract(ContractVm vm, Genesis genesis) {
        this.vm = vm;
        this.genesis = genesis;
    }

    Outcome call(
            SignedCall call,
            Function<Invocation, Outcome> run,
            BlockContext block,
            BlockState state) {
        if (call.gasLimit() < BASE_GAS) {
            return failed(
                    FailureKind.OUT_OF_GAS,
                    "a system call costs %d gas, the limit is %d"
                            .formatted(BASE_GAS, call.gasLimit()),
                    call.gasLimit());
        }
        try {
            return switch (call.method()) {
                case "store_code" -> storeCode(call, state);
                case "deploy" -> deploy(call, run, block, state);
                case "transfer" -> transfer(call, state);
                default ->
                        failed(
                                FailureKind.UNKNOWN_METHOD,
                                "the system has no method '%s'; it has store_code, deploy, transfer"
                                        .formatted(call.method()));
            };
        } catch (IllegalArgumentException e) {
            return failed(
                    FailureKind.BAD_ARGUMENTS,
                    "arguments of system.%s: %s".formatted(call.method(), e.getMessage()));
        }
    }

    /** Compiles ahead; what is wrong with the code is said when the call is executed. */
    void prepare(SignedCall call) {
        if (!call.sender().equals(genesis.fleet())) {
            return;
        }
        try {
            compile(new BorshArguments(call.arguments()).bytes());
        } catch (IllegalArgumentException e) {
            log.debug("code that will be refused: {}", e.getMessage());
        }
    }

    void compile(byte[] wasm) {
        try {
            vm.install(wasm);
        } catch (CodeRefused e) {
            log.debug("code that will be refused: {}", e.getMessage());
        }
    }

    private Outcome storeCode(SignedCall call, BlockState state) {
        if (!call.sender().equals(genesis.fleet())) {
            return failed(FailureKind.PERMISSION, "only the fleet's account stores code");
        }
        var in = new BorshArguments(call.arguments());
        var wasm = in.bytes();
        in.end();
        long gas = BASE_GAS + GAS_PER_CODE_BYTE * wasm.length;
        if (gas > call.gasLimit()) {
            return failed(
                    FailureKind.OUT_OF_GAS,
                    "storing %d bytes of code costs %d gas".formatted(wasm.length, gas),
                    call.gasLimit());
        }
        try {
            vm.install(wasm);
        } catch (CodeRefused e) {
            return failed(FailureKind.VALIDATION, String.valueOf(e.getMessage()), gas);
        }
        var hash = CodeHash.ofCode(wasm);
        state.put(StateKey.code(hash), wasm);
        return new Outcome.Returned(hash.bytes(), List.of(), gas);
    }

    private Outcome deploy(
            SignedCall call,
            Function<Invocation, Outcome> run,
            BlockContext block,
            BlockState state) {
        if (!call.sender().equals(genesis.fleet())) {
            return failed(FailureKind.PERMISSION, "only the fleet's account deploys contracts");
        }
        var in = new BorshArguments(call.arguments());
        var name = new ContractName(in.text()).value();
        var code = CodeHash.of(in.raw(32));
        var method = in.text();
        var arguments = in.bytes();
        in.end();
        if (state.get(StateKey.name(name)) != null) {
            return failed(FailureKind.STATE, "a contract named '%s' exists".formatted(name));
        }
        if (state.code(code) == null) {
            return failed(FailureKind.STATE, "no code %s is stored".formatted(code));
        }
        var address = Address.ofContract(call.group(), name);
        int mark = state.mark();
        state.put(StateKey.contract(address), code.bytes());
        state.put(StateKey.name(name), address.bytes());
        var outcome =
                run.apply(
                        new Invocation(
                                Address.SYSTEM,
                                address,
                                method,
                                arguments,
                                BigInteger.ZERO,
                                call.gasLimit() - BASE_GAS,
                                block,
                                call.hash()));
        return switch (outcome) {
            case Outcome.Returned done ->
                    new Outcome.Returned(address.bytes(), done.events(), BASE_GAS + done.gasUsed());
            case Outcome.Failed failed -> {
                state.rewind(mark);
                yield new Outcome.Failed(
                        failed.kind(), failed.message(), BASE_GAS + failed.gasUsed());
            }
        };
    }

    private static Outcome transfer(SignedCall call, BlockState state) {
        var in = new BorshArguments(call.arguments());
        var to = Address.of(in.raw(32));
        in.end();
        if (!state.move(call.sender(), to, call.value())) {
            return failed(
                    FailureKind.INSUFFICIENT_BALANCE,
                    "the sender has %s, not %s"
                            .formatted(state.balance(call.sender()), call.value()));
        }
        return new Outcome.Returned(new byte[0], List.of(), BASE_GAS);
    }

    private static Outcome failed(FailureKind kind, String message) {
        return failed(kind, message, BASE_GAS);
    }

    private static Outcome failed(FailureKind kind, String message, long gas) {
        return new Outcome.Failed(kind, message, gas);
    }

    /** Borsh of the few types that system calls take. */
    private static final class BorshArguments {
        private final ByteBuffer in;

        BorshArguments(byte[] bytes) {
            this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        byte[] raw(int length) {
            if (length < 0 || length > in.remaining()) {
                throw new IllegalArgumentException(
                        "%d bytes are wanted, %d are left".formatted(length, in.remaining()));
            }
            var bytes = new byte[length];
            in.get(bytes);
            return bytes;
        }

        byte[] bytes() {
            if (in.remaining() < Integer.BYTES) {
                throw new IllegalArgumentException("a length is wanted and nothing is left");
            }
            return raw(in.getInt());
        }

        String text() {
            return new String(bytes(), UTF_8);
        }

        void end() {
            if (in.hasRemaining()) {
                throw new IllegalArgumentException(in.remaining() + " bytes too many");
            }
        }
    }
}
