package io.xwasm.agent.ledger.state;

import org.jspecify.annotations.Nullable;

/** A state that does not change while it is read. */
public interface StateReader {
    /** The value, or null where there is none. Not a copy: whoever gets it leaves it as it is. */
    byte @Nullable [] get(StateKey key);
}
