package io.xwasm.agent.testing.applications;

import io.xwasm.agent.testing.applications.GameSequence.Played;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What must hold of a game; each says what is wrong, or null. */
enum GameProperty {
    ONE_HOLDER("an item is in one inventory, worn by one player or locked in one offer", true) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            var places = new HashMap<Integer, List<String>>();
            var offers = sequence.ask("offers", 0, 50);
            for (var player : sequence.ask("players", 0, 50)) {
                var id = player.path("id").asString();
                int held = 0;
                for (var item : sequence.ask("inventory", id)) {
                    held += found(places, item, id + " Inventory");
                }
                for (var worn : player.path("equipment").properties()) {
                    if (!worn.getValue().isNull()) {
                        held += found(places, worn.getValue(), id + " Equipped " + worn.getKey());
                    }
                }
                for (var view : offers) {
                    var offer = view.path("offer");
                    if (offer.path("seller").asString().equals(id)) {
                        var place = " Offered " + view.path("offer_id").asInt();
                        held += found(places, offer.path("item"), id + place);
                    }
                }
                if (held != player.path("held").asInt()) {
                    return "%d items are with %s".formatted(held, player);
                }
            }
            var items = items(sequence);
            for (int id = 0; id < items.size(); id++) {
                var here = places.getOrDefault(id, List.of());
                var told = told(items.get(id));
                if (!here.equals(List.of(told))) {
                    return "item %d is %s, and found at %s".formatted(id, told, here);
                }
            }
            return null;
        }

        private int found(Map<Integer, List<String>> places, JsonNode item, String place) {
            places.computeIfAbsent(item.asInt(), _ -> new ArrayList<>()).add(place);
            return 1;
        }

        // Where the item's own record says that it is.
        private String told(JsonNode item) {
            var place = item.path("place");
            var owner = item.path("owner").asString();
            if (place.isString()) {
                return owner + " " + place.asString();
            }
            var slot = place.path("Equipped").path("slot").asString("");
            return slot.isEmpty()
                    ? owner + " Offered " + place.path("Offered").path("offer").asInt()
                    : owner + " Equipped " + SLOTS.get(slot);
        }
    },
    SUPPLY(
            "there are as many items of a template as it counts, and never more than its limit",
            true) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            var made = new HashMap<Integer, Long>();
            items(sequence)
                    .forEach(item -> made.merge(item.path("template").asInt(), 1L, Long::sum));
            int id = 0;
            for (var template : sequence.ask("templates", 0, 50)) {
                long minted = template.path("minted").asLong();
                long limit = template.path("design").path("limit").asLong();
                if (minted > limit || minted != made.getOrDefault(id, 0L)) {
                    return "%d items are made from %s".formatted(made.get(id), template);
                }
                id++;
            }
            return null;
        }
    },
    BOUNDS("energy and health stay within their bounds", true) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            for (var player : sequence.ask("players", 0, 50)) {
                long health = player.path("health").asLong();
                if (player.path("energy").asLong() > 100
                        || health > player.path("max_health").asLong()
                        || health < 1) {
                    return player.toString();
                }
            }
            for (var duel : sequence.duels) {
                var battle = sequence.ask("battle", duel.id);
                for (var side : List.of("challenger", "opponent")) {
                    long most = battle.path(side).path("fighter").path("max_health").asLong();
                    var left = battle.path("result").path(side + "_health");
                    if (!left.isMissingNode() && left.asLong() > most) {
                        return battle.toString();
                    }
                }
            }
            return null;
        }
    },
    GOLD("players have the gold that was issued and not spent, and battles alone issue it", true) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            long gold = 0;
            for (var player : sequence.ask("players", 0, 50)) {
                gold += player.path("gold").asLong();
            }
            var economy = sequence.ask("economy");
            long issued = economy.path("gold_issued").asLong();
            boolean right =
                    gold == issued - economy.path("gold_spent").asLong() && issued == sequence.paid;
            return right
                    ? null
                    : "players have %d, battles paid %d: %s"
                            .formatted(gold, sequence.paid, economy);
        }
    },
    FEES("what the game has in native value is its fees", true) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            var has = sequence.runner.balance(sequence.runner.address("game"));
            var fees = new BigInteger(sequence.ask("economy").path("fees").asString());
            return has.equals(fees) ? null : "it has %s, and fees of %s".formatted(has, fees);
        }
    },
    ENDS_ONCE("a battle ends once, and pays once", false) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            var moment = last.duel();
            return last.did("end_battle") && moment != null && moment.endings() > 0
                    ? "it has ended before"
                    : null;
        }
    },
    COMMITTED("what is revealed was committed, both sides having done so, and all in time", false) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            var moment = last.duel();
            if (moment == null || !(last.did("commit_actions") || last.did("reveal_actions"))) {
                return null;
            }
            if (moment.now() > moment.deadline()) {
                return "the time was over at %d".formatted(moment.deadline());
            }
            var secret = last.secret();
            if (secret == null) {
                return null;
            }
            var committed = moment.committed().get(last.user());
            return committed == null
                            || moment.committed().size() < 2
                            || !committed.actions().equals(secret.actions())
                            || !Arrays.equals(committed.salt(), secret.salt())
                    ? "%s of %s".formatted(committed, moment)
                    : null;
        }
    },
    SILENCE("a side that is silent when the time is over loses, and no side before", false) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            var moment = last.duel();
            if (moment == null || !last.did("end_battle")) {
                return null;
            }
            var ending = last.result().result().path("ending").asString();
            if (moment.revealed().size() == 2) {
                return ending.equals("Fought") ? null : "both had revealed";
            }
            if (moment.now() <= moment.deadline()) {
                return "there was time until %d".formatted(moment.deadline());
            }
            var spoken =
                    moment.committed().size() == 2
                            ? moment.revealed()
                            : moment.committed().keySet();
            var wanted =
                    spoken.size() == 1
                            ? sequence.runner.user(spoken.iterator().next()).toString()
                            : "";
            var winner = last.result().result().path("winner");
            return wanted.equals(winner.isNull() ? "" : winner.asString())
                    ? null
                    : "spoken have %s".formatted(spoken);
        }
    },
    SAME_RESULT("the same reveals give the same result, whatever else happens", false) {
        @Override
        @Nullable String broken(GameSequence sequence, Played last) {
            var moment = last.duel();
            var earlier = last.earlier();
            if (earlier == null || moment == null) {
                return null;
            }
            var result = sequence.result(moment.duel());
            return result.equals(earlier) ? null : "%s, and before %s".formatted(result, earlier);
        }
    };

    private static final Map<String, String> SLOTS =
            Map.of("Weapon", "weapon", "Armour", "armour", "Trinket", "trinket");
    private static final int PAGE = 50;

    private final String sentence;

    /** Whether it looks at the whole state, which is done less often, or at the last call. */
    final boolean ofState;

    GameProperty(String sentence, boolean ofState) {
        this.sentence = sentence;
        this.ofState = ofState;
    }

    abstract @Nullable String broken(GameSequence sequence, Played last);

    /**
     * Looks whether it holds.
     *
     * @throws PropertyBroken when it does not
     */
    void check(GameSequence sequence, Played last) {
        var what = broken(sequence, last);
        if (what != null) {
            throw new PropertyBroken(sentence, "After %s: %s".formatted(last, what));
        }
    }

    private static List<JsonNode> items(GameSequence sequence) {
        var items = new ArrayList<JsonNode>();
        int before;
        do {
            before = items.size();
            sequence.ask("items", before, PAGE).forEach(items::add);
        } while (items.size() == before + PAGE);
        return items;
    }
}
