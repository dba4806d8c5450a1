package io.xwasm.agent.vm;

import java.util.Arrays;

/**
 * What a module's memory holds when a call begins, but for the zeros before and behind.
 *
 * @param at where the first byte lies that is not zero
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed through, never compared
record MemoryImage(int at, byte[] bytes) {
    static MemoryImage of(byte[] memory) {
        int from = 0;
        while (from < memory.length && memory[from] == 0) {
            from++;
        }
        int to = memory.length;
        while (to > from && memory[to - 1] == 0) {
            to--;
        }
        return new MemoryImage(
                from == memory.length ? 0 : from, Arrays.copyOfRange(memory, from, to));
    }
}
