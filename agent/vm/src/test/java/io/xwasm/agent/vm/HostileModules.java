package io.xwasm.agent.vm;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Random;

/**
 * What an attacker would try: real modules damaged at random, and host functions called with
 * whatever pointers and lengths. Each is refused or runs to its end within its gas; anything that
 * is thrown otherwise passes through.
 */
final class HostileModules {
    static final long GAS = 2_000_000;
    private static final Address ANYBODY = Sandbox.account("anybody");
    private static final Address AT = Sandbox.account("hostile");
    private static final List<byte[]> REAL =
            ShippedContracts.names().stream().map(ShippedContracts::code).toList();

    private HostileModules() {}

    /** A real module, or a generated one, with some bytes changed, removed, repeated or cut off. */
    static byte[] damaged(Random random) {
        var whole =
                random.nextInt(4) == 0
                        ? RandomModule.of(random.nextLong())
                        : REAL.get(random.nextInt(REAL.size()));
        var bytes = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(1 + random.nextInt(8), bytes.length - at);
            switch (random.nextInt(8)) {
                case 0 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 1 -> bytes = without(bytes, at, length);
                case 2 ->
                        System.arraycopy(
                                bytes,
                                random.nextInt(bytes.length - length + 1),
                                bytes,
                                at,
                                length);
                case 3 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 4 -> bytes[at] = (byte) (random.nextBoolean() ? 0xFF : 0x80);
                default -> bytes[at] = (byte) random.nextInt();
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int at, int length) {
        var shorter = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, shorter, at, bytes.length - at - length);
        return shorter.length == 0 ? new byte[] {0} : shorter;
    }

    /** A contract that calls host functions with arguments an attacker would choose. */
    static byte[] hostCalls(Random random) {
        var module = new GuestModule().memory(1 + random.nextInt(3), -1);
        var index = new EnumMap<HostImport, Integer>(HostImport.class);
        for (var function : HostImport.values()) {
            index.put(function, module.imports(function));
        }
        var functions = List.copyOf(index.keySet());
        var noise = new byte[400];
        random.nextBytes(noise);
        System.arraycopy(AT.bytes(), 0, noise, 0, 32);
        noise[32] = 'x';
        var code = new GuestCode();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            var function = functions.get(random.nextInt(functions.size()));
            for (char letter : function.parameters().toCharArray()) {
                if (letter == 'i') {
                    code.i32(argument(random));
                } else {
                    code.i64(random.nextBoolean() ? 0 : random.nextLong());
                }
            }
            code.call(index.getOrDefault(function, 0));
            if (!function.results().isEmpty()) {
                code.drop();
            }
        }
        var flags = random.nextBoolean() ? "\"payable\": true, \"reentrant\": true" : "";
        return module.method("x", flags, code).data(0, noise).build();
    }

    private static int argument(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> 0;
            case 1 -> random.nextInt(400);
            case 2 -> 65_536 - random.nextInt(40);
            case 3 -> Integer.MAX_VALUE - random.nextInt(40);
            case 4 -> Integer.MIN_VALUE + random.nextInt(40);
            case 5 -> -random.nextInt(40);
            case 6 -> random.nextInt();
            case 7 -> 1 << random.nextInt(31);
            default -> 32;
        };
    }

    /** Whether it was taken; then all its methods have been called and have ended. */
    static boolean endsSomehow(byte[] wasm) {
        var world = new InMemoryWorld();
        world.give(ANYBODY, BigInteger.TEN);
        world.give(AT, BigInteger.TEN);
        try (var vm = new ChicoryContractVm()) {
            var description = vm.install(wasm);
            world.place(AT, world.upload(wasm));
            for (var method : description.contractInterface().methods()) {
                var before = world.snapshot();
                int mark = world.mark();
                var outcome = vm.call(invocation(method.name()), world);
                require(outcome.gasUsed() >= 0 && outcome.gasUsed() <= GAS, "gas: " + outcome);
                if (outcome instanceof Outcome.Failed) {
                    require(world.mark() == mark, "a failed call left something to undo");
                    require(world.snapshot().equals(before), "a failed call left something");
                }
                require(
                        world.balance(ANYBODY).add(world.balance(AT)).intValueExact() <= 20,
                        "money was made");
            }
            return true;
        } catch (CodeRefused refused) {
            require(!String.valueOf(refused.getMessage()).isBlank(), "a refusal says nothing");
            return false;
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static Invocation invocation(String method) {
        return new Invocation(
                ANYBODY,
                AT,
                method,
                new byte[40],
                BigInteger.ZERO,
                GAS,
                new BlockContext(1, 1),
                Hash.ZERO);
    }
}
