package io.xwasm.agent.protocol;

import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * An account's Ed25519 private key: 32 bytes, of which the public key, and so the account's
 * address, follows.
 */
public final class AccountKey {
    private final byte[] seed;
    private final Address address;
    private final Signatures.Signer signer;

    private AccountKey(byte[] seed) {
        this.seed = seed.clone();
        var publicKey = new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
        this.address = Address.of(publicKey);
        this.signer = Signatures.signer(this.seed, publicKey);
    }

    /** A new key from the system's randomness. */
    public static AccountKey generate() {
        var seed = new byte[Bytes32.LENGTH];
        new SecureRandom().nextBytes(seed);
        return new AccountKey(seed);
    }

    /**
     * @throws IllegalArgumentException when there are not exactly 32 bytes
     */
    public static AccountKey of(byte[] seed) {
        Bytes32.requireLength(seed, "private key");
        return new AccountKey(seed);
    }

    public Address address() {
        return address;
    }

    /** The secret 32 bytes, to be written to a keystore and nowhere else. */
    public byte[] secret() {
        return seed.clone();
    }

    public byte[] sign(byte[] message) {
        return signer.sign(message);
    }

    /** Names the account, never the secret. */
    @Override
    public String toString() {
        return "key of " + address.abbreviated();
    }
}
