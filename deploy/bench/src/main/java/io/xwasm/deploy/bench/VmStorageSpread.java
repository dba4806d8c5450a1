package io.xwasm.deploy.bench;

import com.sun.management.OperatingSystemMXBean;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The same for what reaches the state: through a real ledger, with its root and its store. The time
 * is that of all threads of this process, because another one does the writing.
 */
final class VmStorageSpread {
    private static final double WARM_UP_SECONDS = 1.5;
    private static final double SECONDS = 1.5;

    private final VmLedger ledger;
    private final Random random = new Random(7);
    private final Map<String, Double> picos;
    private long written;

    private VmStorageSpread(VmLedger ledger, Map<String, Double> picos) {
        this.ledger = ledger;
        this.picos = picos;
    }

    static void measure(ContractVm vm, List<String> methods, Map<String, Double> picos)
            throws IOException {
        var folder = Files.createTempDirectory("xwasm-bench-spread");
        try (var ledger = new VmLedger(vm, folder.resolve("ledger"))) {
            new VmStorageSpread(ledger, picos).measureAll(methods);
        } finally {
            BenchFleet.remove(folder);
        }
    }

    private void measureAll(List<String> methods) throws IOException {
        var code =
                ledger.store(VmContract.contract(VmContract.bytes("hosts.wasm"), methods, "1.0.0"));
        var at = ledger.deploy("spread", code, new byte[0]);
        for (var method : methods) {
            if (!method.startsWith("ledger_")) {
                continue;
            }
            boolean fresh = method.startsWith("ledger_write");
            LongSupplier number = fresh ? () -> written++ : () -> random.nextLong(written);
            Supplier<SignedCall> calls =
                    () -> ledger.call(ledger.fleet(), at, method, argument(number.getAsLong()));
            ledger.run(calls, WARM_UP_SECONDS);
            picos.put(method, picosPerGas(calls));
        }
    }

    private double picosPerGas(Supplier<SignedCall> calls) throws IOException {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long gas = ledger.gas();
        long began = system.getProcessCpuTime();
        ledger.run(calls, SECONDS);
        return (system.getProcessCpuTime() - began) * 1000.0 / (ledger.gas() - gas);
    }

    private static byte[] argument(long number) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
    }
}
