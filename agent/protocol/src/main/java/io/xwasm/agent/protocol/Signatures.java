package io.xwasm.agent.protocol;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.jspecify.annotations.Nullable;

/**
 * Ed25519 by Amazon Corretto's native provider where this machine can load it (47 µs a
 * verification), else by Bouncy Castle's plain Java (100 µs). The Java runtime's own takes 592 µs
 * and is not used.
 */
public final class Signatures {
    private static final byte[] PKCS8_PREFIX =
            HexFormat.of().parseHex("302e020100300506032b657004220420");
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final @Nullable Provider NATIVE = nativeProvider();

    private Signatures() {}

    /** Signs with one key. */
    interface Signer {
        byte[] sign(byte[] message);
    }

    /** Whether this account signed this message. */
    public static boolean verify(Address account, byte[] message, byte[] signature) {
        return NATIVE == null
                ? verifyInJava(account, message, signature)
                : verifyNatively(NATIVE, account, message, signature);
    }

    /** Whether the sender of this call signed it. */
    public static boolean verify(SignedCall call) {
        return verify(call.sender(), call.signedBytes(), call.signature());
    }

    /** Who does the arithmetic, for the agent's start-up line. */
    public static String implementation() {
        return NATIVE == null ? "Bouncy Castle" : NATIVE.getName();
    }

    static Signer signer(byte[] seed, byte[] publicKey) {
        return NATIVE == null ? javaSigner(seed) : nativeSigner(NATIVE, seed);
    }

    private static boolean verifyNatively(
            Provider provider, Address account, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519", provider);
            verifier.initVerify(publicKey(provider, account));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // Not a point of the curve, or not a signature: whoever made it, this account did not.
            return false;
        }
    }

    private static PublicKey publicKey(Provider provider, Address account)
            throws GeneralSecurityException {
        var encoded = concatenate(X509_PREFIX, account.bytes());
        return KeyFactory.getInstance("Ed25519", provider)
                .generatePublic(new X509EncodedKeySpec(encoded));
    }

    private static boolean verifyInJava(Address account, byte[] message, byte[] signature) {
        try {
            var verifier = new Ed25519Signer();
            verifier.init(false, new Ed25519PublicKeyParameters(account.bytes()));
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Signer nativeSigner(Provider provider, byte[] seed) {
        PrivateKey key;
        try {
            key =
                    KeyFactory.getInstance("Ed25519", provider)
                            .generatePrivate(
                                    new PKCS8EncodedKeySpec(concatenate(PKCS8_PREFIX, seed)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("reading an Ed25519 key that was just made", e);
        }
        return message -> {
            try {
                var signer = Signature.getInstance("Ed25519", provider);
                signer.initSign(key);
                signer.update(message);
                return signer.sign();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("signing with an Ed25519 key", e);
            }
        };
    }

    private static Signer javaSigner(byte[] seed) {
        var key = new Ed25519PrivateKeyParameters(seed);
        return message -> {
            var signer = new Ed25519Signer();
            signer.init(true, key);
            signer.update(message, 0, message.length);
            return signer.generateSignature();
        };
    }

    private static @Nullable Provider nativeProvider() {
        // The provider offers its key factory only when asked to, before it is loaded.
        System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
        try {
            // By name, so that a platform without the native library still starts.
            var type =
                    Class.forName(
                            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            var provider = (Provider) type.getField("INSTANCE").get(null);
            if (provider == null) {
                return null;
            }
            Signature.getInstance("Ed25519", provider);
            KeyFactory.getInstance("Ed25519", provider);
            return provider;
        } catch (ReflectiveOperationException | NoSuchAlgorithmException | LinkageError e) {
            return null;
        }
    }

    private static byte[] concatenate(byte[] first, byte[] second) {
        return new WireWriter(first.length + second.length).raw(first).raw(second).toBytes();
    }
}
