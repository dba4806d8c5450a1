package io.xwasm.agent.ledger.state;

import io.xwasm.agent.protocol.WireReader;
import io.xwasm.agent.protocol.WireWriter;
import org.jspecify.annotations.Nullable;

/**
 * Which nonces a sender has used: any order within a window of 1,024 (protocol rule 11). Immutable.
 *
 * <p>Below {@code highest − 1,023} everything counts as used. A nonce may be at most 1,024 above
 * the highest, so that one call cannot burn the rest.
 */
public final class NonceWindow {
    public static final int SIZE = 1024;
    private static final int WORDS = SIZE / Long.SIZE;

    /** Before the first call. */
    private static final NonceWindow FRESH = new NonceWindow(-1, new long[WORDS]);

    private final long highest;

    /** Bit {@code n mod 1,024} is set when n, within the window, is used. */
    private final long[] used;

    private NonceWindow(long highest, long[] used) {
        this.highest = highest;
        this.used = used;
    }

    static NonceWindow parse(byte @Nullable [] bytes) {
        if (bytes == null) {
            return FRESH;
        }
        var in = new WireReader(bytes, "nonce window");
        long highest = in.i64();
        var used = new long[WORDS];
        for (int i = 0; i < WORDS; i++) {
            used[i] = in.i64();
        }
        in.end();
        return new NonceWindow(highest, used);
    }

    byte[] toBytes() {
        var out = new WireWriter(8 + SIZE / 8).i64(highest);
        for (long word : used) {
            out.i64(word);
        }
        return out.toBytes();
    }

    /** How a nonce stands to the window. */
    enum Verdict {
        FREE,
        USED,
        TOO_FAR_AHEAD
    }

    Verdict verdict(long nonce) {
        if (nonce > highest) {
            // Not nonce − highest, which overflows for the largest nonce of a fresh sender.
            return nonce - SIZE > highest ? Verdict.TOO_FAR_AHEAD : Verdict.FREE;
        }
        if (nonce <= highest - SIZE) {
            return Verdict.USED;
        }
        return isSet(used, nonce) ? Verdict.USED : Verdict.FREE;
    }

    NonceWindow use(long nonce) {
        var next = used.clone();
        for (long n = highest + 1; n <= nonce; n++) {
            clear(next, n);
        }
        next[word(nonce)] |= 1L << (nonce % Long.SIZE);
        return new NonceWindow(Math.max(highest, nonce), next);
    }

    /** The lowest nonce above all used ones. */
    public long next() {
        return highest + 1;
    }

    private static boolean isSet(long[] words, long nonce) {
        return (words[word(nonce)] >>> (nonce % Long.SIZE) & 1) == 1;
    }

    private static void clear(long[] words, long nonce) {
        words[word(nonce)] &= ~(1L << (nonce % Long.SIZE));
    }

    private static int word(long nonce) {
        return (int) (nonce % SIZE / Long.SIZE);
    }
}
