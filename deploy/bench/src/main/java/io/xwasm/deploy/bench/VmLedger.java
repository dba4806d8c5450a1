package io.xwasm.deploy.bench;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.ledger.state.BlockState;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateRoot;
import io.xwasm.agent.ledger.store.Executed;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.BlockContext;
import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of one member without its network: one thread executes calls and closes blocks, another
 * adds them to the state root and writes them to RocksDB with an fsync, as a primary does.
 * Signatures are neither made nor checked.
 */
final class VmLedger implements AutoCloseable {
    static final long GAS = 20_000_000;
    private static final int BLOCK_CALLS = 500;
    private static final GroupId GROUP = new GroupId("bench");

    private final ContractVm vm;
    private final Address fleet = Address.ofContract(GROUP, "fleet");
    private final Genesis genesis = new Genesis(GROUP, fleet, Genesis.DEFAULT_SUPPLY);
    private final CallExecutor executor;
    private final LedgerFolder folder;
    private final StateRoot root;
    private final ExecutorService sealer = Executors.newSingleThreadExecutor();

    /** What is executed and not yet in the store, with the height that brings it there. */
    private final Map<StateKey, Pending> pending = new ConcurrentHashMap<>();

    private final Map<Address, Long> nonces = new HashMap<>();
    private Hash previous;
    private long height;
    private long gas;

    private record Pending(long height, byte @Nullable [] value) {}

    VmLedger(ContractVm vm, Path path) {
        this.vm = vm;
        this.executor = new CallExecutor(vm, genesis);
        this.folder = LedgerFolder.openOrFound(path, genesis, executor);
        this.root = StateRoot.parse(Objects.requireNonNull(folder.store().sum()));
        this.previous = genesis.hash();
    }

    Address fleet() {
        return fleet;
    }

    SignedCall call(Address sender, Address contract, String method, byte[] arguments) {
        long nonce = nonces.merge(sender, 1L, Long::sum) - 1;
        return new SignedCall(
                GROUP,
                sender,
                nonce,
                contract,
                method,
                arguments,
                BigInteger.ZERO,
                GAS,
                CallExecutor.LONGEST_VALIDITY_MILLIS,
                new byte[SignedCall.SIGNATURE_LENGTH]);
    }

    /** Stores a shipped contract's code. */
    CodeHash store(String shipped) throws IOException {
        return store(ShippedContracts.code(shipped));
    }

    CodeHash store(byte[] wasm) throws IOException {
        runOne(call(fleet, Address.SYSTEM, "store_code", VmArguments.bytes(wasm)));
        return CodeHash.ofCode(wasm);
    }

    Address deploy(String name, CodeHash code, byte[] init) throws IOException {
        runOne(
                call(
                        fleet,
                        Address.SYSTEM,
                        "deploy",
                        VmArguments.deployment(name, code, "init", init)));
        return Address.ofContract(GROUP, name);
    }

    void runOne(SignedCall call) throws IOException {
        var left = new ArrayList<>(List.of(call));
        awaitWritten(block(() -> left.isEmpty() ? null : left.removeFirst()));
    }

    /** Calls in blocks for so long; how many a second were written. */
    double run(Supplier<SignedCall> calls, double seconds) throws IOException {
        long began = System.nanoTime();
        long until = began + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
        long done = 0;
        Future<?> last = sealer.submit(() -> {});
        while (System.nanoTime() < until) {
            var next = block(calls);
            // One block is executed while the one before is written.
            awaitWritten(last);
            last = next;
            done += BLOCK_CALLS;
        }
        awaitWritten(last);
        return done / ((System.nanoTime() - began) / 1e9);
    }

    private static void awaitWritten(Future<?> block) throws IOException {
        try {
            block.get();
        } catch (ExecutionException e) {
            throw new IOException("writing a block of the bench", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a block was written", e);
        }
    }

    private Future<?> block(Supplier<? extends @Nullable SignedCall> calls) throws IOException {
        var state = new BlockState(this::read);
        var context = new BlockContext(++height, 1);
        List<SignedCall> taken = new ArrayList<>(BLOCK_CALLS);
        List<Receipt> receipts = new ArrayList<>(BLOCK_CALLS);
        for (var call = calls.get();
                call != null;
                call = taken.size() < BLOCK_CALLS ? calls.get() : null) {
            var receipt = executor.execute(call, context, taken.size(), state);
            if (!receipt.succeeded()) {
                throw new IOException("%s: %s".formatted(call.method(), receipt.failure()));
            }
            taken.add(call);
            receipts.add(receipt);
            gas += receipt.gasUsed();
        }
        var changes = state.changes();
        changes.forEach(
                change -> pending.put(change.key(), new Pending(context.height(), change.after())));
        return sealer.submit(() -> write(context.height(), taken, receipts, changes));
    }

    private byte @Nullable [] read(StateKey key) {
        var newest = pending.get(key);
        return newest == null ? folder.store().state().get(key) : newest.value();
    }

    private void write(
            long at, List<SignedCall> calls, List<Receipt> receipts, List<Change> changes) {
        var before = root.toBytes();
        root.apply(changes);
        var header =
                new BlockHeader(
                        GROUP,
                        at,
                        new Epoch(1),
                        previous,
                        1,
                        calls.size(),
                        Block.hashOfCalls(calls),
                        Block.hashOfReceipts(receipts),
                        root.hash(),
                        BlockHeader.SEMANTICS);
        previous = header.hash();
        folder.store()
                .appendExecuted(
                        new Block(header, calls).toBytes(),
                        new Executed(at, changes, receipts, before, root.toBytes()),
                        at);
        changes.forEach(change ->
                pending.computeIfPresent(
                        change.key(), (_, held) -> held.height() == at ? null : held));
    }

    /** What all calls so far have used. */
    long gas() {
        return gas;
    }

    ContractVm vm() {
        return vm;
    }

    @Override
    public void close() {
        sealer.close();
        folder.close();
    }
}
