package io.xwasm.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * The key of one backup: AES-256-GCM, made for it and used for nothing else.
 *
 * <p>The control plane makes it, keeps it wrapped beside the backup, and hands it to the agent that
 * writes or reads.
 */
public final class DataKey {
    private final TinkKey key;

    private DataKey(TinkKey key) {
        this.key = key;
    }

    public static DataKey generate() {
        return new DataKey(TinkKey.generate());
    }

    /**
     * Reads what {@link #toText} wrote.
     *
     * @throws KeyUnavailable when the text is no such key; the message does not repeat it
     */
    public static DataKey parse(String text) {
        try {
            return new DataKey(TinkKey.parse(new String(Base64.getDecoder().decode(text), UTF_8)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // Without the cause: a parser's message may quote the secret.
            throw new KeyUnavailable(
                    "the data key is no Tink keyset in JSON and base64 (%s)"
                            .formatted(e.getClass().getSimpleName()));
        }
    }

    /** The secret itself, Tink's JSON in base64: for the link to an agent, never for a log. */
    public String toText() {
        return Base64.getEncoder().encodeToString(key.json().getBytes(UTF_8));
    }

    byte[] seal(byte[] plain, byte[] binding) {
        return key.seal(plain, binding);
    }

    /**
     * @throws GeneralSecurityException when bytes, key or binding are not those of the sealing
     */
    byte[] open(byte[] sealed, byte[] binding) throws GeneralSecurityException {
        return key.open(sealed, binding);
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "data key";
    }
}
