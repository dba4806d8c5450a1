package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.Address;
import java.math.BigInteger;

/** One contract at work: what it was asked, and what it has answered so far. */
final class Frame {
    private static final byte[] NOTHING = {};

    private final Transaction transaction;
    private final Address caller;
    private final Address self;
    private final String method;
    private final byte[] input;
    private final BigInteger value;
    private byte[] output = NOTHING;
    private byte[] calleeResult = NOTHING;

    Frame(
            Transaction transaction,
            Address caller,
            Address self,
            String method,
            byte[] input,
            BigInteger value) {
        this.transaction = transaction;
        this.caller = caller;
        this.self = self;
        this.method = method;
        this.input = input;
        this.value = value;
    }

    Transaction transaction() {
        return transaction;
    }

    Address caller() {
        return caller;
    }

    /** Whose storage and balance this is; under a delegate, the delegating contract. */
    Address self() {
        return self;
    }

    String method() {
        return method;
    }

    byte[] input() {
        return input;
    }

    BigInteger value() {
        return value;
    }

    byte[] output() {
        return output;
    }

    void output(byte[] bytes) {
        output = bytes;
    }

    /** What the last call this frame made returned, or the sentence it failed with. */
    byte[] calleeResult() {
        return calleeResult;
    }

    void calleeResult(byte[] bytes) {
        calleeResult = bytes;
    }
}
