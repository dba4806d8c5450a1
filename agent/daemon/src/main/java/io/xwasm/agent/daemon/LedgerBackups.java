package io.xwasm.agent.daemon;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.ledger.replication.SeedReceiver;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.ledger.store.StoredRecord;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.backup.BackupDamaged;
import io.xwasm.backup.BackupHeader;
import io.xwasm.backup.BackupReader;
import io.xwasm.backup.BackupWriter;
import io.xwasm.backup.DataKey;
import io.xwasm.backup.LedgerRecord;
import io.xwasm.backup.store.BackupStore;
import io.xwasm.backup.store.local.LocalBackupStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Takes backups of ledgers, proves them in a scratch ledger, and puts them in a ledger's place.
 *
 * <p>A restore goes the same way as a verification and differs only in what becomes of the scratch
 * ledger, so whatever would fail a restore fails a verification before.
 */
final class LedgerBackups {
    private static final int BATCH = 2_000;

    private final InstantSource clock;

    LedgerBackups(InstantSource clock) {
        this.clock = clock;
    }

    /** Told how far it is: so much of so much, and a sentence. */
    interface Progress {
        void at(long done, long total, String sentence);
    }

    /** Writes the newest committed state of this member; the chain goes on meanwhile. */
    Reply.BackedUp create(GroupMember member, Ask.Backup ask, Progress progress)
            throws InterruptedException {
        long began = System.nanoTime();
        try (var view = member.reads().view()) {
            var block = view.block();
            if (block == null) {
                throw new BackupDamaged(ask.backup(), "the ledger has no block yet");
            }
            var header = block.header();
            var written =
                    view.<BackupWriter.Written>records(records ->
                            BackupWriter.write(
                                    header(member, ask, header),
                                    block.toBytes(),
                                    ledgerRecords(records),
                                    DataKey.parse(ask.dataKey()),
                                    store(ask.location()),
                                    (count, plain, stored) ->
                                            progress.at(
                                                    count,
                                                    0,
                                                    "%,d records, %,d bytes stored"
                                                            .formatted(count, stored))));
            return new Reply.BackedUp(
                    header.height(),
                    header.hash(),
                    header.stateRoot(),
                    written.manifest().records(),
                    written.storedBytes(),
                    written.manifestHash(),
                    millisSince(began));
        }
    }

    private BackupHeader header(GroupMember member, Ask.Backup ask, BlockHeader header) {
        return BackupHeader.of(
                ask.backup(),
                ask.group(),
                header.height(),
                header.hash(),
                header.stateRoot(),
                header.epoch(),
                member.genesis(),
                clock.instant(),
                AgentVersion.text(),
                header.semantics());
    }

    private static Iterator<LedgerRecord> ledgerRecords(Iterator<StoredRecord> records) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public LedgerRecord next() {
                var next = records.next();
                return new LedgerRecord(next.column(), next.key(), next.value());
            }
        };
    }

    private static BackupStore store(String location) {
        return new LocalBackupStore(Path.of(location));
    }

    /**
     * Restores into a scratch ledger, compares the root with the block header's, and throws the
     * scratch ledger away.
     */
    Reply.Verified verify(GroupMember member, Path ledger, Ask.Verify ask, Progress progress)
            throws InterruptedException, IOException {
        long began = System.nanoTime();
        var scratch = ledger.resolveSibling(ledger.getFileName() + ".scratch.restoring");
        var rebuilt =
                rebuild(member, scratch, ask.backup(), ask.location(), ask.dataKey(), progress);
        rebuilt.folder().close();
        new SeedReceiver(scratch, member.genesis(), _ -> {}).abandon();
        var header = rebuilt.header();
        return new Reply.Verified(
                header.height(),
                header.hash(),
                header.stateRoot(),
                rebuilt.records(),
                millisSince(began));
    }

    /** Puts the backup's ledger in this member's place; what was there is set aside. */
    Reply.Restored restore(GroupMember member, Path ledger, Ask.Restore ask, Progress progress)
            throws InterruptedException, IOException {
        var beside = ledger.resolveSibling(ledger.getFileName() + ".restoring");
        var rebuilt =
                rebuild(member, beside, ask.backup(), ask.location(), ask.dataKey(), progress);
        var incarnation = rebuilt.folder().incarnation();
        var aside = member.replaceWith(rebuilt.folder(), ask.epoch());
        var header = rebuilt.header();
        return new Reply.Restored(
                header.height(), header.hash(), header.stateRoot(), incarnation, aside.toString());
    }

    private record Rebuilt(LedgerFolder folder, BlockHeader header, long records) {}

    private static Rebuilt rebuild(
            GroupMember member,
            Path folder,
            String backup,
            String location,
            String dataKey,
            Progress progress)
            throws InterruptedException, IOException {
        var reader = BackupReader.open(backup, DataKey.parse(dataKey), store(location));
        var manifest = reader.manifest();
        var header = Block.parse(manifest.block()).header();
        if (!manifest.header().genesis().equals(member.genesis())) {
            throw new BackupDamaged(
                    backup, "it is of another ledger than that of " + member.group());
        }
        var whole = new AtomicReference<@Nullable LedgerFolder>();
        var receiver = new SeedReceiver(folder, member.genesis(), whole::set);
        receiver.begin(header.height());
        try {
            var batch = new ArrayList<StoredRecord>();
            var count = new long[1];
            reader.records(r -> {
                batch.add(new StoredRecord(r.column(), r.key(), r.value()));
                if (batch.size() >= BATCH) {
                    load(receiver, batch);
                    count[0] += BATCH;
                    progress.at(
                            count[0],
                            manifest.records(),
                            "%,d of %,d records restored".formatted(count[0], manifest.records()));
                }
            });
            load(receiver, batch);
            requireRoot(backup, receiver.root(), header.stateRoot());
            receiver.end(header.stateRoot());
        } catch (RuntimeException | IOException | InterruptedException e) {
            receiver.abandon();
            throw e;
        }
        var folderInPlace = whole.get();
        if (folderInPlace == null) {
            throw new IllegalStateException("a restored ledger was not handed over");
        }
        return new Rebuilt(folderInPlace, header, manifest.records());
    }

    private static void load(SeedReceiver receiver, List<StoredRecord> batch) {
        try {
            receiver.add(List.copyOf(batch));
            batch.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireRoot(String backup, Hash reached, Hash promised) {
        if (!reached.equals(promised)) {
            throw new BackupDamaged(
                    backup,
                    "its records lead to state root %s, its block header says %s"
                            .formatted(reached, promised));
        }
    }

    private static long millisSince(long beganNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    }
}
