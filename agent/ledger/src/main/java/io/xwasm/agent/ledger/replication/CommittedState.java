package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.state.BlockState;
import io.xwasm.agent.ledger.state.StateReader;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** Answers about one committed state; valid only while it is given. */
public final class CommittedState {
    private final BlockState state;
    private final long height;

    private CommittedState(StateReader reader, long height) {
        this.state = new BlockState(reader);
        this.height = height;
    }

    static CommittedState of(StateReader reader, long height) {
        return new CommittedState(reader, height);
    }

    public long height() {
        return height;
    }

    public BigInteger balance(Address party) {
        return state.balance(party);
    }

    /** The lowest nonce above all that the account has used. */
    public long nextNonce(Address account) {
        return state.nextNonce(account);
    }

    public @Nullable CodeHash codeOf(Address contract) {
        return state.codeOf(contract);
    }

    public byte @Nullable [] code(CodeHash hash) {
        return state.code(hash);
    }
}
