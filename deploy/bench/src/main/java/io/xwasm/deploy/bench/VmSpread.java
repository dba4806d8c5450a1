package io.xwasm.deploy.bench;

import io.xwasm.agent.vm.ContractVm;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How much time a unit of gas buys, by kind of instruction: endless loops, one of each kind, run
 * until their gas is spent. Time of this thread alone, so that neighbours on the machine count
 * less.
 */
final class VmSpread {
    private static final long GAS = 20_000_000;
    private static final int WARM_UP = 4;
    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_]+");

    private VmSpread() {}

    /** Dearest by cheapest: medians of nanoseconds for each unit of gas. */
    static double measure(ContractVm vm, int rounds) {
        var methods = methods();
        var contract = VmContract.install(vm, "opcodes.wasm", methods);
        var threads = ManagementFactory.getThreadMXBean();
        Map<String, List<Long>> picos = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (var method : methods) {
                long began = threads.getCurrentThreadCpuTime();
                long gas = contract.call(method, GAS).gasUsed();
                long nanos = threads.getCurrentThreadCpuTime() - began;
                if (round >= 0) {
                    picos.computeIfAbsent(method, _ -> new ArrayList<>()).add(nanos * 1000 / gas);
                }
            }
        }
        double cheapest = Double.MAX_VALUE;
        double dearest = 0;
        for (var method : picos.entrySet()) {
            double median = VmRatios.median(method.getValue());
            System.err.printf("%-20s %.3f ns for a unit of gas%n", method.getKey(), median / 1000);
            cheapest = Math.min(cheapest, median);
            dearest = Math.max(dearest, median);
        }
        return dearest / cheapest;
    }

    /** The list lies beside the module, one name a line. */
    private static List<String> methods() {
        var text = new String(VmContract.bytes("opcodes.txt"), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\n"))
                .filter(name -> METHOD.matcher(name).matches())
                .toList();
    }
}
