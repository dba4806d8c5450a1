package io.xwasm.controlplane;

import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.NodeHealth;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.controlplane.fleet.AgentLink;
import io.xwasm.controlplane.fleet.AgentLinks;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** An agent that speaks the real protocol over a pipe, with a chain that is a few maps. */
public final class ScriptedAgent implements AgentLink.Wire {
    public static final Hash ROOT = Hash.sha256(new byte[] {7});

    private final NodeId node;
    private final GroupId group;
    private final ScriptedChain chain;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AgentLinks links;
    private volatile AgentLink link;
    private volatile Incarnation incarnation = Incarnation.mint();
    private volatile @Nullable Configuration configuration;
    private volatile boolean refusesRestore;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean refusesDrain;
    private volatile boolean storeIsGone;
    private volatile boolean answersHearing = true;
    private volatile BooleanSupplier hearsPrimary = () -> true;

    public ScriptedAgent(NodeId node, GroupId group, ScriptedChain chain, AgentLinks links) {
        this.node = node;
        this.group = group;
        this.chain = chain;
        this.links = links;
        this.link = links.open(this);
        tell(hello(List.of()));
    }

    private AgentEvent.Hello hello(List<MemberReport> groups) {
        return new AgentEvent.Hello(node, "1", "127.0.0.1:1", "http://127.0.0.1:2", groups);
    }

    public NodeId node() {
        return node;
    }

    public boolean leads() {
        var row = configuration;
        return row != null && row.primary().equals(incarnation);
    }

    public Incarnation incarnation() {
        return incarnation;
    }

    public Optional<Configuration> configuration() {
        return Optional.ofNullable(configuration);
    }

    public void refuseRestores(boolean refuse) {
        refusesRestore = refuse;
    }

    public void refuseDrains(boolean refuse) {
        refusesDrain = refuse;
    }

    public void loseStore(boolean lose) {
        storeIsGone = lose;
    }

    /** Goes on with everything else, as an agent does whose one thread hangs. */
    public void answerHearing(boolean answer) {
        answersHearing = answer;
    }

    /** How often it was asked whether it hears the primary. */
    public int timesAsked() {
        return asked.get();
    }

    public void hearsPrimary(BooleanSupplier hears) {
        hearsPrimary = hears;
    }

    public void reconnect() {
        link = links.open(this);
        tell(hello(List.of(report())));
    }

    /** As if it had been told this row, whatever the control plane has. */
    public void saw(Configuration row) {
        configuration = row;
    }

    public void tell(AgentEvent event) {
        link.received(Json.write(event));
    }

    public void heartbeat() {
        tell(
                new AgentEvent.Heartbeat(
                        new NodeHealth(
                                0,
                                System.currentTimeMillis(),
                                0.1,
                                1,
                                1,
                                1L << 40,
                                100,
                                1,
                                null,
                                "1",
                                1),
                        List.of(report())));
    }

    public void disconnect() {
        link.closed();
    }

    private MemberReport report() {
        var row = configuration;
        boolean leads = leads();
        return new MemberReport(
                group,
                incarnation,
                leads ? MemberReport.Role.PRIMARY : MemberReport.Role.STANDBY,
                leads,
                false,
                row == null ? Epoch.NONE : row.epoch(),
                row == null ? 0 : row.version(),
                Epoch.NONE,
                chain.height(),
                Hash.ZERO,
                chain.height(),
                chain.height(),
                ROOT,
                0,
                0,
                0,
                0,
                -1,
                0,
                false,
                null);
    }

    @Override
    public void send(String text) {
        thread.execute(() -> obey(Json.read(text, AgentCommand.class)));
    }

    @Override
    public void close() {
        link.closed();
    }

    private void obey(AgentCommand command) {
        switch (command) {
            case AgentCommand.Host _ -> heartbeat();
            case AgentCommand.Configure(var row) -> {
                var known = configuration;
                if (known == null || row.newerThan(known)) {
                    boolean led = leads();
                    configuration = row;
                    if (leads() && !led) {
                        tell(
                                new AgentEvent.RoleTaken(
                                        group, row.epoch(), incarnation, chain.height(), 1));
                    }
                }
                heartbeat();
            }
            case AgentCommand.Request(_, Ask.Hearing _) when !answersHearing -> {}
            case AgentCommand.Request(var id, var ask) ->
                    tell(new AgentEvent.Answer(id, answer(ask)));
            case AgentCommand.Farewell _ -> {}
        }
    }

    private Reply answer(Ask ask) {
        return switch (ask) {
            case Ask.Submit _ when !chain.takesCalls() ->
                    new Reply.Refused("not_primary", "another member is being promoted");
            case Ask.Submit(_, var call) ->
                    new Reply.Submitted(chain.execute(SignedCall.parse(call)).toBytes());
            case Ask.Query(_, var contract, var method, _) -> chain.query(contract, method);
            case Ask.Hearing _ -> {
                asked.incrementAndGet();
                yield new Reply.Heard(hearsPrimary.getAsBoolean(), report());
            }
            case Ask.Drain _ when refusesDrain || !leads() ->
                    new Reply.Refused("not_primary", "it does not serve");
            case Ask.Drain _ -> new Reply.Drained(chain.height(), Hash.ZERO);
            case Ask.Resume _ -> new Reply.Done();
            case Ask.Backup(_, var backup, _, _) -> backedUp(chain.backUp(backup));
            case Ask.Verify(_, var backup, _, _) when chain.isDamaged(backup) ->
                    new Reply.Refused(
                            "backup_damaged",
                            "backup %s: 'chunk-1' does not hold the bytes that were written"
                                    .formatted(backup));
            case Ask.Verify _ when storeIsGone ->
                    new Reply.Refused("store_unavailable", "/backups cannot be read");
            case Ask.Verify(_, var backup, _, _) ->
                    new Reply.Verified(chain.heightOf(backup), Hash.ZERO, ROOT, 3, 5);
            case Ask.Restore(_, var backup, _, _, var epoch) -> restored(backup, epoch);
            // One call in each block.
            case Ask.CountCalls(_, var above, var block) ->
                    new Reply.CallsCounted(
                            Math.max(0, chain.height() - above),
                            chain.height(),
                            block == null || chain.holds(above, block));
            default -> new Reply.Refused("failed", node + " does not know how to " + ask);
        };
    }

    private Reply backedUp(long height) {
        return new Reply.BackedUp(height, chain.blockAt(height), ROOT, 1204, 1000, Hash.ZERO, 5);
    }

    private Reply restored(String backup, Epoch epoch) {
        if (refusesRestore) {
            return new Reply.Refused("failed", "the disk is full");
        }
        long height = chain.restore(backup);
        incarnation = Incarnation.mint();
        heartbeat();
        return new Reply.Restored(height, Hash.ZERO, ROOT, incarnation, "aside-" + epoch);
    }
}
