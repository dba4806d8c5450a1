package io.xwasm.agent.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateCacheTest {
    private static final StateKey KEY = key("key");

    private final StateCache cache = new StateCache();
    private final Map<StateKey, byte[]> disk = new HashMap<>();
    private final List<StateKey> reads = new ArrayList<>();

    private static StateKey key(String name) {
        return StateKey.of(name.getBytes(UTF_8));
    }

    private byte @Nullable [] fromDisk(StateKey key) {
        reads.add(key);
        return disk.get(key);
    }

    private byte @Nullable [] get(StateKey key) {
        return cache.get(key, this::fromDisk);
    }

    private void write(StateKey key, byte @Nullable [] value) {
        if (value == null) {
            disk.remove(key);
        } else {
            disk.put(key, value);
        }
        cache.written(List.of(new Change(key, null, value)));
    }

    @Test
    void what_was_read_is_not_read_again() {
        disk.put(KEY, new byte[] {1});

        assertThat(get(KEY)).containsExactly(1);
        assertThat(get(KEY)).containsExactly(1);

        assertThat(reads).containsExactly(KEY);
    }

    @Test
    void what_was_asked_for_and_then_written_is_not_read_again() {
        disk.put(KEY, new byte[] {1});
        get(KEY);

        write(KEY, new byte[] {2});

        assertThat(get(KEY)).containsExactly(2);
        assertThat(reads).containsExactly(KEY);
    }

    @Test
    void what_was_removed_is_gone() {
        disk.put(KEY, new byte[] {1});
        get(KEY);

        write(KEY, null);

        assertThat(get(KEY)).isNull();
    }

    @Test
    void what_is_only_written_displaces_nothing() {
        disk.put(KEY, new byte[] {1});
        get(KEY);

        for (int i = 0; i < 40; i++) {
            write(key("filling " + i), new byte[900_000]);
        }
        get(KEY);

        assertThat(reads).containsExactly(KEY);
    }

    @Test
    void a_value_that_was_read_while_something_was_written_is_not_kept() {
        disk.put(KEY, new byte[] {1});

        var old =
                cache.get(
                        KEY,
                        key -> {
                            var before = fromDisk(key);
                            write(KEY, new byte[] {2});
                            return before;
                        });

        assertThat(old).containsExactly(1);
        assertThat(get(KEY)).containsExactly(2);
    }

    @Test
    void what_was_not_asked_for_in_a_long_time_makes_room() {
        disk.put(KEY, new byte[] {1});
        var used = key("used");
        disk.put(used, new byte[] {2});
        get(KEY);
        get(used);
        reads.clear();

        for (int i = 0; i < 40; i++) {
            fill(i);
            get(used);
        }
        reads.removeIf(key -> !key.equals(KEY) && !key.equals(used));
        get(KEY);

        assertThat(reads).containsExactly(KEY);
    }

    @Test
    void a_value_that_is_too_large_is_read_from_the_disk_each_time() {
        disk.put(KEY, new byte[] {1});
        get(KEY);
        reads.clear();
        write(KEY, new byte[2 << 20]);

        assertThat(get(KEY)).hasSize(2 << 20);
        assertThat(get(KEY)).hasSize(2 << 20);

        assertThat(reads).containsExactly(KEY, KEY);
    }

    @Test
    void everything_can_be_forgotten_also_what_is_being_read() {
        disk.put(KEY, new byte[] {1});
        get(KEY);

        disk.put(KEY, new byte[] {2});
        cache.clear();
        var old =
                cache.get(
                        KEY,
                        key -> {
                            var before = fromDisk(key);
                            disk.put(KEY, new byte[] {3});
                            cache.clear();
                            return before;
                        });

        assertThat(old).containsExactly(2);
        assertThat(get(KEY)).containsExactly(3);
    }

    @Test
    void random_reads_and_writes_find_what_the_disk_holds() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            var key = key("key " + random.nextInt(100));
            switch (random.nextInt(8)) {
                case 0 -> write(key, new byte[random.nextInt(1_200_000)]);
                case 1 -> write(key, null);
                case 2 -> write(key, new byte[] {(byte) i});
                default ->
                        assertThat(get(key))
                                .as("seed %d, turn %d", seed, i)
                                .isSameAs(disk.get(key));
            }
        }
    }

    private void fill(int number) {
        var key = key("filling " + number);
        disk.put(key, new byte[900_000]);
        get(key);
    }
}
