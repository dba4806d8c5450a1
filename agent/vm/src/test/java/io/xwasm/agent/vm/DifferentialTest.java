package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The same call in three engines: compiled by Chicory, interpreted by Chicory, and in V8, the
 * metered module and the one it was made of. They must agree on how it ends, on all of the memory,
 * on every host call on the way, and on the gas.
 *
 * <p>{@code -Ddifferential.modules=20000} makes it long, {@code -Ddifferential.seed=…} repeats a
 * run. V8 is Node's: {@code node} must be in the path.
 */
class DifferentialTest {
    private static final int MODULES = Integer.getInteger("differential.modules", 100);
    private static final long SEED = Long.getLong("differential.seed", System.nanoTime());
    private static final long GAS = 3_000_000;

    /** V8 is asked after so many: a long run's modules do not all fit the memory. */
    private static final int BATCH = 500;

    /**
     * What the interpreter of Chicory 1.7.5, and it alone, does otherwise: it lets the address of a
     * store that narrows wrap, and its {@code if} sees all 64 bits of what {@code i32.mul} of two
     * large numbers gives. Nodes run compiled code only ({@code InterpreterFallback.FAIL}), which
     * V8 confirms.
     */
    private static final Pattern OTHERWISE =
            Pattern.compile("opcode 3[a-e] at -.*|product .*, not narrowed");

    @TempDir private Path folder;
    private final Sandbox sandbox = new Sandbox();
    private final ChicoryCodes codes = new ChicoryCodes();
    private final List<String> names = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void generated_modules_end_alike_in_every_engine() throws Exception {
        System.out.println("differential.seed=" + SEED);
        for (int i = 0; i < MODULES; i++) {
            long seed = SEED + i;
            var wasm = RandomModule.of(seed);
            var at = account("generated");
            var world = new InMemoryWorld();
            world.place(at, world.upload(wasm));
            compare("module " + seed, world, new Call(at, "x", new byte[] {}));
            if (requests.size() == BATCH) {
                compareWithV8();
            }
        }
        compareWithV8();
        var kinds = new TreeMap<String, Integer>();
        endings.forEach(ending -> kinds.merge(ending.replaceAll(" gas .*", ""), 1, Integer::sum));
        System.out.println("differential: " + kinds);
        // A generator whose modules all trap at once would compare nothing.
        assertThat(kinds.getOrDefault("returned", 0)).isGreaterThan(MODULES / 5);
        assertThat(kinds).hasSizeGreaterThan(2);
    }

    @Test
    void shipped_contracts_end_alike_in_every_engine() throws Exception {
        exchange(sandbox, Exchange.plain(sandbox, 3));
        try (var proxied = new Sandbox()) {
            exchange(proxied, Exchange.behindProxy(proxied));
        }
        var probe = sandbox.deploy("probe", "differential", "");
        shipped(sandbox, probe, "recurse", "{\"depth\": 100}");
        shipped(sandbox, probe, "recurse", "{\"depth\": 100000}");
        shipped(sandbox, probe, "spin", "");
        shipped(sandbox, probe, "trap", "");
        shipped(sandbox, probe, "read_outside", "");
        shipped(sandbox, probe, "emit_outside", "");
        shipped(sandbox, probe, "panic", "");
        shipped(sandbox, probe, "scribble", "");
        shipped(sandbox, probe, "note", "{\"times\": 20}");
        shipped(sandbox, probe, "store_large", "{\"bytes\": 200000}");
        shipped(sandbox, probe, "fill", "{\"bytes\": 5000, \"times\": 7}");
        shipped(
                sandbox,
                probe,
                "mul_div",
                "[\"340282366920938463463374607431768211455\", \"77\", \"1000\"]");
        compareWithV8();
    }

    /** An address and an offset that meet beyond 2^32 are outside, and never at the beginning. */
    @Test
    void addresses_do_not_wrap_in_any_engine() throws Exception {
        int[][] places = {
            {-1, 62}, {-8, 8}, {-8, 65_600}, {Integer.MAX_VALUE, 1}, {65_535, 65_536}
        };
        for (int opcode = 0x28; opcode <= 0x3E; opcode++) {
            boolean floating = opcode == 0x2A || opcode == 0x2B || opcode == 0x38 || opcode == 0x39;
            for (var place : floating ? new int[][] {} : places) {
                var name = "opcode %x at %d + %d".formatted(opcode, place[0], place[1]);
                var at = account("beyond");
                var world = new InMemoryWorld();
                world.place(at, world.upload(accessing(opcode, place[0], place[1])));
                compare(name, world, new Call(at, "x", new byte[] {}));
            }
        }
        compareWithV8();
        assertThat(endings).allMatch(ending -> ending.startsWith("memory gas"));
    }

    /** 2^31 times 2 is nothing, for an {@code if} as well. */
    @Test
    void a_product_of_32_bits_has_no_others_in_any_engine() throws Exception {
        for (boolean narrowed : new boolean[] {true, false}) {
            var code = new GuestCode().i32(Integer.MIN_VALUE).i32(2).op(0x6C);
            if (narrowed) {
                code.op(Opcodes.I64_EXTEND_I32_U, 0xA7);
            }
            code.open(Opcodes.IF).op(Opcodes.UNREACHABLE).end();
            var at = account("product");
            var world = new InMemoryWorld();
            world.place(at, world.upload(new GuestModule().method("x", code).build()));
            compare(
                    "product of 2^31 and 2" + (narrowed ? "" : ", not narrowed"),
                    world,
                    new Call(at, "x", new byte[] {}));
        }
        compareWithV8();
        assertThat(endings).hasSize(2).allMatch(ending -> ending.startsWith("returned gas"));
    }

    private static byte[] accessing(int opcode, int address, int offset) {
        var code = new GuestCode().i32(address);
        if (opcode >= 0x36) {
            code = opcode == 0x36 || opcode == 0x3A || opcode == 0x3B ? code.i32(7) : code.i64(7);
            code.with(opcode, 0, offset);
        } else {
            code.with(opcode, 0, offset).drop();
        }
        return new GuestModule().memory(1, 2).method("x", code).build();
    }

    private record Call(Address at, String method, byte[] input) {}

    private void exchange(Sandbox where, Exchange exchange) {
        for (long amount : new long[] {100, 0}) {
            shipped(where, exchange.dex(), "swap", exchange.swapArguments(amount, 1));
        }
        shipped(where, exchange.dex(), "swap", exchange.swapArguments(100, 500));
        for (var amount : List.of("5", "99999999999999999999999")) {
            shipped(
                    where,
                    exchange.gold(),
                    "transfer",
                    "{\"to\": \"%s\", \"amount\": \"%s\"}".formatted(account("bob"), amount));
        }
    }

    private void shipped(Sandbox where, Address at, String method, String arguments) {
        var input =
                where.interfaceAt(at)
                        .arguments(
                                method,
                                Json.MAPPER.readTree(arguments.isEmpty() ? "{}" : arguments));
        compare(method + arguments, where.world(), new Call(at, method, input));
    }

    private void compare(String name, InMemoryWorld world, Call call) {
        int mark = world.mark();
        var compiled = traced(world, call, true);
        world.rewind(mark);
        var interpreted = traced(world, call, false);
        world.rewind(mark);
        if (!OTHERWISE.matcher(name).matches()) {
            assertThat(interpreted.get("ending")).as(name).isEqualTo(compiled.get("ending"));
            assertThat(interpreted.get("calls")).as(name).isEqualTo(compiled.get("calls"));
        }
        var ending = (String) Objects.requireNonNull(compiled.remove("ending"));
        requireLikeTheMachine(name, world, call, ending);
        world.rewind(mark);
        // Without a counter these two do not end, or end where V8's stack does.
        if (ending.startsWith("out of gas") || ending.startsWith("too deep")) {
            compiled.remove("original");
        }
        names.add(name);
        endings.add(ending);
        requests.add(Json.write(compiled));
    }

    /** What runs here must be what runs in production. */
    private void requireLikeTheMachine(String name, World world, Call call, String ending) {
        var outcome = sandbox.vm().call(invocation(call), world);
        assertThat(outcome instanceof Outcome.Returned)
                .as(name)
                .isEqualTo(ending.startsWith("returned"));
        var gas = Long.parseLong(ending.replaceAll(".* gas (-?\\d+) memory .*", "$1"));
        assertThat(outcome.gasUsed()).as(name).isEqualTo(GAS - Math.max(0, gas));
    }

    private static Invocation invocation(Call call) {
        return new Invocation(
                Exchange.TRADER,
                call.at(),
                call.method(),
                call.input(),
                BigInteger.ZERO,
                GAS,
                new BlockContext(1, 1),
                Hash.ZERO);
    }

    /** The request that V8 gets, with the ending that Chicory found. */
    private Map<String, Object> traced(World world, Call call, boolean compiled) {
        CodeHash hash = Objects.requireNonNull(world.codeOf(call.at()));
        byte[] wasm = Objects.requireNonNull(world.code(hash));
        var outline = OutlineReader.read(wasm);
        var metered = MeteredModule.of(outline);
        var transaction = new Transaction(invocation(call), world, codes, new MemoryPeaks());
        var frame =
                new Frame(
                        transaction,
                        Exchange.TRADER,
                        call.at(),
                        call.method(),
                        call.input(),
                        BigInteger.ZERO);
        var exported = outline.exports().containsKey(call.method()) ? call.method() : "fallback";
        int function = Objects.requireNonNull(outline.exports().get(exported));
        int units = metered.entryUnits().get(function - outline.imports().size());
        int stack = VmLimits.STACK_UNITS - VmLimits.STACK_UNITS_PER_CONTRACT - units;
        long gas =
                GAS
                        - GasCosts.CONTRACT_CALL
                        - call.input().length * GasCosts.PER_ARGUMENT_BYTE
                        - outline.memoryPages() * GasCosts.PER_ENTERED_PAGE;
        var run = new TracedRun(outline, metered, frame, compiled);
        var request = new LinkedHashMap<String, Object>();
        request.put("ending", run.run(function, gas, stack));
        request.put("method", exported);
        request.put("gas", Long.toString(gas));
        request.put("stack", stack);
        request.put("calls", run.calls().stream().map(DifferentialTest::shown).toList());
        var base64 = Base64.getEncoder();
        request.put("metered", base64.encodeToString(TracedRun.exposed(metered)));
        request.put("original", base64.encodeToString(wasm));
        return request;
    }

    private static Map<String, Object> shown(TracedRun.HostCall call) {
        var shown = new LinkedHashMap<String, Object>();
        shown.put("name", call.function().importName());
        shown.put("args", call.args());
        shown.put("gasBefore", Long.toString(call.gasBefore()));
        shown.put("gasAfter", Long.toString(call.gasAfter()));
        shown.put("reads", call.reads().stream().map(b -> List.of(b.at(), b.hex())).toList());
        shown.put("writes", call.writes().stream().map(b -> List.of(b.at(), b.hex())).toList());
        shown.put("result", Long.toString(call.result()));
        shown.put("wide", call.function().results().equals("I"));
        shown.put("stopped", call.stopped());
        return shown;
    }

    private void compareWithV8() throws IOException, InterruptedException {
        var answers = inV8();
        assertThat(answers).hasSameSizeAs(requests);
        int before = endings.size() - requests.size();
        requests.clear();
        for (int i = before; i < endings.size(); i++) {
            var answer = Json.MAPPER.readTree(answers.get(i - before));
            assertThat(answer.get("metered").asString()).as(names.get(i)).isEqualTo(endings.get(i));
            JsonNode original = answer.get("original");
            if (!original.isNull()) {
                assertThat(original.asString())
                        .as("%s, not metered", names.get(i))
                        .isEqualTo(endings.get(i).replaceAll(" gas -?\\d+", ""));
            }
        }
    }

    private List<String> inV8() throws IOException, InterruptedException {
        var script = folder.resolve("v8.js");
        try (var in = Objects.requireNonNull(DifferentialTest.class.getResourceAsStream("v8.js"))) {
            Files.write(script, in.readAllBytes());
        }
        var input = Files.writeString(folder.resolve("runs"), String.join("\n", requests), UTF_8);
        var output = folder.resolve("answers");
        var errors = folder.resolve("errors");
        try {
            var node =
                    new ProcessBuilder("node", script.toString(), input.toString())
                            .redirectOutput(output.toFile())
                            .redirectError(errors.toFile())
                            .start();
            assertThat(node.waitFor()).as(() -> read(errors)).isZero();
        } catch (IOException e) {
            fail("Node is needed to compare with V8 and did not start: install nodejs.", e);
        }
        return Files.readAllLines(output);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
