package io.xwasm.agent.daemon;

import com.sun.management.OperatingSystemMXBean;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.protocol.NodeHealth;
import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How this process and its machine are. */
final class Health {
    private static final Path RESIDENT = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4_096;

    private final Path data;
    private final Ledgers ledgers;
    private final InstantSource clock;
    private final @Nullable String selfTest;
    private final OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    Health(Path data, ContractVm vm, Ledgers ledgers, InstantSource clock) {
        this.data = data;
        this.ledgers = ledgers;
        this.clock = clock;
        this.selfTest = VmSelfTest.run(vm);
    }

    NodeHealth now() {
        var memory = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        return new NodeHealth(
                ManagementFactory.getRuntimeMXBean().getStartTime(),
                clock.millis(),
                Math.max(0, system.getProcessCpuLoad()),
                memory.getUsed(),
                residentBytes(),
                freeDiskBytes(),
                ledgers.all().stream().mapToLong(GroupMember::lastSyncMicros).max().orElse(0),
                ledgers.all().stream().mapToLong(GroupMember::lastSyncAtMillis).max().orElse(0),
                selfTest,
                AgentVersion.text(),
                BlockHeader.SEMANTICS);
    }

    @Nullable String selfTest() {
        return selfTest;
    }

    private static long residentBytes() {
        try {
            return Long.parseLong(Files.readString(RESIDENT).split(" ", 3)[1]) * PAGE_BYTES;
        } catch (IOException | NumberFormatException _) {
            // Other systems than Linux do not tell this way.
            return 0;
        }
    }

    private long freeDiskBytes() {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException e) {
            throw new UncheckedIOException("asking for the free space of " + data, e);
        }
    }
}
