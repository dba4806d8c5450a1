package io.xwasm.backup;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/** AES-256-GCM by a Tink keyset; the only user of Tink. */
final class TinkKey {
    private static final Configuration CIPHERS = AeadConfig2026.get();

    private final KeysetHandle keyset;
    private final Aead aead;

    private TinkKey(KeysetHandle keyset) throws GeneralSecurityException {
        this.keyset = keyset;
        this.aead = keyset.getPrimitive(CIPHERS, Aead.class);
    }

    static TinkKey generate() {
        try {
            return new TinkKey(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CIPHERS));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("making an AES-256-GCM key", e);
        }
    }

    /**
     * @throws GeneralSecurityException when this is no keyset; its message may quote the secret
     */
    static TinkKey parse(String json) throws GeneralSecurityException {
        return new TinkKey(
                TinkJsonProtoKeysetFormat.parseKeyset(
                        json, CIPHERS, InsecureSecretKeyAccess.get()));
    }

    String json() {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(
                    keyset, CIPHERS, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("writing down a keyset", e);
        }
    }

    byte[] seal(byte[] plain, byte[] binding) {
        try {
            return aead.encrypt(plain, binding);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encrypting with AES-256-GCM", e);
        }
    }

    /**
     * @throws GeneralSecurityException when bytes, key or binding are not those of the sealing
     */
    byte[] open(byte[] sealed, byte[] binding) throws GeneralSecurityException {
        return aead.decrypt(sealed, binding);
    }

    int id() {
        return keyset.getPrimary().getId();
    }

    boolean holds(int id) {
        for (int i = 0; i < keyset.size(); i++) {
            if (keyset.getAt(i).getId() == id) {
                return true;
            }
        }
        return false;
    }
}
