package io.xwasm.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.agent.protocol.SignedCall;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Just enough of a ledger: receipts by call, proxies with their history, balances. */
public final class ScriptedChain {
    private record Change(long version, Hash code, Hash previous, String kind, Hash call) {}

    private record Saved(
            List<Hash> blocks,
            Map<Hash, Receipt> receipts,
            Map<Address, List<Change>> proxies,
            Map<Address, BigInteger> balances) {}

    private final Map<String, Saved> backups = new HashMap<>();
    private final Map<Hash, Receipt> receipts = new HashMap<>();
    private final Map<Address, List<Change>> proxies = new HashMap<>();
    private final Map<Address, BigInteger> balances = new HashMap<>();

    /** Hashes by height, from the first; no two are ever equal, whatever was restored between. */
    private final List<Hash> blocks = new ArrayList<>();

    private final Set<String> damaged = new HashSet<>();
    private long made;
    private boolean takesCalls = true;

    /** Takes no calls for a while, as a group does whose primary is being replaced. */
    public synchronized void takeCalls(boolean take) {
        takesCalls = take;
    }

    synchronized boolean takesCalls() {
        return takesCalls;
    }

    public synchronized long height() {
        return blocks.size();
    }

    /** Zero for the height before the first. */
    synchronized Hash blockAt(long height) {
        return height == 0 ? Hash.ZERO : blocks.get((int) height - 1);
    }

    synchronized boolean holds(long height, Hash block) {
        return height <= blocks.size() && blockAt(height).equals(block);
    }

    synchronized long backUp(String backup) {
        var saved =
                backups.computeIfAbsent(
                        backup,
                        _ ->
                                new Saved(
                                        List.copyOf(blocks),
                                        Map.copyOf(receipts),
                                        copy(proxies),
                                        Map.copyOf(balances)));
        return saved.blocks().size();
    }

    /** A bit flips in what is stored, or flips back. */
    public synchronized void damage(String backup, boolean damage) {
        var _ = damage ? damaged.add(backup) : damaged.remove(backup);
    }

    synchronized boolean isDamaged(String backup) {
        return damaged.contains(backup);
    }

    synchronized long heightOf(String backup) {
        return saved(backup).blocks().size();
    }

    synchronized long restore(String backup) {
        var saved = saved(backup);
        blocks.clear();
        blocks.addAll(saved.blocks());
        receipts.clear();
        receipts.putAll(saved.receipts());
        proxies.clear();
        proxies.putAll(copy(saved.proxies()));
        balances.clear();
        balances.putAll(saved.balances());
        return blocks.size();
    }

    private Saved saved(String backup) {
        return Objects.requireNonNull(backups.get(backup), "no backup " + backup);
    }

    private static Map<Address, List<Change>> copy(Map<Address, List<Change>> proxies) {
        var copy = new HashMap<Address, List<Change>>();
        proxies.forEach((address, changes) -> copy.put(address, new ArrayList<>(changes)));
        return copy;
    }

    public synchronized int changesOf(Address contract) {
        return proxies.getOrDefault(contract, List.of()).size();
    }

    public synchronized BigInteger balance(Address account) {
        return balances.getOrDefault(account, BigInteger.ZERO);
    }

    /** The same call again gets its first receipt. */
    synchronized Receipt execute(SignedCall call) {
        var before = receipts.get(call.hash());
        if (before != null) {
            return before;
        }
        blocks.add(Hash.sha256(Long.toString(made++).getBytes(UTF_8)));
        long height = blocks.size();
        var failure = call.contract().equals(Address.SYSTEM) ? system(call) : proxy(call);
        var receipt = new Receipt(call.hash(), height, 0, 10, failure, new byte[0], List.of());
        receipts.put(call.hash(), receipt);
        return receipt;
    }

    private Receipt.@org.jspecify.annotations.Nullable Failure system(SignedCall call) {
        var in = ByteBuffer.wrap(call.arguments()).order(ByteOrder.LITTLE_ENDIAN);
        switch (call.method()) {
            case "deploy" -> {
                var name = new String(blob(in), UTF_8);
                var _ = hash(in);
                var _ = blob(in);
                var init = ByteBuffer.wrap(blob(in)).order(ByteOrder.LITTLE_ENDIAN);
                var _ = hash(init);
                var history = new ArrayList<Change>();
                history.add(new Change(1, hash(init), Hash.ZERO, "deploy", call.hash()));
                if (proxies.putIfAbsent(Address.ofContract(call.group(), name), history) != null) {
                    return new Receipt.Failure("state", "a contract named '" + name + "' exists");
                }
            }
            case "transfer" ->
                    balances.merge(Address.of(hash(in).bytes()), call.value(), BigInteger::add);
            default -> {}
        }
        return null;
    }

    private Receipt.@org.jspecify.annotations.Nullable Failure proxy(SignedCall call) {
        var in = ByteBuffer.wrap(call.arguments()).order(ByteOrder.LITTLE_ENDIAN);
        var history = proxies.get(call.contract());
        if (history == null) {
            return new Receipt.Failure("unknown_contract", "there is no contract");
        }
        var now = history.getLast();
        long latest = history.stream().mapToLong(Change::version).max().orElse(0);
        if (call.method().equals("upgrade")) {
            history.add(new Change(latest + 1, hash(in), now.code(), "upgrade", call.hash()));
            return null;
        }
        long wanted = in.getLong();
        long target = wanted == 0 ? now.version() - 1 : wanted;
        for (var change : List.copyOf(history)) {
            if (change.version() == target) {
                history.add(new Change(target, change.code(), now.code(), "rollback", call.hash()));
                return null;
            }
        }
        return new Receipt.Failure("state", "there is no previous version");
    }

    synchronized Reply query(Address contract, String method) {
        if (!method.equals("history")) {
            return new Reply.Refused("failed", "only history is scripted");
        }
        var changes = proxies.get(contract);
        if (changes == null) {
            var none = new Receipt.Failure("unknown_contract", "there is no contract");
            return new Reply.Queried(new byte[0], none, 1, height());
        }
        var out = ByteBuffer.allocate(4 + 256 * changes.size()).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(changes.size());
        for (var change : changes) {
            out.putLong(change.version()).put(change.code().bytes()).put(change.previous().bytes());
            out.putInt(change.kind().length()).put(change.kind().getBytes(UTF_8));
            out.put(new byte[32]).putLong(1_000_000).put(change.call().bytes());
        }
        var result = new byte[out.position()];
        out.flip().get(result);
        return new Reply.Queried(result, null, 1, height());
    }

    private static byte[] blob(ByteBuffer in) {
        var bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    private static Hash hash(ByteBuffer in) {
        var bytes = new byte[32];
        in.get(bytes);
        return Hash.of(bytes);
    }
}
