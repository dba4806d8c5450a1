package io.xwasm.agent.testing.applications;

import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.TestRunner;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** A random sequence of calls of a supply chain, mostly of things that are allowed. */
final class SupplyChainSequence {
    static final List<String> PARTICIPANTS = List.of("farm", "mill", "depot", "shop");
    private static final List<String> MAKERS = List.of("farm", "mill");
    private static final long DAY = 24 * 3_600_000L;

    /**
     * A call that was made.
     *
     * @param by the user's address
     */
    record Played(String user, String by, String method, ArrayNode arguments, CallResult result) {
        /** The method, and the kind of failure if there was one. */
        String outcome() {
            var failure = result.failure();
            return failure == null ? method : method + " " + failure.kind();
        }

        @Override
        public String toString() {
            return "%s.%s%s → %s".formatted(user, method, arguments, result.result());
        }
    }

    final TestRunner runner;
    private final RandomGenerator random;
    private @Nullable SupplyChainLook look;

    SupplyChainSequence(TestRunner runner, RandomGenerator random) {
        this.runner = runner;
        this.random = random;
    }

    /** One call; time may pass before it. */
    Played next() {
        if (random.nextInt(8) == 0) {
            runner.travel(Duration.ofMillis(random.nextLong(5 * DAY)));
        }
        return switch (random.nextInt(20)) {
            case 0, 1, 2 -> make();
            case 3, 4, 5, 6, 7 -> ship();
            case 8, 9, 10, 11, 12, 13 -> confirm();
            case 14 -> shipmentCall("return_shipment", "destination");
            case 15 -> shipmentCall("recall_shipment", "shipper");
            case 16, 17 -> take("consume");
            case 18 -> take("write_off");
            default -> administration();
        };
    }

    /** What the last call has left; the next one is chosen by it. */
    void see(SupplyChainLook seen) {
        look = seen;
    }

    private Played make() {
        var user = random.nextInt(8) == 0 ? participant() : one(MAKERS);
        long now = runner.now().toEpochMilli();
        var ingredients = Json.MAPPER.createArrayNode();
        for (int i = random.nextInt(3); i > 0; i--) {
            var ingredient = ingredients.addObject();
            ingredient.put("name", "x").put("quantity", random.nextInt(1, 20));
            if (random.nextBoolean()) {
                ingredient.put("source", batch());
            } else {
                ingredient.putNull("source");
            }
        }
        long until = now + (random.nextInt(10) == 0 ? 0 : random.nextLong(DAY, 60 * DAY));
        int quantity = random.nextInt(10) == 0 ? 0 : random.nextInt(1, 200);
        long product = user.equals("farm") ? 1 : 2;
        return call(user, "create_batch", arguments(product, quantity, now, until, ingredients));
    }

    private Played ship() {
        long batch = batch();
        var user = holder(batch);
        long duration = random.nextLong(10 * DAY);
        var to = runner.user(participant());
        if (random.nextInt(3) == 0) {
            return call(user, "ship_batch", arguments(batch, to, "Road", duration));
        }
        int quantity = random.nextInt(60);
        return call(user, "ship_quantity", arguments(batch, quantity, to, "Sea", duration));
    }

    private Played confirm() {
        var shipment = shipment();
        var user = likely(shipment, "destination");
        long all = shipment == null ? 1 : shipment.path("quantity").asLong();
        long quantity = random.nextInt(3) == 0 ? all : random.nextLong(all + 1);
        var condition = one(List.of("Good", "Good", "Damaged", "Missing"));
        return call(user, "confirm_receipt", arguments(id(shipment), quantity, condition));
    }

    private Played shipmentCall(String method, String permitted) {
        var shipment = shipment();
        if (method.equals("recall_shipment") && random.nextBoolean()) {
            runner.travel(Duration.ofMillis(31 * DAY));
        }
        return call(likely(shipment, permitted), method, arguments(id(shipment)));
    }

    private Played take(String method) {
        long batch = batch();
        return call(holder(batch), method, arguments(batch, random.nextInt(40)));
    }

    private Played administration() {
        var user = random.nextInt(4) == 0 ? participant() : "owner";
        var whom = runner.user(participant()).toString();
        var arguments = arguments(whom).add(random.nextInt(4) > 0);
        return call(user, "set_participant_active", arguments);
    }

    private Played call(String user, String method, ArrayNode arguments) {
        var result = runner.call(user, "chain", method, arguments);
        return new Played(user, runner.user(user).toString(), method, arguments, result);
    }

    static ArrayNode arguments(Object... values) {
        var array = Json.MAPPER.createArrayNode();
        for (var value : values) {
            switch (value) {
                case Integer number -> array.add(number);
                case Long number -> array.add(number);
                case JsonNode node -> array.add(node);
                default -> array.add(value.toString());
            }
        }
        return array;
    }

    private String participant() {
        return one(PARTICIPANTS);
    }

    /** A batch that is there, or rarely one that is not. */
    private long batch() {
        int there = look == null ? 0 : look.batches().size();
        return there == 0 || random.nextInt(20) == 0 ? there + 1 : 1 + random.nextInt(there);
    }

    /** Somebody who has some of a batch, in most cases. */
    private String holder(long batch) {
        if (look == null || batch > look.batches().size() || random.nextInt(10) == 0) {
            return participant();
        }
        var holdings = look.holdings().get((int) batch - 1);
        return PARTICIPANTS.stream()
                .filter(name -> holdings.getOrDefault(runner.user(name).toString(), 0L) > 0)
                .skip(random.nextInt(2))
                .findFirst()
                .orElseGet(this::participant);
    }

    /** One that is not completed, in most cases. */
    private @Nullable JsonNode shipment() {
        if (look == null || look.shipments().isEmpty()) {
            return null;
        }
        var open =
                look.shipments().stream()
                        .filter(s -> !s.path("status").asString().equals("Completed"))
                        .toList();
        return one(open.isEmpty() || random.nextInt(10) == 0 ? look.shipments() : open);
    }

    private static long id(@Nullable JsonNode shipment) {
        return shipment == null ? 1 : shipment.path("id").asLong();
    }

    private String likely(@Nullable JsonNode shipment, String who) {
        if (shipment == null || random.nextInt(6) == 0) {
            return participant();
        }
        var address = shipment.path(who).asString();
        return PARTICIPANTS.stream()
                .filter(name -> runner.user(name).toString().equals(address))
                .findFirst()
                .orElseThrow();
    }

    private <T> T one(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
