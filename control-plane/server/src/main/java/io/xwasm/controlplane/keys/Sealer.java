package io.xwasm.controlplane.keys;

/** Encrypts small secrets with the key-encryption key. */
public interface Sealer {
    /**
     * @param purpose what it is for; opening it for another purpose fails
     */
    byte[] seal(byte[] secret, String purpose);

    /**
     * @throws CannotOpen when it was changed, or sealed with another key or for another purpose
     */
    byte[] open(byte[] sealed, String purpose);

    /** Names the key that seals now. */
    String keyId();

    /** A fresh AES-256-GCM keyset in Tink's JSON form, unencrypted. */
    byte[] newDataKey();

    /** It cannot be opened with the keys in the keyset file. */
    final class CannotOpen extends RuntimeException {
        public CannotOpen(String purpose, Throwable cause) {
            super(
                    "the secret for %s cannot be opened: it was sealed with another key than the keyset file holds, or it was changed"
                            .formatted(purpose),
                    cause);
        }
    }
}
