package io.xwasm.agent.testing.applications;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A random sequence of calls of a game, and what its players know of their battles. */
final class GameSequence {
    static final List<String> PLAYERS = List.of("alice", "bob", "carol", "dave");
    static final int ROUNDS = 4;
    static final long WINDOW = 1_800_000;
    private static final List<String> ACTIONS = List.of("Strike", "Guard", "Focus", "Special");
    private static final int SALT = 32;

    /** What a side committed to. */
    record Secret(List<String> actions, byte[] salt) {}

    /** A battle as its players know it. */
    static final class Duel {
        final int id;
        final String challenger;
        final String opponent;
        long deadline;
        final Map<String, Secret> committed = new TreeMap<>();
        final Set<String> revealed = new TreeSet<>();
        int endings;

        Duel(int id, String challenger, String opponent, long deadline) {
            this.id = id;
            this.challenger = challenger;
            this.opponent = opponent;
            this.deadline = deadline;
        }
    }

    /**
     * A call that was made.
     *
     * @param duel the battle it was about, as it was before; null when it was about none
     * @param secret what was revealed
     * @param earlier how the same battle ended at another time; null when that was not tried
     */
    record Played(
            String user,
            String method,
            ArrayNode arguments,
            CallResult result,
            @Nullable Moment duel,
            @Nullable Secret secret,
            @Nullable JsonNode earlier) {
        boolean did(String wanted) {
            return method.equals(wanted) && result.succeeded();
        }

        /** The method, and the kind of failure if there was one. */
        String outcome() {
            var failure = result.failure();
            return failure == null ? method : method + " " + failure.kind();
        }

        @Override
        public String toString() {
            return "%s.%s%s → %s %s".formatted(user, method, arguments, outcome(), result.result());
        }
    }

    /** A battle at the time of a call, before it. */
    record Moment(
            Duel duel,
            long now,
            long deadline,
            Map<String, Secret> committed,
            Set<String> revealed,
            int endings) {}

    final TestRunner runner;
    final List<Duel> duels = new ArrayList<>();

    /** Gold that battles have paid, by what they announced. */
    long paid;

    private final RandomGenerator random;

    GameSequence(TestRunner runner, RandomGenerator random) {
        this.runner = runner;
        this.random = random;
    }

    /** One call; time may pass before it. */
    Played next() {
        if (random.nextInt(6) == 0) {
            travel(WINDOW);
        }
        return switch (random.nextInt(22)) {
            case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 -> battle();
            case 11, 12 -> mint();
            case 13, 14, 15 -> equip();
            case 16 -> call(player(), "unequip", arguments(one("Weapon", "Armour", "Trinket")));
            case 17, 18 -> offer();
            case 19, 20 -> answer();
            default -> administration();
        };
    }

    private void travel(long most) {
        runner.travel(Duration.ofMillis(random.nextLong(most)));
    }

    private Played battle() {
        var open = duels.stream().filter(duel -> duel.endings == 0).toList();
        if (open.isEmpty() || random.nextInt(8) == 0) {
            return random.nextInt(4) == 0
                    ? call(player(), "set_open", arguments(true))
                    : start(player(), player());
        }
        var among = random.nextInt(8) == 0 ? duels : open;
        var duel = among.get(random.nextInt(among.size()));
        var user = random.nextInt(16) == 0 ? player() : one(duel.challenger, duel.opponent);
        int step = random.nextInt(6) == 0 ? random.nextInt(3) : next(duel, user);
        return switch (step) {
            case 0 -> commit(duel, user);
            case 1 -> reveal(duel, user);
            default -> end(duel, user);
        };
    }

    private int next(Duel duel, String user) {
        boolean late = now() > duel.deadline && random.nextInt(3) > 0;
        boolean over = late || duel.revealed.size() == 2;
        return over ? 2 : duel.committed.containsKey(user) ? 1 : 0;
    }

    private Played start(String challenger, String opponent) {
        var played = call(challenger, "start_battle", arguments(runner.user(opponent)));
        if (played.result().succeeded()) {
            int id = played.result().result().path("battle_id").asInt();
            duels.add(new Duel(id, challenger, opponent, now() + WINDOW));
        }
        return played;
    }

    private Played commit(Duel duel, String user) {
        var salt = new byte[SALT];
        random.nextBytes(salt);
        var secret = new Secret(random.ints(ROUNDS, 0, 4).mapToObj(ACTIONS::get).toList(), salt);
        var hash = commitment(duel.id, runner.user(user), secret);
        var played = call(user, "commit_actions", arguments(duel.id, hash), duel, null, null);
        if (played.result().succeeded()) {
            duel.committed.put(user, secret);
            duel.deadline = duel.committed.size() == 2 ? now() + WINDOW : duel.deadline;
        }
        return played;
    }

    /** What `game` documents: number, player, actions and salt, in Borsh, hashed. */
    static Hash commitment(int battle, Address player, Secret secret) {
        var bytes = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(battle).put(player.bytes()).putInt(secret.actions().size());
        secret.actions().forEach(action -> bytes.put((byte) ACTIONS.indexOf(action)));
        bytes.put(secret.salt()).flip();
        var used = new byte[bytes.remaining()];
        bytes.get(used);
        return Hash.sha256(used);
    }

    private Played reveal(Duel duel, String user) {
        var committed = duel.committed.get(user);
        var secret = committed;
        if (committed == null || random.nextInt(8) == 0) {
            var others = random.ints(ROUNDS, 0, 4).mapToObj(ACTIONS::get).toList();
            secret = new Secret(others, committed == null ? new byte[SALT] : committed.salt());
        }
        var given = arguments(duel.id);
        secret.actions().forEach(given.addArray()::add);
        given.add(Hash.of(secret.salt()).toString());
        var played = call(user, "reveal_actions", given, duel, secret, null);
        if (played.result().succeeded()) {
            duel.revealed.add(user);
        }
        return played;
    }

    /** Ends a battle; often it has ended before, in another course of events. */
    private Played end(Duel duel, String user) {
        JsonNode earlier = null;
        if (duel.revealed.size() == 2 && duel.endings == 0 && random.nextBoolean()) {
            var before = runner.snapshot();
            call(user, "end_battle", arguments(duel.id));
            earlier = result(duel);
            runner.restore(before);
            travel(WINDOW);
            call(duel.challenger, "unequip", arguments("Weapon"));
        }
        var played = call(user, "end_battle", arguments(duel.id), duel, null, earlier);
        if (played.result().succeeded()) {
            duel.endings++;
            paid += played.result().result().path("rewards").path("currency").asLong();
        }
        return played;
    }

    /** How a battle ended, but for the time. */
    JsonNode result(Duel duel) {
        var result = ask("battle", duel.id).path("result");
        return result instanceof ObjectNode object ? object.without("ended_at") : result;
    }

    private Played mint() {
        int template = random.nextInt(15) == 0 ? random.nextInt(10) : random.nextInt(4, 9);
        int quantity = random.nextInt(1, 4);
        var made = ask("template", template);
        long value = made.path("design").path("price").asLong() * quantity;
        value += random.nextInt(8) == 0 ? 1 : 0;
        return call(player(), "mint_item", arguments(template, quantity), value);
    }

    private Played equip() {
        var user = player();
        return call(user, "equip", arguments(itemOf(user)));
    }

    private int itemOf(String user) {
        var inventory = ask("inventory", runner.user(user));
        return inventory.isEmpty() || random.nextInt(8) == 0
                ? random.nextInt(12)
                : inventory.get(random.nextInt(inventory.size())).asInt();
    }

    private Played offer() {
        var user = player();
        var given = arguments(itemOf(user), runner.user(player()), random.nextInt(80));
        switch (random.nextInt(3)) {
            case 0 -> given.add("Gold");
            case 1 -> given.add("Native");
            default ->
                    given.addObject()
                            .putObject("Token")
                            .put("contract", runner.address("silver").toString());
        }
        return call(user, "trade_item", given);
    }

    /** Accepts an offer in most cases, or ends it. */
    private Played answer() {
        var offers = ask("offers", 0, 50);
        if (offers.isEmpty()) {
            return random.nextInt(8) > 0
                    ? offer()
                    : call(player(), "accept_trade", arguments(random.nextInt(5)));
        }
        var chosen = offers.get(random.nextInt(offers.size()));
        var offer = chosen.path("offer");
        var id = arguments(chosen.path("offer_id").asInt());
        var recipient = offer.path("recipient").asString();
        var user =
                random.nextInt(8) == 0
                        ? player()
                        : PLAYERS.stream()
                                .filter(p -> runner.user(p).toString().equals(recipient))
                                .findFirst()
                                .orElseThrow();
        if (random.nextInt(4) == 0) {
            return call(user, "cancel_trade", id);
        }
        boolean isNative = offer.path("currency").asString("").equals("Native");
        return call(user, "accept_trade", id, isNative ? offer.path("price").asLong() : 0);
    }

    private Played administration() {
        return switch (random.nextInt(3)) {
            case 0 -> call(player(), "buy_energy", arguments(random.nextInt(15)));
            case 1 -> {
                var user = random.nextInt(4) == 0 ? player() : "owner";
                var bank = runner.user("bank");
                yield call(user, "withdraw_fees", arguments(bank, random.nextInt(20)));
            }
            default -> call(player(), "set_open", arguments(random.nextInt(4) > 0));
        };
    }

    JsonNode ask(String method, Object... given) {
        return runner.query("game", method, arguments(given));
    }

    private long now() {
        return runner.now().toEpochMilli();
    }

    private String player() {
        return one(PLAYERS.toArray(String[]::new));
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }

    private Played call(String user, String method, ArrayNode given) {
        return call(user, method, given, 0);
    }

    private Played call(String user, String method, ArrayNode given, long value) {
        var result =
                runner.call(
                        user,
                        "game",
                        method,
                        given,
                        BigInteger.valueOf(value),
                        TestRunner.GAS_LIMIT);
        return new Played(user, method, given, result, null, null, null);
    }

    private Played call(
            String user,
            String method,
            ArrayNode given,
            Duel duel,
            @Nullable Secret secret,
            @Nullable JsonNode earlier) {
        var moment =
                new Moment(
                        duel,
                        now(),
                        duel.deadline,
                        new HashMap<>(duel.committed),
                        Set.copyOf(duel.revealed),
                        duel.endings);
        var result = runner.call(user, "game", method, given);
        return new Played(user, method, given, result, moment, secret, earlier);
    }

    static ArrayNode arguments(Object... values) {
        var array = Json.MAPPER.createArrayNode();
        for (var value : values) {
            switch (value) {
                case Integer number -> array.add(number);
                case Boolean flag -> array.add(flag);
                case JsonNode node -> array.add(node);
                default -> array.add(value.toString());
            }
        }
        return array;
    }
}
