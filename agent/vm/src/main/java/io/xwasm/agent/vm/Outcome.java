package io.xwasm.agent.vm;

import java.util.List;

/** How a call ended. Either way the gas is spent. */
public sealed interface Outcome {
    long gasUsed();

    /** The method ran to its end; what it wrote is in the world. */
    @SuppressWarnings("ArrayRecordComponent") // bytes are handed through, never compared
    record Returned(byte[] result, List<Event> events, long gasUsed) implements Outcome {}

    /** The method did not; the world is as it was before the call. */
    record Failed(FailureKind kind, String message, long gasUsed) implements Outcome {}
}
