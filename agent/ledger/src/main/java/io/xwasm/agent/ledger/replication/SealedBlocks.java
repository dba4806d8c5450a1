package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.protocol.Hash;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A primary's blocks as its members want them: the newest in memory, the others from the disk; and
 * since when each waits for commitment.
 */
final class SealedBlocks {
    /** So many blocks stay in memory for members that keep up. */
    private static final int RECENT_BLOCKS = 128;

    private final Chain chain;
    private final ConcurrentSkipListMap<Long, byte[]> recent = new ConcurrentSkipListMap<>();
    private final Map<Long, Long> sealedAtNanos = new ConcurrentHashMap<>();
    private volatile long height;

    SealedBlocks(Chain chain) {
        this.chain = chain;
        this.height = chain.tip().height();
    }

    void add(long sealed, byte[] bytes) {
        recent.put(sealed, bytes);
        if (recent.size() > RECENT_BLOCKS) {
            recent.pollFirstEntry();
        }
        sealedAtNanos.put(sealed, System.nanoTime());
        height = sealed;
    }

    void committed(long sealed) {
        sealedAtNanos.remove(sealed);
    }

    /** Of the newest. */
    long height() {
        return height;
    }

    byte[] bytes(long of) {
        var stored = find(of);
        if (stored == null) {
            throw new LedgerDamaged("block %d is missing".formatted(of), null);
        }
        return stored;
    }

    private byte @Nullable [] find(long of) {
        var bytes = recent.get(of);
        return bytes == null ? chain.store().block(of) : bytes;
    }

    /**
     * Where this member's chain and a follower's part: the newest block that both have, −1 when
     * none is known.
     */
    long commonWith(ReplicationMessage.Opened answer) {
        for (int i = 0; i < answer.heights().size(); i++) {
            long told = answer.heights().get(i);
            if (answer.hashes().get(i).equals(hashAt(told))) {
                return told;
            }
        }
        return -1;
    }

    private @Nullable Hash hashAt(long of) {
        if (of > height) {
            return null;
        }
        if (of == 0) {
            // A ledger that was restored or copied does not begin with the first block.
            return chain.store().block(1) == null && height > 0 ? null : chain.genesisHash();
        }
        var stored = find(of);
        return stored == null ? null : Block.headerOf(stored).hash();
    }

    /**
     * Age of the oldest block that waits for commitment, in milliseconds; a hung disk shows here
     * (rule 18).
     */
    long oldestUncommittedMillis() {
        long now = System.nanoTime();
        return sealedAtNanos.values().stream()
                .mapToLong(at -> TimeUnit.NANOSECONDS.toMillis(now - at))
                .max()
                .orElse(0);
    }
}
