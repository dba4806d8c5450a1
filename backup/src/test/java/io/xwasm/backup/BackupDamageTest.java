package io.xwasm.backup;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever happens to a stored backup, reading it says so. */
class BackupDamageTest {
    private static final String ID = "b-1";
    private static final String FIRST = "b-1/chunk-000001";
    private static final String SECOND = "b-1/chunk-000002";
    private static final String MANIFEST = "b-1/manifest";

    private final MemoryBackupStore store = new MemoryBackupStore();
    private final DataKey key = DataKey.generate();
    private final Random random = new Random(1);

    @BeforeEach
    void a_backup_of_several_chunks() throws Exception {
        write(ID, key);
    }

    @Test
    void every_flipped_bit_is_found() throws Exception {
        for (var name : List.of(FIRST, SECOND, MANIFEST)) {
            var whole = store.bytes(name);
            for (int at : positions(whole.length)) {
                var flipped = whole.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                store.objects.put(name, flipped);
                assertDamage()
                        .hasMessageContaining("backup b-1 is damaged")
                        .hasMessageContaining(name);
            }
            store.objects.put(name, whole);
        }
        RecordsForTests.read(BackupReader.open(ID, key, store));
    }

    @Test
    void every_truncation_is_found() {
        for (var name : List.of(FIRST, MANIFEST)) {
            var whole = store.bytes(name);
            for (int length : new int[] {0, 1, 4, 20, 33, whole.length / 2, whole.length - 1}) {
                store.objects.put(name, java.util.Arrays.copyOf(whole, length));
                assertDamage().hasMessageContaining(name);
            }
            store.objects.put(name, whole);
        }
    }

    @Test
    void a_missing_chunk_is_named() {
        store.objects.remove(SECOND);
        assertDamage().hasMessage("backup b-1 is damaged: 'b-1/chunk-000002' is missing in memory");
    }

    @Test
    void a_chunk_too_many_is_named() {
        store.objects.put("b-1/chunk-000099", new byte[] {1});
        assertDamage()
                .hasMessage("backup b-1 is damaged: 'b-1/chunk-000099' does not belong to it");
    }

    @Test
    void a_renamed_chunk_is_named() {
        store.objects.put("b-1/chunk-000098", store.bytes(SECOND));
        store.objects.remove(SECOND);
        assertDamage().hasMessageContaining("'b-1/chunk-000002' is missing");
    }

    @Test
    void two_chunks_that_changed_places_are_found() {
        var first = store.bytes(FIRST);
        store.objects.put(FIRST, store.bytes(SECOND));
        store.objects.put(SECOND, first);
        assertDamage().hasMessageContaining(FIRST);
    }

    @Test
    void a_chunk_of_another_backup_is_found_even_under_the_same_key() throws Exception {
        write("b-2", key);
        store.objects.put(FIRST, store.bytes("b-2/chunk-000001"));
        assertDamage().hasMessageContaining(FIRST);
    }

    @Test
    void the_manifest_of_another_backup_is_found_even_under_the_same_key() throws Exception {
        write("b-2", key);
        store.objects.put(MANIFEST, store.bytes("b-2/manifest"));
        assertDamage().hasMessageContaining("'b-1/manifest' cannot be decrypted");
    }

    @Test
    void a_backup_under_another_name_is_found() {
        for (var name : store.list(ID)) {
            store.objects.put(name.replace(ID, "b-9"), store.bytes(name));
        }
        assertThatThrownBy(() -> BackupReader.open("b-9", key, store))
                .isInstanceOf(BackupDamaged.class)
                .hasMessageContaining("'b-9/manifest' cannot be decrypted");
    }

    @Test
    void the_wrong_data_key_is_found() {
        assertThatThrownBy(() -> BackupReader.open(ID, DataKey.generate(), store))
                .isInstanceOf(BackupDamaged.class)
                .hasMessageContaining("or this is not the key of this backup");
    }

    @Test
    void a_newer_format_is_named() {
        var future =
                "{\"header\":{\"format\":2,\"backup\":\"b-1\",\"news\":true}}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.objects.put(MANIFEST, key.seal(future, BackupObjects.manifestBinding(ID)));
        assertDamage().hasMessageContaining("is of format 2, and this version reads format 1");
    }

    @Test
    void text_that_is_no_manifest_is_named() {
        var nonsense =
                "{\"header\":{\"format\":1},\"chunks\":[]}"
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        store.objects.put(MANIFEST, key.seal(nonsense, BackupObjects.manifestBinding(ID)));
        assertDamage().hasMessageContaining("'b-1/manifest' is no manifest");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertDamage() {
        return assertThatThrownBy(() -> RecordsForTests.read(BackupReader.open(ID, key, store)))
                .isInstanceOf(BackupDamaged.class);
    }

    /** Each byte of the beginning and the end, where the structure is, and a sample between. */
    private int[] positions(int length) {
        return java.util.stream.IntStream.concat(
                        java.util.stream.IntStream.range(0, 40),
                        java.util.stream.IntStream.concat(
                                random.ints(40, 40, length - 40),
                                java.util.stream.IntStream.range(length - 40, length)))
                .toArray();
    }

    private void write(String id, DataKey with) throws InterruptedException {
        var records = RecordsForTests.random(new Random(id.hashCode()), 24_000, 150);
        BackupWriter.write(
                RecordsForTests.header(id),
                new byte[] {1, 2, 3},
                records.iterator(),
                with,
                store,
                RecordsForTests.SILENT);
    }
}
