package io.xwasm.agent.ledger.state;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.BlockContext;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Event;
import io.xwasm.agent.vm.Invocation;
import io.xwasm.agent.vm.Outcome;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;

/**
 * Runs calls on a block's state. The same call on the same state gives the same receipt on every
 * member, for ever.
 */
public final class CallExecutor {
    /** A call may be valid for at most this long, so that receipts need not be kept for ever. */
    public static final long LONGEST_VALIDITY_MILLIS = 3_600_000;

    /** What a query may use: half a second at most, or some 33,000 reads. */
    private static final long QUERY_GAS = 1_000_000_000;

    private final ContractVm vm;
    private final Genesis genesis;
    private final SystemContract system;

    public CallExecutor(ContractVm vm, Genesis genesis) {
        this.vm = vm;
        this.genesis = genesis;
        this.system = new SystemContract(vm, genesis);
    }

    /** Whether a call may go into the next block. */
    public enum Admission {
        ADMITTED,
        NONCE_USED,
        NONCE_TOO_FAR_AHEAD,
        EXPIRED,
        EXPIRES_TOO_LATE
    }

    public Admission admit(SignedCall call, long blockTimeMillis, BlockState state) {
        var nonce =
                switch (state.nonces(call.sender()).verdict(call.nonce())) {
                    case FREE -> Admission.ADMITTED;
                    case USED -> Admission.NONCE_USED;
                    case TOO_FAR_AHEAD -> Admission.NONCE_TOO_FAR_AHEAD;
                };
        if (nonce != Admission.ADMITTED) {
            return nonce;
        }
        if (call.expiresAtMillis() < blockTimeMillis) {
            return Admission.EXPIRED;
        }
        return call.expiresAtMillis() > blockTimeMillis + LONGEST_VALIDITY_MILLIS
                ? Admission.EXPIRES_TOO_LATE
                : Admission.ADMITTED;
    }

    /**
     * Compiles code that a call is about to store, so that the thread which executes blocks need
     * not.
     */
    public void prepare(SignedCall call) {
        if (storesCode(call)) {
            system.prepare(call);
        }
    }

    public static boolean storesCode(SignedCall call) {
        return call.contract().equals(Address.SYSTEM) && call.method().equals("store_code");
    }

    /** Compiles code that the state holds; what may not run here any more stays as it is. */
    public void compile(byte[] wasm) {
        system.compile(wasm);
    }

    /** Runs an admitted call; its nonce is used whatever becomes of it. */
    public Receipt execute(SignedCall call, BlockContext block, int position, BlockState state) {
        state.setNonces(call.sender(), state.nonces(call.sender()).use(call.nonce()));
        int mark = state.mark();
        var hash = call.hash();
        var outcome = run(call, hash, block, state);
        return switch (outcome) {
            case Outcome.Returned(var result, var events, var gas) ->
                    new Receipt(
                            hash,
                            block.height(),
                            position,
                            gas,
                            null,
                            result,
                            events.stream().map(CallExecutor::emitted).toList());
            case Outcome.Failed failed -> {
                state.rewind(mark);
                yield new Receipt(
                        hash,
                        block.height(),
                        position,
                        failed.gasUsed(),
                        failure(failed),
                        new byte[0],
                        List.of());
            }
        };
    }

    private Outcome run(SignedCall call, Hash hash, BlockContext block, BlockState state) {
        if (call.contract().equals(Address.SYSTEM)) {
            return system.call(call, invocation -> vm.call(invocation, state), block, state);
        }
        return vm.call(
                new Invocation(
                        call.sender(),
                        call.contract(),
                        call.method(),
                        call.arguments(),
                        call.value(),
                        call.gasLimit(),
                        block,
                        hash),
                state);
    }

    /** Runs a method for its result; the caller throws the state away. */
    public Outcome query(
            Address contract,
            String method,
            byte[] arguments,
            BlockContext block,
            BlockState state) {
        return vm.call(
                new Invocation(
                        genesis.fleet(),
                        contract,
                        method,
                        arguments,
                        BigInteger.ZERO,
                        QUERY_GAS,
                        block,
                        genesis.hash()),
                state);
    }

    /** What the state holds before the first block. */
    public void found(BlockState state) {
        state.setBalance(genesis.fleet(), genesis.supply());
    }

    /** A failure as it stands in receipts and answers. */
    public static Receipt.Failure failure(Outcome.Failed failed) {
        return new Receipt.Failure(failed.kind().name().toLowerCase(Locale.ROOT), failed.message());
    }

    private static Receipt.Emitted emitted(Event event) {
        return new Receipt.Emitted(event.contract(), event.topic(), event.data());
    }
}
