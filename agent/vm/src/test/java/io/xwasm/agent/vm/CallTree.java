package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Contracts that call one another in a tree: each writes its number, announces it, pays one unit to
 * a sink, calls its children and then ends somehow. A delegate does all this at its caller's
 * address.
 *
 * <p>It knows by itself, without the machine, what must be left in the end.
 */
record CallTree(Node top) {
    enum Ending {
        RETURN,
        REVERT,
        TRAP,
        /** Out of gas, with everything that is left. */
        SPIN,
        /** Reverts when a child has failed. */
        PASS_ON
    }

    /**
     * @param number its own; its key, its event's topic
     * @param called otherwise delegated to
     */
    record Node(int number, Ending ending, boolean called, List<Node> children) {}

    private record Left(
            List<Integer> events, Map<String, Integer> stored, Map<String, Integer> paid) {
        Left() {
            this(new ArrayList<>(), new TreeMap<>(), new TreeMap<>());
        }

        void add(Left other) {
            events.addAll(other.events);
            stored.putAll(other.stored);
            other.paid.forEach((who, much) -> paid.merge(who, much, Integer::sum));
        }
    }

    private static final GroupId GROUP = new GroupId("tree");
    private static final Address SINK = Address.ofContract(GROUP, "sink");
    private static final long GAS = 40_000_000;
    private static final int MOST_DEPTH = 6;

    static CallTree random(Random random) {
        return new CallTree(random(random, new int[] {1}, 0));
    }

    private static Node random(Random random, int[] next, int depth) {
        int number = next[0]++;
        var children = new ArrayList<Node>();
        while (depth < MOST_DEPTH && next[0] < 12 && random.nextInt(3) > 0) {
            children.add(random(random, next, depth + 1));
        }
        var ending =
                switch (random.nextInt(10)) {
                    case 0, 1 -> Ending.REVERT;
                    case 2 -> Ending.TRAP;
                    case 3, 4, 5 -> Ending.PASS_ON;
                    default -> Ending.RETURN;
                };
        return new Node(number, ending, depth == 0 || random.nextBoolean(), List.copyOf(children));
    }

    /** Every contract's address; a delegate's is where its code would be called. */
    List<Address> parties() {
        return all(top).stream().map(CallTree::address).toList();
    }

    private static List<Node> all(Node node) {
        var all = new ArrayList<Node>();
        all.add(node);
        node.children().forEach(child -> all.addAll(all(child)));
        return all;
    }

    private static Address address(Node node) {
        return Address.ofContract(GROUP, "node" + node.number());
    }

    Address place(InMemoryWorld world) {
        for (var node : all(top)) {
            world.place(address(node), world.upload(code(node)));
        }
        return address(top);
    }

    Invocation invocation(Address at) {
        return new Invocation(
                Sandbox.account("alice"),
                at,
                "x",
                new byte[] {},
                BigInteger.ZERO,
                GAS,
                new BlockContext(1, 1),
                Hash.ZERO);
    }

    private byte[] code(Node node) {
        var module = new GuestModule();
        int set = module.imports(HostImport.STORAGE_SET);
        int emit = module.imports(HostImport.EMIT);
        int call = module.imports(HostImport.CALL);
        int delegate = module.imports(HostImport.DELEGATE_CALL);
        int revert = module.imports(HostImport.REVERT);
        module.data(0, new byte[] {(byte) node.number(), 'x'}).data(16, new byte[] {1});
        module.data(32, SINK.bytes());
        var code = new GuestCode().variables("i").call(set, 0, 1, 0, 1).call(emit, 0, 1, 0, 0);
        code.i32(32).i32(0).i32(0).i32(0).i32(0).i32(16).i64(0).call(call).drop();
        int place = 64;
        for (var child : node.children()) {
            if (child.called()) {
                module.data(place, address(child).bytes());
                code.i32(place).i32(1).i32(1).i32(0).i32(0).i32(0);
                // A child that spins must not take everything.
                code.i64(child.ending() == Ending.SPIN ? 100_000 : 0).call(call);
            } else {
                module.data(place, io.xwasm.agent.protocol.CodeHash.ofCode(code(child)).bytes());
                code.call(delegate, place, 1, 1, 0, 0);
            }
            place += 32;
            code.open(Opcodes.IF).i32(1).set(0).end();
        }
        switch (node.ending()) {
            case RETURN -> {}
            case REVERT -> code.call(revert, FailureKind.STATE.code(), 0, 1);
            case TRAP -> code.op(Opcodes.UNREACHABLE);
            case SPIN -> code.open(Opcodes.LOOP).with(Opcodes.BR, 0).end();
            case PASS_ON -> {
                code.get(0).open(Opcodes.IF);
                code.call(revert, FailureKind.STATE.code(), 0, 1).end();
            }
        }
        return module.method("x", code).build();
    }

    /** What must be left, as {@link #shown} writes it. */
    String expected() {
        var left = new Left();
        boolean well = run(top, "1", left);
        return well ? shown("returned", left) : shown("failed", new Left());
    }

    private static boolean run(Node node, String at, Left left) {
        var own = new Left();
        own.events.add(node.number());
        own.stored.put(at + "/" + node.number(), node.number());
        own.paid.merge(at, 1, Integer::sum);
        boolean anyFailed = false;
        for (var child : node.children()) {
            anyFailed |= !run(child, child.called() ? "" + child.number() : at, own);
        }
        boolean well =
                switch (node.ending()) {
                    case RETURN -> true;
                    case PASS_ON -> !anyFailed;
                    case REVERT, TRAP, SPIN -> false;
                };
        if (well) {
            left.add(own);
        }
        return well;
    }

    private static String shown(String how, Left left) {
        var balances = new TreeMap<String, Integer>();
        left.paid.forEach((who, much) -> balances.put(who, 1000 - much));
        int sunk = left.paid.values().stream().mapToInt(Integer::intValue).sum();
        if (sunk > 0) {
            balances.put("sink", sunk);
        }
        return how + " " + left.events + " " + plain(left.stored) + " " + balances;
    }

    /** Where each number lies, without repeating what is the same anyway. */
    private static Map<String, Integer> plain(Map<String, Integer> stored) {
        var plain = new TreeMap<String, Integer>();
        stored.forEach((place, number) -> {
            var at = place.substring(0, place.indexOf('/'));
            plain.put(at.equals("" + number) ? at : place, number);
        });
        return plain;
    }

    /** What is left in the world, what was announced, and who has paid. */
    String shown(InMemoryWorld world, Outcome outcome) {
        var left = new Left();
        for (var node : all(top)) {
            var at = address(node);
            for (var other : all(top)) {
                var value = world.storage(at, new byte[] {(byte) other.number()});
                if (value != null) {
                    left.stored.put(node.number() + "/" + other.number(), (int) value[0]);
                }
            }
            int paid = 1000 - world.balance(at).intValueExact();
            if (paid != 0) {
                left.paid.put("" + node.number(), paid);
            }
        }
        if (outcome instanceof Outcome.Returned returned) {
            returned.events()
                    .forEach(event -> left.events.add((int) event.topic().getBytes(UTF_8)[0]));
        }
        int sunk = left.paid.values().stream().mapToInt(Integer::intValue).sum();
        if (world.balance(SINK).intValueExact() != sunk) {
            throw new AssertionError("paid " + sunk + ", arrived " + world.balance(SINK));
        }
        return shown(outcome instanceof Outcome.Returned ? "returned" : "failed", left);
    }
}
