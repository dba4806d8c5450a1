package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.abi.BorshJson;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A machine and a world in which contracts are deployed by name and spoken to in JSON. */
public final class Sandbox implements AutoCloseable {
    public static final long PLENTY = 1_000_000_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final GroupId GROUP = new GroupId("sandbox");

    private final ContractVm vm = new ChicoryContractVm();
    private final InMemoryWorld world = new InMemoryWorld();
    private final Map<Address, BorshJson> interfaces = new HashMap<>();
    private long height = 1;

    public ContractVm vm() {
        return vm;
    }

    public InMemoryWorld world() {
        return world;
    }

    /** An account; any name gives one. */
    public static Address account(String name) {
        return Address.of(Hash.sha256(name.getBytes(UTF_8)).bytes());
    }

    public CodeHash upload(String shipped) {
        var wasm = ShippedContracts.code(shipped);
        vm.install(wasm);
        return world.upload(wasm);
    }

    public BorshJson interfaceOf(String shipped) {
        return new BorshJson(vm.install(ShippedContracts.code(shipped)).contractInterface());
    }

    /** Deploys a shipped contract and runs its init. */
    public Address deploy(String shipped, String name, String arguments) {
        var at = Address.ofContract(GROUP, name);
        world.place(at, upload(shipped));
        interfaces.put(at, interfaceOf(shipped));
        // A contract that needs no setting up has no init to translate for.
        var setUp =
                arguments.isEmpty()
                        ? new byte[] {}
                        : interfaceAt(at).arguments("init", json(arguments));
        require(send(Address.SYSTEM, at, "init", setUp, 0, PLENTY));
        return at;
    }

    /** Puts a module of any kind at an address of its own; nothing is run. */
    public Address place(byte[] wasm, String name) {
        var at = Address.ofContract(GROUP, name);
        vm.install(wasm);
        world.place(at, world.upload(wasm));
        return at;
    }

    /** Deploys a shipped contract behind a proxy of its own. */
    public Address deployBehindProxy(String shipped, String name, Address owner, String arguments) {
        var init = interfaceOf(shipped).arguments("init", JSON.readTree(arguments));
        var at =
                deploy(
                        "proxy",
                        name,
                        """
                        {"owner": "%s", "implementation": "%s", "init_method_args": "%s"}\
                        """
                                .formatted(owner, upload(shipped), HexFormat.of().formatHex(init)));
        speak(at, shipped);
        return at;
    }

    /** From now on, calls of this contract are translated as this one's interface says. */
    public void speak(Address contract, String shipped) {
        interfaces.put(contract, interfaceOf(shipped));
    }

    public Outcome send(
            Address from, Address to, String method, String arguments, long value, long gas) {
        return send(
                from, to, method, interfaceAt(to).arguments(method, json(arguments)), value, gas);
    }

    public Outcome send(
            Address from, Address to, String method, byte[] arguments, long value, long gas) {
        height++;
        return vm.call(
                new Invocation(
                        from,
                        to,
                        method,
                        arguments,
                        BigInteger.valueOf(value),
                        gas,
                        new BlockContext(height, 1_000 * height),
                        Hash.sha256(Long.toString(height).getBytes(UTF_8))),
                world);
    }

    public Outcome send(Address from, Address to, String method, String arguments) {
        return send(from, to, method, arguments, 0, PLENTY);
    }

    /** A call that must succeed, with its result. */
    public JsonNode call(Address from, Address to, String method, String arguments) {
        var returned = require(send(from, to, method, arguments));
        return interfaceAt(to).result(method, returned.result());
    }

    /** A call of the proxy itself, whatever stands behind it. */
    public JsonNode callProxy(Address from, Address proxy, String method, String arguments) {
        var translation = interfaceOf("proxy");
        var bytes = translation.arguments(method, json(arguments));
        return translation.result(
                method, require(send(from, proxy, method, bytes, 0, PLENTY)).result());
    }

    /** A call of the proxy itself that must fail. */
    public Outcome.Failed refusedByProxy(
            Address from, Address proxy, String method, String arguments) {
        var bytes = interfaceOf("proxy").arguments(method, json(arguments));
        return failure(send(from, proxy, method, bytes, 0, PLENTY));
    }

    /** A call that must fail. */
    public Outcome.Failed refused(Address from, Address to, String method, String arguments) {
        return failure(send(from, to, method, arguments));
    }

    public static Outcome.Failed failure(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> failed;
            case Outcome.Returned _ -> throw new AssertionError("the call succeeded");
        };
    }

    public static Outcome.Returned require(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Returned returned -> returned;
            case Outcome.Failed failed -> throw new AssertionError("the call failed: " + failed);
        };
    }

    public BorshJson interfaceAt(Address contract) {
        var known = interfaces.get(contract);
        if (known == null) {
            throw new IllegalArgumentException("nothing was deployed at " + contract);
        }
        return known;
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.isEmpty() ? "{}" : text);
    }

    @Override
    public void close() {
        vm.close();
    }
}
