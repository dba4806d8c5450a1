package io.xwasm.agent.testing.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.WireReader;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a call changed in the contracts' storage and in the accounts' balances. */
public record StateDiff(List<Entry> entries) {
    private static final int OF_ADDRESS = 33;

    public StateDiff {
        entries = List.copyOf(entries);
    }

    /**
     * One key.
     *
     * @param owner the contract or account, by name where it has one
     * @param key readable characters as they are and the other bytes in hex; {@code balance} for a
     *     native balance
     * @param before bytes in hex, or a balance; null where there was nothing
     * @param after likewise
     */
    public record Entry(String owner, String key, @Nullable String before, @Nullable String after) {
        @Override
        public String toString() {
            return "%s %s: %s -> %s"
                    .formatted(
                            owner,
                            key,
                            before == null ? "nothing" : before,
                            after == null ? "nothing" : after);
        }
    }

    static StateDiff of(List<Change> changes, Function<Address, String> names) {
        return new StateDiff(
                changes.stream()
                        .filter(c -> letter(c) == 's' || letter(c) == 'b')
                        .map(c -> entry(c, names))
                        .toList());
    }

    private static char letter(Change change) {
        return (char) change.key().bytes()[0];
    }

    private static Entry entry(Change change, Function<Address, String> names) {
        var bytes = change.key().bytes();
        var owner = names.apply(Address.of(Arrays.copyOfRange(bytes, 1, OF_ADDRESS)));
        if (letter(change) == 'b') {
            return new Entry(owner, "balance", balance(change.before()), balance(change.after()));
        }
        var key = Arrays.copyOfRange(bytes, OF_ADDRESS, bytes.length);
        return new Entry(owner, readable(key), hex(change.before()), hex(change.after()));
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static String balance(byte @Nullable [] bytes) {
        return bytes == null ? "0" : new WireReader(bytes, "balance").u128().toString();
    }

    private static String readable(byte[] key) {
        boolean text = true;
        for (byte b : key) {
            text &= b > ' ' && b < 127;
        }
        return text ? new String(key, UTF_8) : mixed(key);
    }

    private static String mixed(byte[] key) {
        int end = 0;
        while (end < key.length && key[end] > ' ' && key[end] < 127) {
            end++;
        }
        var rest = HexFormat.of().formatHex(key, end, key.length);
        return end == 0 ? rest : new String(key, 0, end, UTF_8) + "·" + rest;
    }

    @Override
    public String toString() {
        return entries.stream().map(Entry::toString).collect(Collectors.joining("\n"));
    }
}
