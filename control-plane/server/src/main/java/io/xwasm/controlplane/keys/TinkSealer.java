package io.xwasm.controlplane.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.xwasm.controlplane.configuration.ConfigurationRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;

/** Seals with AES-256-GCM by Tink. */
public final class TinkSealer implements Sealer {
    private static final Configuration CIPHERS = AeadConfig2026.get();

    private final Aead aead;
    private final String keyId;

    private TinkSealer(KeysetHandle keys) throws GeneralSecurityException {
        this.aead = keys.getPrimitive(CIPHERS, Aead.class);
        this.keyId = HexFormat.of().toHexDigits(keys.getPrimary().getId());
    }

    /**
     * Reads the keyset, or makes it when the file does not exist.
     *
     * @throws ConfigurationRefused when the file cannot be read or is no keyset
     */
    public static TinkSealer of(Path file) {
        try {
            if (!Files.exists(file)) {
                SecretFile.write(file, json(generate()).getBytes(UTF_8));
            }
            return new TinkSealer(
                    TinkJsonProtoKeysetFormat.parseKeyset(
                            Files.readString(file), CIPHERS, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new ConfigurationRefused(
                    file.toString(),
                    List.of("backup.keyset-file is no Tink keyset: " + e.getMessage()));
        } catch (IOException e) {
            throw new ConfigurationRefused(
                    file.toString(),
                    List.of(
                            "backup.keyset-file can be neither read nor written: "
                                    + e.getMessage()));
        }
    }

    private static KeysetHandle generate() throws GeneralSecurityException {
        return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CIPHERS);
    }

    private static String json(KeysetHandle keys) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(
                keys, CIPHERS, InsecureSecretKeyAccess.get());
    }

    @Override
    public byte[] seal(byte[] secret, String purpose) {
        try {
            return aead.encrypt(secret, purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing the secret for " + purpose, e);
        }
    }

    @Override
    public byte[] open(byte[] sealed, String purpose) {
        try {
            return aead.decrypt(sealed, purpose.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new CannotOpen(purpose, e);
        }
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public byte[] newDataKey() {
        try {
            return json(generate()).getBytes(UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("making a data key", e);
        }
    }
}
