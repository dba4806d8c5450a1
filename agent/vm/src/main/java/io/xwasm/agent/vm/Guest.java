package io.xwasm.agent.vm;

/**
 * A contract at work, as the host functions see it: its memory, and what is left to it.
 *
 * <p>Places and lengths come from the contract and may be anything; one that is not inside the
 * memory stops it with {@link FailureKind#TRAP}.
 */
interface Guest {
    Frame frame();

    /** Takes gas away; stops the contract when there is not enough. */
    void charge(long cost);

    long gasLeft();

    void gasLeft(long left);

    int stackUnitsLeft();

    byte[] read(int from, int length);

    /** Writes the first {@code length} bytes. */
    void write(int to, byte[] bytes, int length);

    long readWord(int from);

    void writeWord(int to, long word);

    void requireInside(int from, int length);
}
