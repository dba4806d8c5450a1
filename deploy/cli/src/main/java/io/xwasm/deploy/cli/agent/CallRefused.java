package io.xwasm.deploy.cli.agent;

/**
 * An agent said no, for good: sending the same again leads nowhere. The message is its sentence.
 */
public final class CallRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;

    CallRefused(int status, String type, String sentence) {
        super(sentence);
        this.status = status;
        this.type = type;
    }

    /** The HTTP status: 400 malformed, 403 wrong signature, 404 unknown, 409 nonce used. */
    public int status() {
        return status;
    }

    public boolean nonceUsed() {
        return status == 409;
    }

    /** As after a restore, which takes back which nonces were used. */
    public boolean nonceTooFarAhead() {
        return type.equals("/problems/nonce-too-far-ahead");
    }
}
