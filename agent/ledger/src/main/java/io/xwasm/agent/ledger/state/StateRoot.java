package io.xwasm.agent.ledger.state;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.WireWriter;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

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
    private static final byte[] ZEROS = new byte[BYTES];
    private static final IvParameterSpec IV = new IvParameterSpec(new byte[16]);

    /** The highest bit of each 16-bit lane, which must not carry into its neighbour. */
    private static final long HIGH = 0x8000_8000_8000_8000L;

    private final long[] lanes = new long[WORDS];
    private final Cipher cipher;
    private final MessageDigest digest;
    private final byte[] expanded = new byte[BYTES];

    /** Of the empty state. */
    public StateRoot() {
        try {
            this.cipher = Cipher.getInstance("AES/CTR/NoPadding");
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

    public void apply(List<Change> changes) {
        for (Change change : changes) {
            if (change.before() != null) {
                remove(change.key(), change.before());
            }
            if (change.after() != null) {
                add(change.key(), change.after());
            }
        }
    }

    public void add(StateKey key, byte[] value) {
        expand(key, value);
        for (int i = 0; i < WORDS; i++) {
            long x = lanes[i];
            long y = (long) LONGS.get(expanded, i * Long.BYTES);
            lanes[i] = ((x & ~HIGH) + (y & ~HIGH)) ^ ((x ^ y) & HIGH);
        }
    }

    public void remove(StateKey key, byte[] value) {
        expand(key, value);
        for (int i = 0; i < WORDS; i++) {
            long x = lanes[i];
            long y = (long) LONGS.get(expanded, i * Long.BYTES);
            lanes[i] = ((x | HIGH) - (y & ~HIGH)) ^ ((x ^ ~y) & HIGH);
        }
    }

    private void expand(StateKey key, byte[] value) {
        // The key's length keeps (ab, c) and (a, bc) apart.
        digest.update(new WireWriter(4).i32(key.bytes().length).toBytes());
        digest.update(key.bytes());
        var seed = digest.digest(value);
        try {
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(seed, "AES"), IV);
            cipher.doFinal(ZEROS, 0, BYTES, expanded, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("expanding a record's hash with AES-CTR", e);
        }
    }
}
