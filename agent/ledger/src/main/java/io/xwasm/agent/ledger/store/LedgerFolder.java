package io.xwasm.agent.ledger.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.Tip;
import io.xwasm.agent.ledger.state.BlockState;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.ledger.state.StateRoot;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;

/**
 * One incarnation of a ledger (protocol rule 1): a RocksDB together with what it was made for.
 *
 * <p>A folder {@code ledgers/GROUP} is the one in use; {@code ledgers/GROUP.aside-…} are those that
 * were replaced, kept for inspection and never mixed in.
 */
public final class LedgerFolder implements AutoCloseable {
    private static final String GENESIS = "genesis";
    private static final String INCARNATION = "incarnation";
    private static final String CONFIGURATION = "configuration";
    private static final String FLOOR = "floor";

    private final Path path;
    private final Genesis genesis;
    private final Incarnation incarnation;
    private final RocksLedgerStore store;

    private LedgerFolder(
            Path path, Genesis genesis, Incarnation incarnation, RocksLedgerStore store) {
        this.path = path;
        this.genesis = genesis;
        this.incarnation = incarnation;
        this.store = store;
    }

    /**
     * Opens the ledger in this folder, or makes an empty one; the genesis must be that of the
     * group.
     */
    public static LedgerFolder openOrFound(Path path, Genesis genesis, CallExecutor executor) {
        if (exists(path)) {
            return open(path);
        }
        var founded = founded(path, genesis);
        var state = new BlockState(_ -> null);
        executor.found(state);
        var root = new StateRoot();
        root.apply(state.changes());
        founded.store.found(state.changes(), root.toBytes());
        // Last, so that a folder which names its incarnation is whole.
        founded.seal();
        return founded;
    }

    /**
     * A new folder with nothing in it but its genesis, to be filled by a restore or a copy and then
     * {@link #seal}ed.
     */
    public static LedgerFolder founded(Path path, Genesis genesis) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException("making the ledger folder " + path, e);
        }
        return new LedgerFolder(
                path, genesis, Incarnation.mint(), RocksLedgerStore.open(path.resolve("db")));
    }

    /** Whether a whole ledger lies there. */
    public static boolean exists(Path path) {
        return Files.exists(path.resolve(INCARNATION));
    }

    public static LedgerFolder open(Path path) {
        try {
            var genesis = Json.read(Files.readString(path.resolve(GENESIS)), Genesis.class);
            var incarnation =
                    new Incarnation(
                            UUID.fromString(Files.readString(path.resolve(INCARNATION)).strip()));
            return new LedgerFolder(
                    path, genesis, incarnation, RocksLedgerStore.open(path.resolve("db")));
        } catch (IOException e) {
            throw new LedgerDamaged("opening the ledger folder " + path, e);
        }
    }

    /** Declares the ledger whole. */
    public void seal() {
        store.sync();
        write(GENESIS, Json.write(genesis));
        write(INCARNATION, incarnation.toString());
    }

    private void write(String name, String text) {
        var part = path.resolve(name + ".part");
        try (var channel =
                java.nio.channels.FileChannel.open(
                        part,
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.TRUNCATE_EXISTING,
                        java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(text.getBytes(UTF_8)));
            channel.force(true);
            Files.move(part, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("writing %s in %s".formatted(name, path), e);
        }
    }

    public Path path() {
        return path;
    }

    public Genesis genesis() {
        return genesis;
    }

    public Incarnation incarnation() {
        return incarnation;
    }

    public RocksLedgerStore store() {
        return store;
    }

    /** The newest block on disk. */
    public Tip tip() {
        return tipAt(store.height());
    }

    /** The block of this height, which must be there or be 0. */
    public Tip tipAt(long height) {
        if (height == 0) {
            return new Tip(0, genesis.hash(), Epoch.NONE, 0);
        }
        var bytes = store.block(height);
        if (bytes == null) {
            throw new LedgerDamaged("block %d is missing in %s".formatted(height, path), null);
        }
        return Tip.of(Block.parse(bytes).header());
    }

    /** The newest configuration that this member has acted on. */
    public Optional<Configuration> configuration() {
        var bytes = store.meta(CONFIGURATION);
        return bytes == null
                ? Optional.empty()
                : Optional.of(Json.read(new String(bytes, UTF_8), Configuration.class));
    }

    /**
     * The lowest epoch that a restored ledger takes part in; {@link Epoch#NONE} for one that was
     * not restored.
     */
    public Epoch floor() {
        var bytes = store.meta(FLOOR);
        return bytes == null ? Epoch.NONE : new Epoch(new WireReader(bytes, "epoch").i64());
    }

    /** Says of a restored ledger that everything before this epoch is not its own. */
    public void keepFloor(Epoch floor) {
        store.putMeta(FLOOR, new WireWriter(8).i64(floor.value()).toBytes());
    }

    /** Keeps a configuration, with an fsync, before anybody acts on it (rule 3). */
    public void keep(Configuration configuration) {
        store.putMeta(CONFIGURATION, Json.write(configuration).getBytes(UTF_8));
    }

    /**
     * Moves a ledger that must not be used any more out of the way.
     *
     * @return where it lies now
     */
    public static Path setAside(Path path, String stamp) {
        var aside = path.resolveSibling(path.getFileName() + ".aside-" + stamp);
        try {
            return Files.move(path, aside, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("setting the ledger %s aside".formatted(path), e);
        }
    }

    /** Makes a whole ledger the one in use. */
    public static void putInPlace(Path from, Path path) {
        try {
            Files.move(from, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("moving the ledger %s to %s".formatted(from, path), e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
