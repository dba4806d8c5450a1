package io.xwasm.agent.testing.applications;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What must hold after every call of a supply chain; each says what is wrong, or null. */
enum SupplyChainProperty {
    CONSERVED("owned, in transit, damaged, missing and consumed come to what was produced") {
        @Override
        @Nullable String broken(
                @Nullable SupplyChainLook before,
                SupplyChainLook look,
                SupplyChainSequence.Played last) {
            long owned = 0;
            for (int i = 0; i < look.batches().size(); i++) {
                var batch = look.batches().get(i);
                var holdings = look.holdings().get(i);
                long held = holdings.values().stream().mapToLong(Long::longValue).sum();
                long somewhere = held;
                for (var place : List.of("in_transit", "damaged", "missing", "consumed")) {
                    somewhere += batch.path(place).asLong();
                }
                if (somewhere != batch.path("quantity").asLong()
                        || held != batch.path("in_stock").asLong()
                        || outstanding(look, batch) != batch.path("in_transit").asLong()) {
                    return "%s with %s".formatted(batch, holdings);
                }
                owned += held;
            }
            long stocks = look.stocks().values().stream().mapToLong(Long::longValue).sum();
            return stocks == owned ? null : "%s in place of %d".formatted(look.stocks(), owned);
        }

        private long outstanding(SupplyChainLook look, JsonNode batch) {
            return look.shipments().stream()
                    .filter(s -> s.path("batch_id").equals(batch.path("id")))
                    .mapToLong(s ->
                            s.path("quantity").asLong()
                                    - s.path("received").asLong()
                                    - s.path("damaged").asLong()
                                    - s.path("missing").asLong()
                                    - s.path("returned").asLong())
                    .sum();
        }
    },
    ONLY_RECEIVER("only the receiver says what came of a shipment, only the shipper recalls it") {
        @Override
        @Nullable String broken(
                @Nullable SupplyChainLook before,
                SupplyChainLook look,
                SupplyChainSequence.Played last) {
            if (before == null) {
                return null;
            }
            for (int i = 0; i < before.shipments().size(); i++) {
                var was = before.shipments().get(i);
                var is = look.shipments().get(i);
                var permitted =
                        last.method().equals("recall_shipment")
                                ? is.path("shipper")
                                : is.path("destination");
                if (!was.equals(is) && !permitted.asString().equals(last.by())) {
                    return "%s was %s".formatted(is, was);
                }
            }
            return null;
        }
    },
    APPEND_ONLY("what a history says stays, and each entry is one more of all") {
        @Override
        @Nullable String broken(
                @Nullable SupplyChainLook before,
                SupplyChainLook look,
                SupplyChainSequence.Played last) {
            if (before == null) {
                return null;
            }
            for (int i = 0; i < before.histories().size(); i++) {
                var was = before.histories().get(i);
                var is = look.histories().get(i);
                if (is.size() < was.size() || !is.subList(0, was.size()).equals(was)) {
                    return "%s was %s".formatted(is, was);
                }
            }
            return null;
        }
    },
    COMPLETE("who replays a batch's history knows where all of its units are") {
        @Override
        @Nullable String broken(
                @Nullable SupplyChainLook before,
                SupplyChainLook look,
                SupplyChainSequence.Played last) {
            for (int i = 0; i < look.batches().size(); i++) {
                var replayed = new HashMap<String, Long>();
                look.histories().get(i).forEach(entry -> replay(entry, replayed));
                var told = new HashMap<>(look.holdings().get(i));
                for (var place : List.of("in_transit", "damaged", "missing", "consumed")) {
                    told.put(place, look.batches().get(i).path(place).asLong());
                }
                told.values().removeIf(quantity -> quantity == 0);
                replayed.values().removeIf(quantity -> quantity == 0);
                if (!told.equals(replayed)) {
                    return "batch %d: %s in place of %s".formatted(i + 1, replayed, told);
                }
            }
            long entries = look.histories().stream().mapToLong(List::size).sum();
            return entries == look.events()
                    ? null
                    : "%d entries in place of %d".formatted(entries, look.events());
        }

        private void replay(JsonNode entry, Map<String, Long> places) {
            long quantity = entry.path("quantity").asLong();
            var party = entry.path("party").asString();
            switch (entry.path("kind").asString()) {
                case "Produced" -> move(places, null, party, quantity);
                case "Shipped" -> move(places, party, "in_transit", quantity);
                case "Received", "Returned" -> move(places, "in_transit", party, quantity);
                case "Damaged" -> move(places, "in_transit", "damaged", quantity);
                case "Missing" -> move(places, "in_transit", "missing", quantity);
                case "Consumed" -> move(places, party, "consumed", quantity);
                case "WrittenOff" -> move(places, party, "damaged", quantity);
                default -> throw new AssertionError(entry);
            }
        }

        private void move(
                Map<String, Long> places, @Nullable String from, String to, long quantity) {
            if (from != null) {
                places.merge(from, -quantity, Long::sum);
            }
            places.merge(to, quantity, Long::sum);
        }
    };

    private final String sentence;

    SupplyChainProperty(String sentence) {
        this.sentence = sentence;
    }

    /** Compares what there is with what there was before the last call. */
    abstract @Nullable String broken(
            @Nullable SupplyChainLook before,
            SupplyChainLook look,
            SupplyChainSequence.Played last);

    PropertyBroken brokenBy(SupplyChainSequence.Played last, String what) {
        return new PropertyBroken(sentence, "After %s: %s".formatted(last, what));
    }
}
