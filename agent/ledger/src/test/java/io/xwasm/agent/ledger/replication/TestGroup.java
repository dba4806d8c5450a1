package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.ChicoryContractVm;
import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A group of members in one process, each with its own folder and port, and the metadata that
 * decides over its configuration. What members ask for is granted at once.
 */
final class TestGroup implements GroupEvents, AutoCloseable {
    static final GroupId GROUP = new GroupId("main");
    static final long GAS = 100_000_000;

    final AccountKey fleet = AccountKey.generate();
    final Genesis genesis = new Genesis(GROUP, fleet.address(), Genesis.DEFAULT_SUPPLY);
    private final Path root;
    private final UUID metadata = UUID.randomUUID();
    private final Map<NodeId, Node> nodes = new LinkedHashMap<>();
    private final List<String> heard = new ArrayList<>();
    private final List<Member> scripted = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private @Nullable Configuration configuration;

    /** Of members that are started from now on. */
    private InstantSource clock = InstantSource.system();

    /** The same. */
    private ContractVm vm = new ChicoryContractVm();

    /** Whether members that ask are added and removed. */
    private volatile boolean granting = true;

    /** A running member. */
    record Node(NodeId id, GroupMember member, ReplicationServer server) {
        String address() {
            return "127.0.0.1:" + server.port();
        }
    }

    TestGroup(Path root) {
        this.root = root;
    }

    void useClock(InstantSource other) {
        clock = other;
    }

    void useVm(ContractVm other) {
        vm.close();
        vm = other;
    }

    Path folderOf(Node node) {
        return root.resolve(node.id().value());
    }

    /** A member that a test plays itself; it is in the configurations that follow. */
    synchronized ScriptedMember script(String name) throws IOException {
        var member = new ScriptedMember(new NodeId(name), genesis);
        scripted.add(member.member());
        return member;
    }

    Node start(String name) throws IOException {
        var id = new NodeId(name);
        var member =
                GroupMember.open(
                        root.resolve(name),
                        genesis,
                        vm,
                        this,
                        (_, _, _, _) -> {},
                        clock,
                        this::failed);
        var server =
                new ReplicationServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        group -> group.equals(GROUP) ? member : null);
        server.begin();
        var node = new Node(id, member, server);
        synchronized (this) {
            nodes.put(id, node);
        }
        return node;
    }

    /** Ends a member without telling anybody. */
    void stop(Node node) throws IOException {
        synchronized (this) {
            nodes.remove(node.id());
        }
        node.server().close();
        node.member().close();
    }

    synchronized void grantChanges() {
        granting = true;
    }

    synchronized void refuseChanges() {
        granting = false;
    }

    private synchronized Member member(Node node) {
        return new Member(
                node.member().incarnation(), node.id(), node.address(), "http://" + node.id());
    }

    /** Makes this the configuration, in the next epoch, and tells everybody. */
    synchronized Configuration lead(Node primary, Collection<Node> inSync) {
        return lead(primary, inSync, List.of());
    }

    synchronized Configuration lead(
            Node primary, Collection<Node> inSync, Collection<ScriptedMember> played) {
        return publish(primary.member().incarnation(), incarnations(inSync, played));
    }

    private static SortedSet<Incarnation> incarnations(
            Collection<Node> inSync, Collection<ScriptedMember> played) {
        SortedSet<Incarnation> set = new TreeSet<>();
        inSync.forEach(n -> set.add(n.member().incarnation()));
        played.forEach(m -> set.add(m.incarnation()));
        return set;
    }

    private synchronized Configuration publish(Incarnation primary, SortedSet<Incarnation> set) {
        var next = next(primary, set);
        nodes.values().forEach(n -> n.member().configure(next));
        return next;
    }

    /** Makes this the configuration, in the next epoch, and tells nobody. */
    synchronized Configuration next(Incarnation primary, SortedSet<Incarnation> set) {
        var before = configuration;
        var members = new ArrayList<>(scripted);
        nodes.values().forEach(n -> members.add(member(n)));
        var next =
                new Configuration(
                        GROUP,
                        metadata,
                        before == null ? new Epoch(1) : before.epoch().next(),
                        primary,
                        members,
                        set,
                        Math.min(2, members.size()),
                        0,
                        before == null ? 1 : before.version() + 1);
        configuration = next;
        return next;
    }

    private synchronized void failed(Throwable cause) {
        failures.add(cause);
    }

    /** What would have ended a process. */
    synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    @Override
    public void primaryLost(GroupId group, Epoch epoch, Incarnation primary, String why) {
        note("lost in epoch " + epoch);
    }

    @Override
    public synchronized void wantsRemoval(
            GroupId group, Epoch epoch, Incarnation member, String why) {
        note("removal of %s wanted in epoch %s".formatted(member, epoch));
        var now = configuration;
        if (!granting || now == null || !now.epoch().equals(epoch)) {
            return;
        }
        var set = new TreeSet<>(now.inSync());
        set.remove(member);
        publish(now.primary(), set);
    }

    @Override
    public synchronized void wantsAddition(GroupId group, Epoch epoch, Member member) {
        note("addition of %s wanted in epoch %s".formatted(member.incarnation(), epoch));
        var now = configuration;
        if (!granting || now == null || !now.epoch().equals(epoch)) {
            return;
        }
        var set = new TreeSet<>(now.inSync());
        set.add(member.incarnation());
        publish(now.primary(), set);
    }

    @Override
    public void wantsSwitchover(GroupId group, Epoch epoch, String why) {
        note("switchover wanted in epoch %s: %s".formatted(epoch, why));
    }

    @Override
    public void roleTaken(
            GroupId group, Epoch epoch, Incarnation primary, long height, long millis) {
        note("taken in epoch " + epoch);
    }

    @Override
    public synchronized void changed(GroupId group) {
        var now = configuration;
        if (now != null) {
            publish(now.primary(), now.inSync());
        }
    }

    private synchronized void note(String what) {
        heard.add(what);
    }

    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    /** Moves native balance from the fleet's account. */
    SignedCall transfer(long nonce, Address to, long amount) {
        return transfer(fleet, nonce, to, amount);
    }

    SignedCall transfer(AccountKey from, long nonce, Address to, long amount) {
        return transfer(from, nonce, to, amount, clock.millis() + 600_000);
    }

    SignedCall transfer(AccountKey from, long nonce, Address to, long amount, long expires) {
        return SignedCall.sign(
                from,
                GROUP,
                nonce,
                Address.SYSTEM,
                "transfer",
                to.bytes(),
                BigInteger.valueOf(amount),
                GAS,
                expires);
    }

    /** Waits until it is so. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited 20 s in vain for: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    @Override
    public void close() throws IOException {
        for (Node node : List.copyOf(nodes.values())) {
            stop(node);
        }
        vm.close();
    }
}
