package io.xwasm.agent.ledger.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateRootTest {
    private final long seed = Long.getLong("xwasm.seed", System.nanoTime());
    private final Random random = new Random(seed);

    private static StateKey key(String name) {
        return StateKey.of(name.getBytes(UTF_8));
    }

    private byte[] bytes(int limit) {
        var bytes = new byte[random.nextInt(limit)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static StateRoot of(Map<StateKey, byte[]> state) {
        var root = new StateRoot();
        state.forEach(root::add);
        return root;
    }

    @Test
    void the_order_of_the_records_does_not_matter() {
        System.out.println("seed " + seed);
        var records = new ArrayList<Map.Entry<StateKey, byte[]>>();
        for (int i = 0; i < 200; i++) {
            records.add(Map.entry(key("key " + i), bytes(300)));
        }
        var first = new StateRoot();
        records.forEach(r -> first.add(r.getKey(), r.getValue()));
        Collections.shuffle(records, random);
        var second = new StateRoot();
        records.forEach(r -> second.add(r.getKey(), r.getValue()));

        assertThat(second.hash()).as("seed %d", seed).isEqualTo(first.hash());
    }

    @Test
    void what_is_added_and_removed_again_leaves_no_trace() {
        System.out.println("seed " + seed);
        var root = new StateRoot();
        root.add(key("stays"), new byte[] {1});
        var before = root.toBytes();
        var records = new HashMap<StateKey, byte[]>();
        for (int i = 0; i < 300; i++) {
            records.put(key("key " + i), bytes(100));
        }
        records.forEach(root::add);
        assertThat(root.toBytes()).isNotEqualTo(before);
        var entries = new ArrayList<>(records.entrySet());
        Collections.shuffle(entries, random);
        entries.forEach(r -> root.remove(r.getKey(), r.getValue()));

        assertThat(root.toBytes()).as("seed %d", seed).isEqualTo(before);
    }

    @Test
    void the_root_recomputed_from_the_state_equals_the_one_that_was_carried_along() {
        System.out.println("seed " + seed);
        var state = new HashMap<StateKey, byte[]>();
        var carried = new StateRoot();
        for (int block = 0; block < 60; block++) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                var key = key("key " + (block % 3) + "/" + i * random.nextInt(1, 4));
                if (changes.stream().anyMatch(c -> c.key().equals(key))) {
                    continue;
                }
                byte[] after = random.nextInt(4) == 0 ? null : bytes(64);
                changes.add(change(state, key, after));
            }
            carried.apply(changes);
            if (random.nextBoolean()) {
                carried = StateRoot.parse(carried.toBytes());
            }
            assertThat(carried.hash())
                    .as("seed %d, block %d", seed, block)
                    .isEqualTo(of(state).hash());
        }
    }

    private static Change change(
            Map<StateKey, byte[]> state, StateKey key, byte @Nullable [] after) {
        var change = new Change(key, state.get(key), after);
        if (after == null) {
            state.remove(key);
        } else {
            state.put(key, after);
        }
        return change;
    }

    @Test
    void changes_of_more_keys_than_are_remembered_lead_to_the_root_of_the_state() {
        System.out.println("seed " + seed);
        var state = new HashMap<StateKey, byte[]>();
        var carried = new StateRoot();
        for (int block = 0; block < 4; block++) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < 6_000; i++) {
                var key = key("key " + i);
                byte[] after = random.nextInt(20) == 0 ? null : bytes(600);
                changes.add(change(state, key, after));
            }
            carried.apply(changes);
        }

        assertThat(carried.hash()).as("seed %d", seed).isEqualTo(of(state).hash());
    }

    @Test
    void a_record_counts_as_its_hash_expanded_with_aes_ctr() throws GeneralSecurityException {
        var hash = MessageDigest.getInstance("SHA-256");
        hash.update(new byte[] {0, 0, 0, 3});
        hash.update("key".getBytes(UTF_8));
        var cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(hash.digest("value".getBytes(UTF_8)), "AES"),
                new IvParameterSpec(new byte[16]));
        var expected = cipher.doFinal(new byte[2048]);

        var root = new StateRoot();
        root.add(key("key"), "value".getBytes(UTF_8));

        assertThat(root.toBytes()).isEqualTo(expected);
    }

    @Test
    void other_states_have_other_roots() {
        var state = of(Map.of(key("a"), new byte[] {1})).hash();

        assertThat(of(Map.of()).hash()).isNotEqualTo(state);
        assertThat(of(Map.of(key("a"), new byte[] {2})).hash()).isNotEqualTo(state);
        assertThat(of(Map.of(key("b"), new byte[] {1})).hash()).isNotEqualTo(state);
        assertThat(of(Map.of(key("a"), new byte[] {1}, key("b"), new byte[0])).hash())
                .isNotEqualTo(state);
    }

    @Test
    void key_and_value_are_kept_apart() {
        var split = of(Map.of(key("ab"), "c".getBytes(UTF_8))).hash();

        assertThat(of(Map.of(key("a"), "bc".getBytes(UTF_8))).hash()).isNotEqualTo(split);
    }

    @Test
    void lanes_do_not_carry_into_each_other() {
        var once = new StateRoot();
        once.add(key("a"), new byte[] {1});
        var many = new StateRoot();
        // 2^16 times the same record is nothing in lanes of 16 bits; a carry would leave ones.
        for (int i = 0; i < 1 << 16; i++) {
            many.add(key("a"), new byte[] {1});
        }

        assertThat(many.hash()).isEqualTo(new StateRoot().hash());
        assertThat(once.hash()).isNotEqualTo(new StateRoot().hash());
    }

    @Test
    void a_sum_of_the_wrong_length_is_refused() {
        assertThatThrownBy(() -> StateRoot.parse(new byte[2_047]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2048 bytes, not 2047");
    }
}
