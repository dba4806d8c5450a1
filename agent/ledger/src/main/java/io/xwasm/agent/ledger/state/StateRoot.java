package io.xwasm.agent.ledger.state;

import io.xwasm.agent.protocol.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A hash of a whole state that does not depend on the order of its keys (LtHash, Bellare and
 * Micciancio 1997, with 1,024 lanes of 16 bits): each record is hashed with SHA-256, expanded with
 * AES-CTR, and added lane by lane. A change costs the same however large the state is, and the root
 * can be recomputed from the records alone.
 *
 * <p>Not thread-safe.
 */
public final class StateRoot {
    private static final int BYTES = 2048;
    private static final int WORDS = BYTES / Long.BYTES;
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final int AES_BLOCK = 16;

    /**
     * The numbers 0, 1, 2… as blocks: enciphered one by one they are what AES-CTR makes of zeros,
     * and Java does it faster.
     */
    private static final byte[] COUNTERS = counters();

    /** A power of two; each takes a little more than 2 KiB. */
    private static final int KEPT = 4096;

    /** Of larger ones nothing is kept: hashing them is what takes long, not expanding. */
    private static final int KEPT_VALUE_BYTES = 512;

    /** The highest bit of each 16-bit lane, which must not carry into its neighbour. */
    private static final long HIGH = 0x8000_8000_8000_8000L;

    private final long[] lanes = new long[WORDS];
    private final Cipher cipher;
    private final MessageDigest digest;
    private final byte[] length = new byte[Integer.BYTES];
    private final byte[] expanded = new byte[BYTES];

    /**
     * What was added last, each at the place that its key's hash tells: a record that changes often
     * is taken out as it was put in, without being expanded again.
     */
    private final @Nullable Added[] kept = new Added[KEPT];

    private static final class Added {
        final byte[] expanded = new byte[BYTES];
        StateKey key;
        byte[] value;

        Added(StateKey key, byte[] value) {
            this.key = key;
            this.value = value;
        }
    }

    /** Of the empty state. */
    public StateRoot() {
        try {
            this.cipher = Cipher.getInstance("AES/ECB/NoPadding");
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has AES and SHA-256", e);
        }
    }

    /** Of the state whose {@link #toBytes} these are. */
    public static StateRoot parse(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException(
                    "a state root's sum has %d bytes, not %d".formatted(BYTES, bytes.length));
        }
        var root = new StateRoot();
        for (int i = 0; i < WORDS; i++) {
            root.lanes[i] = (long) LONGS.get(bytes, i * Long.BYTES);
        }
        return root;
    }

    /** The sum itself, from which {@link #parse} goes on. */
    public byte[] toBytes() {
        var bytes = new byte[BYTES];
        for (int i = 0; i < WORDS; i++) {
            LONGS.set(bytes, i * Long.BYTES, lanes[i]);
        }
        return bytes;
    }

    public Hash hash() {
        return Hash.sha256(toBytes());
    }

    /** Takes out what was there before and adds what is there now. */
    public void apply(List<Change> changes) {
        for (Change change : changes) {
            if (change.before() != null) {
                takeOut(change.key(), change.before());
            }
            if (change.after() != null) {
                addAndKeep(change.key(), change.after());
            }
        }
    }

    public void add(StateKey key, byte[] value) {
        expand(key, value, expanded);
        add(expanded);
    }

    public void remove(StateKey key, byte[] value) {
        expand(key, value, expanded);
        subtract(expanded);
    }

    private void takeOut(StateKey key, byte[] value) {
        var added = kept[place(key)];
        if (added != null && added.key.equals(key) && Arrays.equals(added.value, value)) {
            subtract(added.expanded);
        } else {
            remove(key, value);
        }
    }

    private void addAndKeep(StateKey key, byte[] value) {
        if (value.length > KEPT_VALUE_BYTES) {
            add(key, value);
            return;
        }
        int place = place(key);
        var added = kept[place];
        if (added == null) {
            added = new Added(key, value);
            kept[place] = added;
        }
        added.key = key;
        added.value = value;
        expand(key, value, added.expanded);
        add(added.expanded);
    }

    private static int place(StateKey key) {
        int hash = key.hashCode() * 0x9E37_79B9;
        return hash >>> -Integer.numberOfTrailingZeros(KEPT);
    }

    private void add(byte[] terms) {
        for (int i = 0; i < WORDS; i++) {
            long x = lanes[i];
            long y = (long) LONGS.get(terms, i * Long.BYTES);
            lanes[i] = ((x & ~HIGH) + (y & ~HIGH)) ^ ((x ^ y) & HIGH);
        }
    }

    private void subtract(byte[] terms) {
        for (int i = 0; i < WORDS; i++) {
            long x = lanes[i];
            long y = (long) LONGS.get(terms, i * Long.BYTES);
            lanes[i] = ((x | HIGH) - (y & ~HIGH)) ^ ((x ^ ~y) & HIGH);
        }
    }

    private void expand(StateKey key, byte[] value, byte[] into) {
        // The key's length keeps (ab, c) and (a, bc) apart.
        INTS.set(length, 0, key.bytes().length);
        digest.update(length);
        digest.update(key.bytes());
        var seed = digest.digest(value);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, "AES"));
            cipher.doFinal(COUNTERS, 0, BYTES, into, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expanding a record's hash with AES-CTR", e);
        }
    }

    private static byte[] counters() {
        var blocks = new byte[BYTES];
        for (int i = 0; i < BYTES / AES_BLOCK; i++) {
            blocks[(i + 1) * AES_BLOCK - 1] = (byte) i;
        }
        return blocks;
    }
}
