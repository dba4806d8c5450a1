package io.xwasm.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * How fast calls run in process, on one thread, without signatures or a disk. Prints figures and
 * asserts none: machines differ.
 */
@Tag("throughput")
class ThroughputTest {
    private static final int WARM_UP = 60_000;
    private static final int MEASURED = 100_000;

    @Test
    void token_transfers() {
        try (var sandbox = new Sandbox()) {
            var exchange = Exchange.plain(sandbox, 3);
            report(
                    "token transfers",
                    sandbox,
                    exchange.gold(),
                    "transfer",
                    "{\"to\": \"%s\", \"amount\": 1}".formatted(Sandbox.account("bob")));
        }
    }

    @Test
    void dex_swaps() {
        try (var sandbox = new Sandbox()) {
            var exchange = Exchange.plain(sandbox, 3, 1_000_000_000_000L, 4_000_000_000_000L);
            report("dex swaps", sandbox, exchange.dex(), "swap", exchange.swapArguments(100, 1));
        }
    }

    @Test
    void dex_swaps_behind_a_proxy() {
        try (var sandbox = new Sandbox()) {
            var exchange = Exchange.behindProxy(sandbox, 1_000_000_000_000L, 4_000_000_000_000L);
            report(
                    "dex swaps behind a proxy",
                    sandbox,
                    exchange.dex(),
                    "swap",
                    exchange.swapArguments(100, 1));
        }
    }

    private static void report(
            String what, Sandbox sandbox, Address contract, String method, String arguments) {
        var bytes =
                sandbox.interfaceAt(contract)
                        .arguments(method, JsonMapper.builder().build().readTree(arguments));
        long gas = run(sandbox, contract, method, bytes, WARM_UP);
        long began = System.nanoTime();
        run(sandbox, contract, method, bytes, MEASURED);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s: %,.0f per second, %.1f us and %,d gas each%n",
                what,
                MEASURED / seconds,
                seconds / MEASURED * 1e6,
                gas);
    }

    private static long run(
            Sandbox sandbox, Address contract, String method, byte[] arguments, int times) {
        long gas = 0;
        for (int i = 0; i < times; i++) {
            var outcome =
                    sandbox.send(Exchange.TRADER, contract, method, arguments, 0, Sandbox.PLENTY);
            assertThat(outcome).isInstanceOf(Outcome.Returned.class);
            gas = outcome.gasUsed();
            sandbox.world().commit();
        }
        return gas;
    }
}
