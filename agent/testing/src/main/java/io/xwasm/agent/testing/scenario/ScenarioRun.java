package io.xwasm.agent.testing.scenario;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BadValue;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.ContractRefused;
import io.xwasm.agent.testing.runner.GasReport;
import io.xwasm.agent.testing.runner.StateDiff;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Carries a scenario out, step by step, until one does not do what it must. */
public final class ScenarioRun {
    private final Modules modules;
    private final TestRunner runner;
    private final Map<String, TestRunner.Snapshot> remembered = new HashMap<>();
    private final List<StateDiff> diffs = new ArrayList<>();

    /** Where modules come from. */
    public interface Modules {
        /**
         * The module of this file or name.
         *
         * @throws ContractRefused when there is none
         */
        byte[] module(String code);

        /** The proxy that contracts with an owner stand behind. */
        byte[] proxy();
    }

    /**
     * How a scenario ended.
     *
     * @param failure the sentence that tells which step did what instead; null when all went well
     * @param steps carried out, the failed one included
     * @param diffs of each call in order
     */
    public record Report(
            Scenario scenario,
            @Nullable String failure,
            int steps,
            GasReport gas,
            List<StateDiff> diffs) {
        public Report {
            diffs = List.copyOf(diffs);
        }

        public boolean passed() {
            return failure == null;
        }
    }

    private ScenarioRun(Modules modules, TestRunner runner) {
        this.modules = modules;
        this.runner = runner;
    }

    /** Runs it in a fresh VM. */
    public static Report of(Scenario scenario, Modules modules) {
        try (var runner = new TestRunner()) {
            return new ScenarioRun(modules, runner).run(scenario);
        }
    }

    private Report run(Scenario scenario) {
        int number = 0;
        String failure = null;
        try {
            scenario.users().forEach(runner::user);
            scenario.contracts().forEach(this::deploy);
            for (var step : scenario.steps()) {
                number++;
                failure = carryOut(step);
                if (failure != null) {
                    break;
                }
            }
        } catch (ContractRefused | BadValue e) {
            failure = String.valueOf(e.getMessage());
        }
        return new Report(
                scenario,
                failure == null
                        ? null
                        : (number == 0 ? "setting up: " : "step %d: ".formatted(number)) + failure,
                number,
                runner.gasReport(),
                diffs);
    }

    private void deploy(Scenario.Contract contract) {
        var init = contract.init() == null ? null : filled(contract.init());
        var wasm = modules.module(contract.code());
        var owner = contract.owner();
        if (owner == null) {
            runner.deploy(contract.name(), wasm, init);
        } else {
            runner.deployBehindProxy(
                    contract.name(), modules.proxy(), wasm, runner.user(owner), init);
        }
    }

    /** Null when the step did what it must, else what it did instead. */
    private @Nullable String carryOut(Scenario.Step step) {
        return switch (step) {
            case Scenario.Call call -> call(call);
            case Scenario.Query query -> query(query);
            case Scenario.Travel(var time) -> {
                runner.travel(time);
                yield null;
            }
            case Scenario.Remember(var name) -> {
                remembered.put(name, runner.snapshot());
                yield null;
            }
            case Scenario.GoBack(var name) -> goBack(name);
            case Scenario.Upgrade upgrade ->
                    ended(
                            "the upgrade of " + upgrade.contract(),
                            runner.upgrade(
                                    upgrade.user(),
                                    upgrade.contract(),
                                    modules.module(upgrade.code()),
                                    upgrade.migrationData()),
                            upgrade.fails());
            case Scenario.Rollback rollback ->
                    ended(
                            "the rollback of " + rollback.contract(),
                            runner.rollback(
                                    rollback.user(),
                                    rollback.contract(),
                                    rollback.version(),
                                    modules.module(rollback.code())),
                            rollback.fails());
            case Scenario.Balances(var expected) -> balances(expected);
        };
    }

    private @Nullable String goBack(String name) {
        var snapshot = remembered.get(name);
        if (snapshot == null) {
            return "there is no snapshot '%s'".formatted(name);
        }
        runner.restore(snapshot);
        return null;
    }

    private @Nullable String call(Scenario.Call call) {
        var what = "%s.%s".formatted(call.contract(), call.method());
        var result =
                runner.call(
                        call.user(),
                        call.contract(),
                        call.method(),
                        call.arguments() == null ? null : filled(call.arguments()),
                        call.value(),
                        call.gasLimit());
        var failure = ended(what, result, call.fails());
        if (failure != null || !result.succeeded()) {
            return failure;
        }
        var topics = result.events().stream().map(CallResult.Announced::topic).toList();
        if (!call.events().isEmpty() && !topics.equals(call.events())) {
            return "%s announced %s instead of %s".formatted(what, topics, call.events());
        }
        return call.expected() == null
                ? null
                : difference(what, filled(call.expected()), result.result());
    }

    private @Nullable String query(Scenario.Query query) {
        var what = "%s.%s".formatted(query.contract(), query.method());
        var result =
                runner.query(
                        query.contract(),
                        query.method(),
                        query.arguments() == null ? null : filled(query.arguments()));
        return query.expected() == null ? null : difference(what, filled(query.expected()), result);
    }

    private @Nullable String ended(
            String what, CallResult result, Scenario.@Nullable Failure wanted) {
        diffs.add(result.diff());
        Receipt.Failure failure = result.failure();
        if (wanted == null) {
            return failure == null
                    ? null
                    : "%s failed: %s (%s)".formatted(what, failure.message(), failure.kind());
        }
        if (failure == null) {
            return "%s succeeded instead of failing with %s".formatted(what, wanted.kind());
        }
        boolean asWanted =
                failure.kind().equals(wanted.kind())
                        && failure.message().contains(wanted.message());
        return asWanted
                ? null
                : "%s failed with %s (%s) instead of %s (%s)"
                        .formatted(
                                what,
                                failure.kind(),
                                failure.message(),
                                wanted.kind(),
                                wanted.message());
    }

    private @Nullable String balances(Map<String, BigInteger> expected) {
        for (var entry : expected.entrySet()) {
            var balance = runner.balance(named(entry.getKey()));
            if (!balance.equals(entry.getValue())) {
                return "%s has %s instead of %s"
                        .formatted(entry.getKey(), balance, entry.getValue());
            }
        }
        return null;
    }

    private Address named(String name) {
        try {
            return runner.address(name);
        } catch (ContractRefused _) {
            return runner.user(name);
        }
    }

    /** The first place where the result lacks what is wanted; fields not wanted do not matter. */
    private static @Nullable String difference(String what, JsonNode wanted, JsonNode found) {
        if (wanted.isObject() && found.isObject()) {
            for (var entry : wanted.properties()) {
                var inside = found.get(entry.getKey());
                var place = what + " → " + entry.getKey();
                if (inside == null) {
                    return place + " is missing";
                }
                var difference = difference(place, entry.getValue(), inside);
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        if (wanted.isArray() && found.isArray() && wanted.size() == found.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                var difference = difference(what + "[" + i + "]", wanted.get(i), found.get(i));
                if (difference != null) {
                    return difference;
                }
            }
            return null;
        }
        boolean same =
                (wanted.isValueNode() && found.isValueNode())
                        ? wanted.asString().equals(found.asString())
                        : wanted.equals(found);
        return same ? null : "%s is %s instead of %s".formatted(what, found, wanted);
    }

    /** {@code $name} stands for the address of that contract or user. */
    private JsonNode filled(JsonNode node) {
        if (node.isString() && node.asString().startsWith("$")) {
            return StringNode.valueOf(named(node.asString().substring(1)).toString());
        }
        if (node.isObject()) {
            var object = Json.MAPPER.createObjectNode();
            node.properties().forEach(e -> object.set(e.getKey(), filled(e.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = Json.MAPPER.createArrayNode();
            node.forEach(element -> array.add(filled(element)));
            return array;
        }
        return node;
    }
}
