package io.xwasm.agent.testing.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BadValue;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.vm.ChicoryContractVm;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Outcome;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Deploys real modules into the real VM and speaks to them as users would.
 *
 * <p>A user is any name: the address follows from it, so that two runs are equal to the last byte.
 * Used by one thread.
 */
public final class TestRunner implements AutoCloseable {
    /** What a call may cost when nothing else is said. */
    public static final long GAS_LIMIT = 100_000_000;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] NOTHING = {};

    private final ContractVm vm = new ChicoryContractVm();
    private final Address fleet = addressOf("fleet");
    private final TestLedger ledger = new TestLedger(vm, fleet, START);
    private final Map<String, Address> users = new HashMap<>();
    private final Map<String, Deployed> contracts = new HashMap<>();
    private final Map<Address, String> names = new HashMap<>();
    private final GasReport.Book gas = new GasReport.Book();

    /** A contract: where it is, and how it is spoken to. */
    private record Deployed(Address address, BorshJson translation, @Nullable BorshJson proxy) {}

    /** A moment to go back to. */
    public static final class Snapshot {
        private final TestLedger.Past past;
        private final Map<String, Deployed> contracts;

        private Snapshot(TestLedger.Past past, Map<String, Deployed> contracts) {
            this.past = past;
            this.contracts = contracts;
        }
    }

    public TestRunner() {
        names.put(fleet, "fleet");
    }

    private static Address addressOf(String name) {
        return Address.of(Hash.sha256(("xwasm test user " + name).getBytes(UTF_8)).bytes());
    }

    /** The user of this name. */
    public Address user(String name) {
        var address = users.computeIfAbsent(name, TestRunner::addressOf);
        names.put(address, name);
        return address;
    }

    /** The user of this name with so much native balance more. */
    public Address user(String name, BigInteger balance) {
        var address = user(name);
        var moved =
                ledger.apply(
                        fleet, Address.SYSTEM, "transfer", address.bytes(), balance, GAS_LIMIT);
        require(moved.receipt());
        return address;
    }

    /** Native balance. */
    public BigInteger balance(Address party) {
        return ledger.balance(party);
    }

    /**
     * Deploys a module under a name and runs its {@code init}.
     *
     * @param arguments of init, by name or in order; null when it takes none
     * @throws ContractRefused when the module may not run or init fails
     */
    public Address deploy(String name, byte[] wasm, @Nullable JsonNode arguments) {
        var translation = store(wasm);
        var given =
                arguments == null && translation.contract().method("init").isEmpty()
                        ? NOTHING
                        : translation.arguments("init", arguments);
        var address = place(name, CodeHash.ofCode(wasm), given);
        contracts.put(name, new Deployed(address, translation, null));
        return address;
    }

    /**
     * Deploys a module behind a proxy, so that it can be upgraded.
     *
     * @param proxy the proxy's own module
     * @param owner who may upgrade
     */
    public Address deployBehindProxy(
            String name, byte[] proxy, byte[] wasm, Address owner, @Nullable JsonNode arguments) {
        var translation = store(wasm);
        var front = store(proxy);
        var given = Json.MAPPER.createObjectNode();
        given.put("owner", owner.toString());
        given.put("implementation", CodeHash.ofCode(wasm).toString());
        given.put(
                "init_method_args",
                HexFormat.of().formatHex(translation.arguments("init", arguments)));
        var address = place(name, CodeHash.ofCode(proxy), front.arguments("init", given));
        contracts.put(name, new Deployed(address, translation, front));
        return address;
    }

    private BorshJson store(byte[] wasm) {
        var arguments = new Borsh().bytes(wasm).done();
        var stored =
                ledger.apply(
                        fleet,
                        Address.SYSTEM,
                        "store_code",
                        arguments,
                        BigInteger.ZERO,
                        Long.MAX_VALUE / 2);
        require(stored.receipt());
        return new BorshJson(vm.install(wasm).contractInterface());
    }

    private Address place(String name, CodeHash code, byte[] initArguments) {
        var arguments =
                new Borsh()
                        .bytes(name.getBytes(UTF_8))
                        .raw(code.bytes())
                        .bytes("init".getBytes(UTF_8))
                        .bytes(initArguments)
                        .done();
        var placed =
                ledger.apply(
                        fleet, Address.SYSTEM, "deploy", arguments, BigInteger.ZERO, GAS_LIMIT);
        require(placed.receipt());
        var address = Address.of(placed.receipt().result());
        names.put(address, name);
        return address;
    }

    private static void require(Receipt receipt) {
        var failure = receipt.failure();
        if (failure != null) {
            throw new ContractRefused("%s (%s)".formatted(failure.message(), failure.kind()));
        }
    }

    /** Puts other code behind a proxy, as its owner; calls are translated by its interface then. */
    public CallResult upgrade(String user, String contract, byte[] wasm, byte[] migrationData) {
        var translation = store(wasm);
        var given = Json.MAPPER.createObjectNode();
        given.put("new_implementation", CodeHash.ofCode(wasm).toString());
        given.put("migration_data", HexFormat.of().formatHex(migrationData));
        var upgraded = callProxy(user, contract, "upgrade", given);
        if (upgraded.succeeded()) {
            var before = deployed(contract);
            contracts.put(contract, new Deployed(before.address(), translation, before.proxy()));
        }
        return upgraded;
    }

    /**
     * Brings back an older version, as the proxy's owner.
     *
     * @param version to run afterwards
     * @param wasm that version's module, whose interface calls are translated by then
     */
    public CallResult rollback(String user, String contract, int version, byte[] wasm) {
        var given = Json.MAPPER.createObjectNode();
        given.put("target_version", version);
        var rolledBack = callProxy(user, contract, "rollback", given);
        if (rolledBack.succeeded()) {
            var before = deployed(contract);
            contracts.put(
                    contract,
                    new Deployed(
                            before.address(),
                            new BorshJson(vm.install(wasm).contractInterface()),
                            before.proxy()));
        }
        return rolledBack;
    }

    /** A call of the proxy's own methods, whatever stands behind it. */
    public CallResult callProxy(
            String user, String contract, String method, @Nullable JsonNode arguments) {
        var to = deployed(contract);
        var proxy = to.proxy();
        if (proxy == null) {
            throw new ContractRefused(contract + " does not stand behind a proxy");
        }
        return send(
                user,
                contract,
                new Deployed(to.address(), proxy, proxy),
                method,
                proxy.arguments(method, arguments),
                BigInteger.ZERO,
                GAS_LIMIT);
    }

    /** A call that moves nothing and may cost {@link #GAS_LIMIT}. */
    public CallResult call(
            String user, String contract, String method, @Nullable JsonNode arguments) {
        return call(user, contract, method, arguments, BigInteger.ZERO, GAS_LIMIT);
    }

    /**
     * A call, executed in a block of its own.
     *
     * @param arguments by name or in order
     * @param value native balance that moves along
     * @throws BadValue when the arguments do not fit the method
     */
    public CallResult call(
            String user,
            String contract,
            String method,
            @Nullable JsonNode arguments,
            BigInteger value,
            long gasLimit) {
        var to = deployed(contract);
        return send(
                user,
                contract,
                to,
                method,
                to.translation().arguments(method, arguments),
                value,
                gasLimit);
    }

    private CallResult send(
            String user,
            String contract,
            Deployed to,
            String method,
            byte[] arguments,
            BigInteger value,
            long gasLimit) {
        var applied = ledger.apply(user(user), to.address(), method, arguments, value, gasLimit);
        var receipt = applied.receipt();
        gas.add(contract, method, receipt.gasUsed(), receipt.succeeded());
        return new CallResult(
                receipt.succeeded()
                        ? to.translation().result(method, receipt.result())
                        : Json.MAPPER.nullNode(),
                receipt.events().stream().map(this::announced).toList(),
                receipt.failure(),
                receipt.gasUsed(),
                StateDiff.of(applied.changes(), this::nameOf));
    }

    /**
     * Runs a method for its result; nothing changes.
     *
     * @throws ContractRefused when it fails
     */
    public JsonNode query(String contract, String method, @Nullable JsonNode arguments) {
        var to = deployed(contract);
        var outcome =
                ledger.query(to.address(), method, to.translation().arguments(method, arguments));
        return switch (outcome) {
            case Outcome.Returned(var result, _, _) -> to.translation().result(method, result);
            case Outcome.Failed(var kind, var message, _) ->
                    throw new ContractRefused("%s (%s)".formatted(message, kind));
        };
    }

    /** Lets time pass; blocks carry it from now on. */
    public void travel(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + time);
        }
        ledger.pass(time);
    }

    public Instant now() {
        return ledger.now();
    }

    /** Everything as it is now. */
    public Snapshot snapshot() {
        return new Snapshot(ledger.past(), Map.copyOf(contracts));
    }

    /** Makes everything as it was then; the gas report goes on. */
    public void restore(Snapshot snapshot) {
        ledger.goBack(snapshot.past);
        contracts.clear();
        contracts.putAll(snapshot.contracts);
    }

    public GasReport gasReport() {
        return gas.report();
    }

    /** Where the contract of this name is. */
    public Address address(String contract) {
        return deployed(contract).address();
    }

    /** How a contract describes itself. */
    public ContractInterface contractInterface(String contract) {
        return deployed(contract).translation().contract();
    }

    /** What a contract's storage holds under a key; null where there is nothing. */
    public byte @Nullable [] storage(String contract, byte[] key) {
        return ledger.storage(deployed(contract).address(), key);
    }

    private Deployed deployed(String contract) {
        var found = contracts.get(contract);
        if (found == null) {
            throw new ContractRefused(
                    "no contract '%s' was deployed; there are %s"
                            .formatted(contract, contracts.keySet().stream().sorted().toList()));
        }
        return found;
    }

    private CallResult.Announced announced(Receipt.Emitted event) {
        var name = nameOf(event.contract());
        var speaker = contracts.get(name);
        return new CallResult.Announced(name, event.topic(), data(speaker, event));
    }

    private static JsonNode data(@Nullable Deployed speaker, Receipt.Emitted event) {
        var raw = StringNode.valueOf(HexFormat.of().formatHex(event.data()));
        if (speaker == null) {
            return raw;
        }
        for (var translation : new @Nullable BorshJson[] {speaker.translation(), speaker.proxy()}) {
            if (translation != null && translation.contract().event(event.topic()).isPresent()) {
                return translation.event(event.topic(), event.data());
            }
        }
        return raw;
    }

    private String nameOf(Address address) {
        return names.getOrDefault(address, address.toString());
    }

    @Override
    public void close() {
        vm.close();
    }

    /** The few Borsh types that system calls take. */
    private static final class Borsh {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Borsh bytes(byte[] bytes) {
            raw(
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(bytes.length)
                            .array());
            return raw(bytes);
        }

        Borsh raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] done() {
            return out.toByteArray();
        }
    }
}
