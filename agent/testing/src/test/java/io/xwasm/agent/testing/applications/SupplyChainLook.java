package io.xwasm.agent.testing.applications;

import static io.xwasm.agent.testing.applications.SupplyChainSequence.arguments;

import io.xwasm.agent.testing.runner.TestRunner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/**
 * What the machine tells about a supply chain at some moment.
 *
 * @param batches in the order of their ids
 * @param shipments likewise
 * @param histories of each batch, whole
 * @param holdings of each batch: what each participant has of it, by address
 * @param stocks units of all products that each participant has, by name
 * @param events how many entries all histories have
 */
record SupplyChainLook(
        List<JsonNode> batches,
        List<JsonNode> shipments,
        List<List<JsonNode>> histories,
        List<Map<String, Long>> holdings,
        Map<String, Long> stocks,
        long events) {
    private static final int PAGE = 100;

    static SupplyChainLook at(TestRunner runner) {
        var counters = runner.query("chain", "counters", null);
        long batches = counters.path("batches").asLong();
        var holdings = new ArrayList<Map<String, Long>>();
        for (long id = 1; id <= batches; id++) {
            holdings.add(new HashMap<>());
        }
        for (var name : SupplyChainSequence.PARTICIPANTS) {
            var address = runner.user(name);
            for (var holding : runner.query("chain", "inventory", arguments(address, 0, PAGE))) {
                holdings.get(holding.path("batch_id").asInt() - 1)
                        .put(address.toString(), holding.path("quantity").asLong());
            }
        }
        return new SupplyChainLook(
                each(runner, "batch", batches),
                each(runner, "shipment", counters.path("shipments").asLong()),
                LongStream.rangeClosed(1, batches).mapToObj(id -> history(runner, id)).toList(),
                holdings,
                stocks(runner, counters.path("products").asLong()),
                counters.path("events").asLong());
    }

    private static List<JsonNode> each(TestRunner runner, String what, long count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id -> runner.query("chain", what, arguments(id)))
                .toList();
    }

    private static List<JsonNode> history(TestRunner runner, long batch) {
        var history = new ArrayList<JsonNode>();
        JsonNode page;
        do {
            page = runner.query("chain", "trace", arguments(batch, history.size(), PAGE));
            page.forEach(history::add);
        } while (page.size() == PAGE);
        return history;
    }

    private static Map<String, Long> stocks(TestRunner runner, long products) {
        var stocks = new HashMap<String, Long>();
        for (var name : SupplyChainSequence.PARTICIPANTS) {
            for (long product = 1; product <= products; product++) {
                var level = runner.query("chain", "stock", arguments(runner.user(name), product));
                stocks.merge(name, level.path("available").asLong(), Long::sum);
            }
        }
        return stocks;
    }
}
