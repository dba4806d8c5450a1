package io.xwasm.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.backup.store.AlreadyStored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackupTest {
    private final MemoryBackupStore store = new MemoryBackupStore();
    private final DataKey key = DataKey.generate();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @Test
    void the_same_records_come_back_in_the_same_order() throws Exception {
        System.out.println("seed " + seed);
        for (int count : new int[] {0, 4, 400, 40_000}) {
            var records = RecordsForTests.random(random, count, 300);
            var id = "round-" + count;
            var written = write(id, records);

            var reader = BackupReader.open(id, key, store);
            assertThat(RecordsForTests.read(reader)).isEqualTo(records);
            assertThat(RecordsForTests.read(reader)).as("read twice").isEqualTo(records);
            assertThat(reader.manifest().header()).isEqualTo(RecordsForTests.header(id));
            assertThat(reader.manifest().block()).isEqualTo(new byte[] {9, 8, 7});
            assertThat(reader.manifest().records()).isEqualTo(records.size());
            assertThat(reader.manifestHash()).isEqualTo(written.manifestHash());
            assertThat(written.manifestHash())
                    .isEqualTo(Hash.sha256(store.bytes(id + "/manifest")));
            assertThat(written.storedBytes()).isEqualTo(storedBytes(id));
        }
    }

    @Test
    void large_values_and_many_chunks_come_back() throws Exception {
        System.out.println("seed " + seed);
        var records = RecordsForTests.random(random, 200, 200_000);
        var big = new LedgerRecord(9, new byte[] {1}, RecordsForTests.bytes(random, 6 << 20));
        records.add(big);
        write("large", records);

        var reader = BackupReader.open("large", key, store);
        assertThat(reader.manifest().chunks()).hasSizeGreaterThan(4);
        assertThat(RecordsForTests.read(reader)).isEqualTo(records);
    }

    @Test
    void progress_ends_at_everything() throws Exception {
        var records = RecordsForTests.random(random, 20_000, 200);
        var seen = new ArrayList<Long>();
        BackupWriter.write(
                RecordsForTests.header("p"),
                new byte[0],
                records.iterator(),
                key,
                store,
                (count, _, _) -> seen.add(count));
        assertThat(seen).isSorted().last().isEqualTo((long) records.size());
    }

    @Test
    void one_changed_record_changes_one_chunk() throws Exception {
        System.out.println("seed " + seed);
        var records = RecordsForTests.random(random, 60_000, 120);
        var before = write("before", records).manifest().chunks();
        int changed = records.size() / 2;
        var old = records.get(changed);
        records.set(changed, new LedgerRecord(old.column(), old.key(), new byte[500]));
        var after = write("after", records).manifest().chunks();

        var borders = new HashSet<String>();
        before.forEach(chunk -> borders.add(border(chunk)));
        assertThat(after).hasSameSizeAs(before).hasSizeGreaterThan(5);
        assertThat(after.stream().map(BackupTest::border)).allMatch(borders::contains);
    }

    @Test
    void records_out_of_order_are_refused_and_leave_no_manifest() {
        var twice = new LedgerRecord(1, new byte[] {5}, new byte[0]);
        assertThatThrownBy(() -> write("disorder", List.of(twice, twice)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("backup disorder are out of order");
        var unsigned =
                List.of(
                        new LedgerRecord(1, new byte[] {-1}, new byte[0]),
                        new LedgerRecord(1, new byte[] {1}, new byte[0]));
        assertThatThrownBy(() -> write("disorder", unsigned))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.exists("disorder/manifest")).isFalse();
    }

    @Test
    void a_writer_that_dies_leaves_no_manifest_and_no_backup() {
        var records = RecordsForTests.random(random, 40_000, 200).iterator();
        var dying =
                new java.util.Iterator<LedgerRecord>() {
                    private int left = 30_000;

                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public LedgerRecord next() {
                        if (left-- == 0) {
                            throw new IllegalStateException("killed");
                        }
                        return records.next();
                    }
                };
        assertThatThrownBy(() ->
                        BackupWriter.write(
                                RecordsForTests.header("killed"),
                                new byte[0],
                                dying,
                                key,
                                store,
                                RecordsForTests.SILENT))
                .hasMessage("killed");
        assertThat(store.list("killed")).isNotEmpty().doesNotContain("killed/manifest");
        assertThatThrownBy(() -> BackupReader.open("killed", key, store))
                .isInstanceOf(BackupDamaged.class)
                .hasMessage(
                        "backup killed is damaged: 'killed/manifest' is missing in memory, so it was never finished or was removed");
    }

    @Test
    void a_backup_is_never_written_over_another() throws Exception {
        write("once", RecordsForTests.random(random, 40, 20));
        assertThatThrownBy(() -> write("once", RecordsForTests.random(random, 40, 20)))
                .isInstanceOf(AlreadyStored.class)
                .hasMessageContaining("once/chunk-000001");
    }

    private BackupWriter.Written write(String id, List<LedgerRecord> records)
            throws InterruptedException {
        return BackupWriter.write(
                RecordsForTests.header(id),
                new byte[] {9, 8, 7},
                records.iterator(),
                key,
                store,
                RecordsForTests.SILENT);
    }

    private long storedBytes(String id) {
        return store.list(id).stream().mapToLong(name -> store.bytes(name).length).sum();
    }

    private static String border(Manifest.Chunk chunk) {
        return chunk.firstColumn() + java.util.HexFormat.of().formatHex(chunk.firstKey());
    }
}
