package io.xwasm.backup;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Ledgers that exist to be backed up. */
final class RecordsForTests {
    static final BackupWriter.Progress SILENT = (_, _, _) -> {};

    private RecordsForTests() {}

    /** Ascending, in four columns; keys of up to 40 bytes, values of up to so many. */
    static List<LedgerRecord> random(Random random, int count, int valueLimit) {
        var list = new ArrayList<LedgerRecord>();
        for (int column = 0; column < 4; column++) {
            var keys = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            for (int i = 0; i < count / 4; i++) {
                keys.put(
                        bytes(random, random.nextInt(41)),
                        bytes(random, random.nextInt(valueLimit)));
            }
            for (var entry : keys.entrySet()) {
                list.add(new LedgerRecord(column, entry.getKey(), entry.getValue()));
            }
        }
        return list;
    }

    static byte[] bytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static BackupHeader header(String backup) {
        var group = new GroupId("main");
        return BackupHeader.of(
                backup,
                group,
                4711,
                Hash.sha256(new byte[] {1}),
                Hash.sha256(new byte[] {2}),
                new Epoch(7),
                new Genesis(group, new Address(1, 2, 3, 4), Genesis.DEFAULT_SUPPLY),
                Instant.parse("2026-11-22T10:00:00Z"),
                "0.1.0",
                1);
    }

    static List<LedgerRecord> read(BackupReader reader) throws InterruptedException {
        var list = new ArrayList<LedgerRecord>();
        reader.records(list::add);
        return list;
    }
}
