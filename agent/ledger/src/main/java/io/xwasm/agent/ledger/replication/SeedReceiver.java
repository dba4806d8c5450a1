package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.ledger.state.StateRoot;
import io.xwasm.agent.ledger.store.Column;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.ledger.store.StoredRecord;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds a new ledger folder from a full copy, beside the one in use, and recomputes its state root
 * before anybody believes it. A copy has a new incarnation (rule 1). Also what a restore from a
 * backup goes through.
 */
public final class SeedReceiver {
    private final Path folder;
    private final Genesis genesis;
    private final Consumer<LedgerFolder> whole;
    private @Nullable LedgerFolder growing;
    private StateRoot sum = new StateRoot();
    private long height;

    /**
     * @param folder where the copy grows; what lies there from an earlier attempt is removed
     * @param whole gets the sealed copy
     */
    public SeedReceiver(Path folder, Genesis genesis, Consumer<LedgerFolder> whole) {
        this.folder = folder;
        this.genesis = genesis;
        this.whole = whole;
    }

    /** A copy of the ledger as it was after this block begins. */
    public void begin(long upTo) throws IOException {
        abandon();
        growing = LedgerFolder.founded(folder, genesis);
        sum = new StateRoot();
        height = upTo;
    }

    public void add(List<StoredRecord> records) throws IOException {
        var target = started();
        for (StoredRecord r : records) {
            if (r.column() == Column.STATE.number()) {
                sum.add(StateKey.of(r.key()), r.value());
            }
        }
        target.store().load(records);
    }

    /** The root of the records so far. */
    public Hash root() {
        return sum.hash();
    }

    /**
     * @param promised the root in the header of the copy's last block
     */
    public void end(Hash promised) throws IOException {
        var target = started();
        if (!sum.hash().equals(promised)) {
            abandon();
            throw new IOException(
                    "the copied state has root %s, the block's header says %s"
                            .formatted(sum.hash(), promised));
        }
        target.store().declareExecuted(height, sum.toBytes());
        target.seal();
        growing = null;
        whole.accept(target);
    }

    /** Throws an unfinished copy away. */
    public void abandon() throws IOException {
        if (growing != null) {
            growing.close();
            growing = null;
        }
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private LedgerFolder started() throws IOException {
        if (growing == null) {
            throw new IOException("records came before the copy was begun");
        }
        return growing;
    }
}
