package io.xwasm.deploy.bench;

import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How much time a unit of gas buys, by kind of instruction: endless loops, one of each kind, of
 * instructions and of host functions, run until their gas is spent. Time of this thread alone, so
 * that neighbours on the machine count less.
 */
final class VmSpread {
    private static final long GAS = 20_000_000;

    /** Until the compiler is done with each of them, also beside other work. */
    private static final int WARM_UP = 40;

    private static final Pattern METHOD = Pattern.compile("[a-z][a-z0-9_]+");

    /** In hosts.wasm; what else it exports is called by these. */
    private static final String MEASURED = "host_";

    private VmSpread() {}

    /** Dearest by cheapest: medians of nanoseconds for each unit of gas. */
    static double measure(ContractVm vm, int rounds) throws IOException {
        Map<String, Double> picos = new LinkedHashMap<>();
        var opcodes = methods("opcodes.txt");
        measure(VmContract.install(vm, "opcodes.wasm", opcodes), opcodes, rounds, picos);
        var hosts = methods("hosts.txt");
        var measured = hosts.stream().filter(name -> name.startsWith(MEASURED)).toList();
        measure(VmContract.install(vm, "hosts.wasm", hosts), measured, rounds, picos);
        VmStorageSpread.measure(vm, hosts, picos);
        picos.forEach((method, median) ->
                System.err.printf("%-24s %.3f ns for a unit of gas%n", method, median / 1000));
        return Collections.max(picos.values()) / Collections.min(picos.values());
    }

    private static void measure(
            VmContract contract, List<String> methods, int rounds, Map<String, Double> picos) {
        var threads = ManagementFactory.getThreadMXBean();
        Map<String, List<Long>> taken = new LinkedHashMap<>();
        for (int round = -WARM_UP; round < rounds; round++) {
            for (var method : methods) {
                long began = threads.getCurrentThreadCpuTime();
                long gas = contract.call(method, GAS).gasUsed();
                long nanos = threads.getCurrentThreadCpuTime() - began;
                if (round >= 0) {
                    taken.computeIfAbsent(method, _ -> new ArrayList<>()).add(nanos * 1000 / gas);
                }
            }
        }
        taken.forEach((method, all) -> picos.put(method, VmRatios.median(all)));
    }

    /** The list lies beside the module, one name a line. */
    private static List<String> methods(String list) {
        var text = new String(VmContract.bytes(list), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\n"))
                .filter(name -> METHOD.matcher(name).matches())
                .toList();
    }
}
