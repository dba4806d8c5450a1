package io.xwasm.backup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.backup.store.local.LocalBackupStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A backup that version 1 wrote; every later version reads it. Never write it again. */
class GoldenBackupTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/format-1");
    private static final String ID = "golden-1";

    @Test
    void a_backup_of_format_1_is_readable_for_ever() throws Exception {
        var store = new LocalBackupStore(GOLDEN.resolve("store"));
        var key = KeyEncryption.open(GOLDEN.resolve("keyset.json")).load(ID, store);

        var reader = BackupReader.open(ID, key, store);

        assertThat(reader.manifest().header()).isEqualTo(RecordsForTests.header(ID));
        assertThat(reader.manifest().block()).isEqualTo("block".getBytes(UTF_8));
        assertThat(reader.manifest().chunks()).hasSizeGreaterThan(1);
        assertThat(RecordsForTests.read(reader)).isEqualTo(records());
    }

    /** Keys that look like real ones, values that compress well, so that the folder stays small. */
    private static List<LedgerRecord> records() {
        var records = new ArrayList<LedgerRecord>();
        for (int column = 0; column < 3; column++) {
            var keys = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            for (int i = 0; i < 1500; i++) {
                var value = new byte[i % 7 == 0 ? 0 : 500];
                Arrays.fill(value, (byte) i);
                keys.put(Hash.sha256(new byte[] {(byte) (i >> 8), (byte) i}).bytes(), value);
            }
            for (var entry : keys.entrySet()) {
                records.add(new LedgerRecord(column, entry.getKey(), entry.getValue()));
            }
        }
        return records;
    }

    /** How the folder was made: only to be repeated, into a new folder, for a new format. */
    static final class Write {
        private Write() {}

        public static void main(String[] args) throws Exception {
            var folder = Path.of(args[0]);
            if (Files.exists(folder)) {
                throw new IllegalArgumentException(folder + " is there, and golden bytes stay");
            }
            var store = new LocalBackupStore(folder.resolve("store"));
            var key = DataKey.generate();
            KeyEncryption.openOrCreate(folder.resolve("keyset.json")).store(key, ID, store);
            BackupWriter.write(
                    RecordsForTests.header(ID),
                    "block".getBytes(UTF_8),
                    records().iterator(),
                    key,
                    store,
                    RecordsForTests.SILENT);
        }
    }
}
