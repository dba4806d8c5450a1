package io.xwasm.agent.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Objects;

/**
 * One signed invocation of a contract method (protocol rule 11).
 *
 * @param group the ledger it is meant for; a call cannot be replayed on another
 * @param sender the account: its Ed25519 public key
 * @param nonce from 0; any order within a window of 1,024
 * @param contract whom it calls; {@link Address#SYSTEM} for the ledger itself
 * @param method at most 64 characters
 * @param arguments Borsh, as the contract's interface says
 * @param value native balance that moves along, an unsigned 128-bit number
 * @param gasLimit at least 1
 * @param expiresAtMillis Unix milliseconds of the last block time that may hold it
 * @param signature 64 bytes over {@link #signedBytes}
 */
public record SignedCall(
        GroupId group,
        Address sender,
        long nonce,
        Address contract,
        String method,
        byte[] arguments,
        BigInteger value,
        long gasLimit,
        long expiresAtMillis,
        byte[] signature) {
    public static final int SIGNATURE_LENGTH = 64;
    public static final int METHOD_LENGTH_LIMIT = 64;

    /** Code travels in a call, so this is the size limit of code and some room. */
    public static final int SIZE_LIMIT = (1 << 20) + (64 << 10);

    private static final byte[] DOMAIN = "xwasm call 1\0".getBytes(UTF_8);

    public SignedCall {
        if (nonce < 0) {
            throw new MalformedMessage("a nonce is not negative: " + nonce);
        }
        if (method.isEmpty() || method.length() > METHOD_LENGTH_LIMIT) {
            throw new MalformedMessage(
                    "a method's name has one to %d characters, not %d"
                            .formatted(METHOD_LENGTH_LIMIT, method.length()));
        }
        if (value.signum() < 0 || value.bitLength() > 128) {
            throw new MalformedMessage(
                    "a value is an unsigned 128-bit number, which %s is not".formatted(value));
        }
        if (gasLimit < 1) {
            throw new MalformedMessage("a gas limit is at least 1, was " + gasLimit);
        }
        if (signature.length != SIGNATURE_LENGTH) {
            throw new MalformedMessage(
                    "a signature has %d bytes, not %d"
                            .formatted(SIGNATURE_LENGTH, signature.length));
        }
    }

    /** Signs a call with the key of its sender. */
    public static SignedCall sign(
            AccountKey key,
            GroupId group,
            long nonce,
            Address contract,
            String method,
            byte[] arguments,
            BigInteger value,
            long gasLimit,
            long expiresAtMillis) {
        var unsigned =
                new SignedCall(
                        group,
                        key.address(),
                        nonce,
                        contract,
                        method,
                        arguments,
                        value,
                        gasLimit,
                        expiresAtMillis,
                        new byte[SIGNATURE_LENGTH]);
        return unsigned.withSignature(key.sign(unsigned.signedBytes()));
    }

    private SignedCall withSignature(byte[] bytes) {
        return new SignedCall(
                group,
                sender,
                nonce,
                contract,
                method,
                arguments,
                value,
                gasLimit,
                expiresAtMillis,
                bytes);
    }

    /** Names the call: a hash of all that was signed. */
    public Hash hash() {
        return Hash.sha256(signedBytes());
    }

    /** What the signature covers. */
    public byte[] signedBytes() {
        return content().toBytes();
    }

    /** The canonical form, as it travels and is stored in a block. */
    public byte[] toBytes() {
        return content().raw(signature).toBytes();
    }

    private WireWriter content() {
        return new WireWriter(224 + arguments.length)
                .raw(DOMAIN)
                .text(group.value())
                .address(sender)
                .i64(nonce)
                .address(contract)
                .text(method)
                .blob(arguments)
                .u128(value)
                .i64(gasLimit)
                .i64(expiresAtMillis);
    }

    /**
     * Reads the canonical form.
     *
     * @throws MalformedMessage when the bytes are anything else
     */
    public static SignedCall parse(byte[] bytes) {
        if (bytes.length > SIZE_LIMIT) {
            throw new MalformedMessage(
                    "a call has at most %d bytes, not %d".formatted(SIZE_LIMIT, bytes.length));
        }
        var in = new WireReader(bytes, "call");
        if (!Arrays.equals(in.raw(Math.min(DOMAIN.length, in.remaining())), DOMAIN)) {
            throw new MalformedMessage("these bytes are no call: they do not begin as one");
        }
        try {
            var call =
                    new SignedCall(
                            new GroupId(in.text()),
                            in.address(),
                            in.i64(),
                            in.address(),
                            in.text(),
                            in.blob(),
                            in.u128(),
                            in.i64(),
                            in.i64(),
                            in.raw(SIGNATURE_LENGTH));
            in.end();
            return call;
        } catch (IllegalArgumentException e) {
            throw new MalformedMessage("a call is malformed: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedCall call && Arrays.equals(toBytes(), call.toBytes());
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, sender, nonce);
    }

    @Override
    public String toString() {
        return "call %s of %s, nonce %d: %s.%s"
                .formatted(
                        hash().abbreviated(),
                        sender.abbreviated(),
                        nonce,
                        contract.abbreviated(),
                        method);
    }
}
