package io.xwasm.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The same computation metered in the VM, unmetered in V8, and in plain Java, in turns.
 *
 * @param v8 the VM's time by that of V8, the worst of all kernels
 * @param java the VM's time by that of plain Java, the worst of all kernels
 */
record VmRatios(double v8, double java) {
    private record Kernel(String resource, LongSupplier plain) {}

    private static final List<Kernel> KERNELS =
            List.of(
                    new Kernel("swap-c.wasm", VmKernels::swap),
                    new Kernel("swap-rust.wasm", VmKernels::swap),
                    new Kernel("hash-c.wasm", VmKernels::hash));
    private static final int WARM_UP = 60;
    private static final long GAS = 10_000_000_000L;

    static VmRatios measure(ContractVm vm, int rounds) throws IOException {
        var folder = Files.createTempDirectory("xwasm-bench-vm");
        var script = Files.write(folder.resolve("kernels.js"), VmContract.bytes("kernels.js"));
        Process node;
        try {
            node =
                    new ProcessBuilder("node", script.toString())
                            .inheritIO()
                            .redirectInput(ProcessBuilder.Redirect.PIPE)
                            .redirectOutput(ProcessBuilder.Redirect.PIPE)
                            .start();
        } catch (IOException e) {
            throw new IOException("Node is needed to compare with V8: install nodejs.", e);
        }
        double v8 = 0;
        double java = 0;
        try (var ask = new OutputStreamWriter(node.getOutputStream(), UTF_8);
                var answers =
                        new BufferedReader(new InputStreamReader(node.getInputStream(), UTF_8))) {
            for (var kernel : KERNELS) {
                var path =
                        Files.write(
                                folder.resolve(kernel.resource()),
                                VmContract.bytes(kernel.resource()));
                var ratios = measure(vm, kernel, path, rounds, ask, answers);
                v8 = Math.max(v8, ratios.v8());
                java = Math.max(java, ratios.java());
            }
        } finally {
            node.destroy();
            BenchFleet.remove(folder);
        }
        return new VmRatios(v8, java);
    }

    private static VmRatios measure(
            ContractVm vm, Kernel kernel, Path path, int rounds, Writer ask, BufferedReader answers)
            throws IOException {
        var contract = VmContract.install(vm, kernel.resource(), List.of("x"));
        var inVm = new ArrayList<Long>();
        var inV8 = new ArrayList<Long>();
        var inJava = new ArrayList<Long>();
        for (int round = -WARM_UP; round < rounds; round++) {
            long began = System.nanoTime();
            var outcome = contract.call("x", GAS);
            long ended = System.nanoTime();
            long plain = kernel.plain().getAsLong();
            long plainEnded = System.nanoTime();
            ask.write(path + "\n");
            ask.flush();
            var answer = answers.readLine().split(" ", 2);
            requireSame(kernel, outcome, plain, answer[1]);
            if (round >= 0) {
                inVm.add(ended - began);
                inJava.add(plainEnded - ended);
                inV8.add(Long.parseLong(answer[0]));
            }
        }
        double vmTime = median(inVm);
        System.err.printf(
                "%s: VM %,.0f ns, V8 %,.0f ns, Java %,.0f ns%n",
                kernel.resource(), vmTime, median(inV8), median(inJava));
        return new VmRatios(vmTime / median(inV8), vmTime / median(inJava));
    }

    /** Whoever computes something else has not computed the same. */
    private static void requireSame(Kernel kernel, Outcome outcome, long plain, String inV8) {
        if (!(outcome instanceof Outcome.Returned returned)) {
            throw new IllegalStateException(kernel.resource() + " failed: " + outcome);
        }
        var inVm = HexFormat.of().formatHex(returned.result());
        if (!inVm.equals(inV8)
                || !inVm.equals(HexFormat.of().toHexDigits(Long.reverseBytes(plain)))) {
            throw new IllegalStateException(
                    "%s gives %s in the VM, %s in V8, %x in Java"
                            .formatted(kernel.resource(), inVm, inV8, plain));
        }
    }

    static double median(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sorted().toArray()[values.size() / 2];
    }
}
