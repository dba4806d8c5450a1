package io.xwasm.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The state of a node's agent process and machine.
 *
 * @param startedAtMillis Unix milliseconds of the process's start
 * @param sentAtMillis the agent's clock when it sent this
 * @param cpu load of this process as a share of all cores, 0 to 1
 * @param heapBytes used
 * @param residentBytes of the process, or 0 where the system does not tell
 * @param freeDiskBytes where the ledgers lie
 * @param lastFsyncMicros how long the newest fsync took
 * @param lastFsyncAtMillis Unix milliseconds of its end, 0 before the first
 * @param selfTest null when the VM's self-test passed, else what failed
 * @param agentVersion of the agent
 * @param vmSemantics version of the VM's semantics
 */
public record NodeHealth(
        long startedAtMillis,
        long sentAtMillis,
        double cpu,
        long heapBytes,
        long residentBytes,
        long freeDiskBytes,
        long lastFsyncMicros,
        long lastFsyncAtMillis,
        @Nullable String selfTest,
        String agentVersion,
        int vmSemantics) {}
