package io.xwasm.deploy.bench;

import io.xwasm.agent.vm.ChicoryContractVm;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The machine that runs contracts, in this process, without network and signatures. */
@Command(
        name = "vm",
        description = "Contract code against V8 and plain Java; calls with storage; deployment.",
        mixinStandardHelpOptions = true)
final class VmBench implements Callable<Integer> {
    @Option(names = "--rounds", defaultValue = "41", description = "Measured turns of a ratio.")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "10", description = "Measured time of calls.")
    private int seconds;

    @Option(names = "--warmup", defaultValue = "15", description = "Seconds before it.")
    private int warmup;

    @Option(names = "--json", description = "One line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var figures = new Figures("vm");
        try (var vm = new ChicoryContractVm()) {
            var ratios = VmRatios.measure(vm, rounds);
            figures.with("ratio_v8", ratios.v8()).with("ratio_java", ratios.java());
            calls(vm, figures);
            figures.with("deploy_100k_ms", deployMillis(vm));
            figures.with("gas_time_spread", VmSpread.measure(vm, 9));
        }
        figures.print(json);
        return 0;
    }

    private void calls(ChicoryContractVm vm, Figures figures) throws Exception {
        var folder = Files.createTempDirectory("xwasm-bench-vm");
        try (var ledger = new VmLedger(vm, folder.resolve("ledger"))) {
            var trades = new VmTrades(ledger);
            ledger.run(trades.transfers(), warmup);
            figures.with("token_transfers_per_s", ledger.run(trades.transfers(), seconds));
            ledger.run(trades.swaps(), warmup);
            figures.with("dex_swaps_per_s", ledger.run(trades.swaps(), seconds));
        } finally {
            BenchFleet.remove(folder);
        }
    }

    /** Each time another module of the same size, checked, metered and compiled. */
    private static double deployMillis(ChicoryContractVm vm) {
        var module = VmContract.bytes("large-c.wasm");
        var took = new ArrayList<Long>();
        for (int i = 0; i < 9; i++) {
            var wasm = VmContract.contract(module, List.of("x"), "1.0." + i);
            long began = System.nanoTime();
            vm.install(wasm);
            took.add(System.nanoTime() - began);
        }
        return VmRatios.median(took) / 1e6;
    }
}
