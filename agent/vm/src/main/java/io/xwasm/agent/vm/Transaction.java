package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One call from outside with all the calls that it leads to: who waits for whom, what has been
 * announced, and what is undone when one of them fails.
 */
final class Transaction {
    /** Run only when a contract is deployed, or by code that already runs at its address. */
    private static final String INIT = "init";

    /** Reserved for code that already runs at the address: a proxy, which asks its owner first. */
    private static final Set<String> MIGRATIONS = Set.of("migrate", "migrate_back");

    private static final byte[] NOTHING = {};

    /** How one contract's part ended. Either way so much gas and stack is left to its caller. */
    record Ended(Optional<FailureKind> failure, byte[] result, long gasLeft) {
        static Ended failed(FailureKind kind, String sentence, long gasLeft) {
            return new Ended(Optional.of(kind), sentence.getBytes(UTF_8), gasLeft);
        }
    }

    private static final Ended OUT_OF_GAS = Ended.failed(FailureKind.OUT_OF_GAS, "out of gas", 0);

    private final Invocation invocation;
    private final World world;
    private final ChicoryCodes codes;
    private final MemoryPeaks memory;
    private final List<Event> events = new ArrayList<>();
    private final List<Address> waiting = new ArrayList<>();
    private int depth;
    private int writes;

    Transaction(Invocation invocation, World world, ChicoryCodes codes, MemoryPeaks memory) {
        this.invocation = invocation;
        this.world = world;
        this.codes = codes;
        this.memory = memory;
    }

    Invocation invocation() {
        return invocation;
    }

    World world() {
        return world;
    }

    Outcome run() {
        var frame =
                new Frame(
                        this,
                        invocation.caller(),
                        invocation.contract(),
                        invocation.method(),
                        invocation.arguments(),
                        invocation.value());
        var ended = call(frame, invocation.gasLimit(), VmLimits.STACK_UNITS);
        long used = invocation.gasLimit() - ended.gasLeft();
        return ended.failure().isPresent()
                ? new Outcome.Failed(ended.failure().get(), new String(ended.result(), UTF_8), used)
                : new Outcome.Returned(ended.result(), List.copyOf(events), used);
    }

    /** Runs a contract at its own address, with its caller's value. */
    Ended call(Frame frame, long gas, int stackUnits) {
        long cost = costOf(frame);
        if (cost > gas) {
            return OUT_OF_GAS;
        }
        return callPaid(frame, gas - cost, stackUnits);
    }

    private Ended callPaid(Frame frame, long gas, int stackUnits) {
        var code = world.codeOf(frame.self());
        boolean plainTransfer = depth > 0 && frame.method().isEmpty() && frame.input().length == 0;
        if (code == null && !plainTransfer) {
            return Ended.failed(
                    FailureKind.UNKNOWN_CONTRACT,
                    "there is no contract at " + frame.self().abbreviated(),
                    gas);
        }
        var refusal = refusedByName(frame);
        if (!refusal.isEmpty()) {
            return Ended.failed(FailureKind.PERMISSION, refusal, gas);
        }
        int mark = world.mark();
        if (frame.value().signum() > 0
                && !world.move(frame.caller(), frame.self(), frame.value())) {
            return Ended.failed(
                    FailureKind.INSUFFICIENT_BALANCE,
                    "%s does not have %s".formatted(frame.caller().abbreviated(), frame.value()),
                    gas);
        }
        if (code == null) {
            return new Ended(Optional.empty(), NOTHING, gas);
        }
        waiting.add(frame.self());
        var ended = enter(code, frame, gas, stackUnits, mark);
        waiting.removeLast();
        return ended;
    }

    /** Runs other code at the address where its caller runs. */
    Ended delegate(CodeHash code, Frame frame, long gas, int stackUnits) {
        long cost = costOf(frame);
        if (cost > gas) {
            return OUT_OF_GAS;
        }
        return world.hasCode(code)
                ? enter(code, frame, gas - cost, stackUnits, world.mark())
                : unknownCode(code, gas - cost);
    }

    /** Whether this code can be asked for the method; empty when there is no such code. */
    Optional<Boolean> hasMethod(CodeHash code, String method) {
        if (!world.hasCode(code)) {
            return Optional.empty();
        }
        return codes.find(code, world).map(found -> found.entry(method) != null);
    }

    void announce(Event event) {
        if (events.size() >= VmLimits.EVENTS) {
            throw new ContractStopped(
                    FailureKind.LIMIT_EXCEEDED,
                    "more than %d events in one call".formatted(VmLimits.EVENTS));
        }
        events.add(event);
    }

    /** An instance of this contract ends with so many pages of memory. */
    void held(Address contract, int pages) {
        memory.held(contract, pages);
    }

    /** To be asked before each write; those that are undone later have been work as well. */
    void countWrite() {
        if (++writes > VmLimits.WRITES) {
            throw new ContractStopped(
                    FailureKind.LIMIT_EXCEEDED,
                    "more than %d writes in one call".formatted(VmLimits.WRITES));
        }
    }

    private Ended enter(CodeHash hash, Frame frame, long gas, int stackUnits, int mark) {
        if (depth >= VmLimits.CALL_DEPTH) {
            world.rewind(mark);
            return Ended.failed(
                    FailureKind.DEPTH_EXCEEDED,
                    "more than %d contracts wait for one another".formatted(VmLimits.CALL_DEPTH),
                    gas);
        }
        int announced = events.size();
        depth++;
        var ended = run(hash, frame, gas, stackUnits);
        depth--;
        if (ended.failure().isPresent()) {
            world.rewind(mark);
            events.subList(announced, events.size()).clear();
        }
        return ended;
    }

    private Ended run(CodeHash hash, Frame frame, long gas, int stackUnits) {
        var code = codes.find(hash, world);
        if (code.isEmpty()) {
            return unknownCode(hash, gas);
        }
        var entry = code.get().entryOrFallback(frame.method());
        if (Collections.frequency(waiting, frame.self()) > 1
                && (entry == null || !entry.reentrant())) {
            return Ended.failed(
                    FailureKind.REENTRANCY,
                    "%s is already at work in this call, and '%s' is not declared reentrant"
                            .formatted(frame.self().abbreviated(), frame.method()),
                    gas);
        }
        if (entry == null) {
            // A contract that needs no setting up may leave init away.
            boolean nothingToSetUp = frame.method().equals(INIT) && frame.input().length == 0;
            return nothingToSetUp
                    ? new Ended(Optional.empty(), NOTHING, gas)
                    : Ended.failed(
                            FailureKind.UNKNOWN_METHOD,
                            "%s has no method '%s'".formatted(code.get().name(), frame.method()),
                            gas);
        }
        if (frame.value().signum() > 0 && !entry.payable()) {
            return Ended.failed(
                    FailureKind.NOT_PAYABLE,
                    "%s of %s takes no value".formatted(frame.method(), code.get().name()),
                    gas);
        }
        int units = stackUnits - VmLimits.STACK_UNITS_PER_CONTRACT - entry.stackUnits();
        if (units < 0) {
            return Ended.failed(
                    FailureKind.DEPTH_EXCEEDED, "the calls of this call are too deep", gas);
        }
        long cleaning = code.get().pages() * GasCosts.PER_ENTERED_PAGE;
        return cleaning > gas ? OUT_OF_GAS : code.get().run(entry, frame, gas - cleaning, units);
    }

    private static long costOf(Frame frame) {
        return GasCosts.CONTRACT_CALL + frame.input().length * GasCosts.PER_ARGUMENT_BYTE;
    }

    private static Ended unknownCode(CodeHash hash, long gas) {
        return Ended.failed(
                FailureKind.UNKNOWN_CONTRACT,
                "the code %s is not known or may not run".formatted(hash.abbreviated()),
                gas);
    }

    /** The names that open a door for whoever runs the contract, and for nobody else. */
    private String refusedByName(Frame frame) {
        if (MIGRATIONS.contains(frame.method())) {
            return frame.method() + " is run by an upgrade or a rollback, never called";
        }
        boolean deploying = depth == 0 && frame.caller().equals(Address.SYSTEM);
        return frame.method().equals(INIT) && !deploying
                ? "init is run when a contract is deployed, never called"
                : "";
    }
}
