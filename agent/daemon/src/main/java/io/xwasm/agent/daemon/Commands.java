package io.xwasm.agent.daemon;

import io.xwasm.agent.ledger.replication.CommittedReads;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.ledger.replication.NotCommitted;
import io.xwasm.agent.ledger.replication.NotPrimary;
import io.xwasm.agent.ledger.replication.Submission;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.agent.protocol.Signatures;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.Outcome;
import io.xwasm.backup.BackupDamaged;
import io.xwasm.backup.store.AlreadyStored;
import io.xwasm.backup.store.StoreUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what the control plane says. Questions are answered on threads of their own: native code
 * would hold a virtual one's carrier.
 */
final class Commands {
    private static final Logger log = LoggerFactory.getLogger(Commands.class);
    private static final long PATIENCE_SECONDS = 20;

    private final AgentConfig config;
    private final Ledgers ledgers;
    private final Contracts contracts;
    private final LedgerBackups backups;
    private final VertxControlPlaneLink link;
    private final ExecutorService workers =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("ask-", 0).factory());

    Commands(
            AgentConfig config,
            Ledgers ledgers,
            Contracts contracts,
            LedgerBackups backups,
            VertxControlPlaneLink link) {
        this.config = config;
        this.ledgers = ledgers;
        this.contracts = contracts;
        this.backups = backups;
        this.link = link;
    }

    AgentEvent.Hello hello(String api, String replication, List<MemberReport> groups) {
        return new AgentEvent.Hello(config.node(), AgentVersion.text(), replication, api, groups);
    }

    void obey(AgentCommand command) {
        switch (command) {
            case AgentCommand.Host(var genesis) ->
                    workers.execute(() -> {
                        if (ledgers.find(genesis.group()) == null) {
                            ledgers.host(genesis);
                            link.changed(genesis.group());
                        }
                    });
            case AgentCommand.Configure(var configuration) -> {
                var member = ledgers.find(configuration.group());
                if (member != null) {
                    member.configure(configuration);
                }
            }
            case AgentCommand.Request(var id, var ask) ->
                    workers.execute(() -> link.send(new AgentEvent.Answer(id, answer(id, ask))));
            case AgentCommand.Farewell(var reason) ->
                    log.warn("the control plane closes the link: {}", reason);
        }
    }

    private Reply answer(String id, Ask ask) {
        var member = ledgers.find(ask.group());
        if (member == null) {
            return new Reply.Refused(
                    "not_hosted",
                    "%s keeps no ledger of group %s".formatted(config.node(), ask.group()));
        }
        try {
            return answer(id, ask, member);
        } catch (BackupDamaged e) {
            return new Reply.Refused("backup_damaged", String.valueOf(e.getMessage()));
        } catch (StoreUnavailable e) {
            // Says nothing about the backup: another node, or a later hour, may well read it.
            return new Reply.Refused("store_unavailable", String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return new Reply.Refused("bad_request", String.valueOf(e.getMessage()));
        } catch (AlreadyStored | NotCommitted e) {
            return new Reply.Refused("failed", String.valueOf(e.getMessage()));
        } catch (IOException | UncheckedIOException | TimeoutException e) {
            log.warn("answering {}", ask.getClass().getSimpleName(), e);
            return new Reply.Refused("failed", String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Refused("failed", "the agent is stopping");
        } catch (ExecutionException e) {
            return refusal(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            log.error("answering {}", ask.getClass().getSimpleName(), e);
            return new Reply.Refused("failed", "the agent failed: " + e);
        }
    }

    private static Reply refusal(Throwable cause) {
        if (cause instanceof NotPrimary) {
            return new Reply.Refused("not_primary", String.valueOf(cause.getMessage()));
        }
        log.error("answering the control plane", cause);
        return new Reply.Refused("failed", "the agent failed: " + cause);
    }

    private Reply answer(String id, Ask ask, GroupMember member)
            throws InterruptedException, ExecutionException, TimeoutException, IOException {
        return switch (ask) {
            case Ask.Hearing _ -> new Reply.Heard(member.hearsPrimary(), member.report());
            case Ask.Submit(_, var call) -> submit(member, call);
            case Ask.Query(_, var contract, var method, var arguments) -> {
                var answer = join(member.reads().query(contract, method, arguments));
                yield queried(answer);
            }
            case Ask.DescribeContract(_, var contract) ->
                    join(contracts.find(member, contract))
                            .<Reply>map(Commands::described)
                            .orElseGet(() ->
                                    new Reply.Refused(
                                            "unknown_contract",
                                            "nothing is deployed at " + contract));
            case Ask.Drain(_, var epoch, var holdMillis) -> {
                var tip = join(member.drain(epoch, Duration.ofMillis(holdMillis)));
                yield new Reply.Drained(tip.height(), tip.hash());
            }
            case Ask.Resume _ -> {
                member.resume();
                yield new Reply.Done();
            }
            case Ask.Backup backup -> backups.create(member, backup, progress(id));
            case Ask.Verify verify ->
                    backups.verify(member, ledgers.path(ask.group()), verify, progress(id));
            case Ask.Restore restore ->
                    backups.restore(member, ledgers.path(ask.group()), restore, progress(id));
            case Ask.CountCalls(_, var above, var block) -> {
                try (var view = member.reads().view()) {
                    yield new Reply.CallsCounted(
                            view.callsAbove(above),
                            view.height(),
                            block == null || view.holds(above, block));
                }
            }
        };
    }

    private LedgerBackups.Progress progress(String id) {
        return (done, total, sentence) ->
                link.send(new AgentEvent.Progress(id, done, total, sentence));
    }

    private static Reply submit(GroupMember member, byte[] bytes)
            throws InterruptedException, ExecutionException, TimeoutException {
        SignedCall call;
        try {
            call = SignedCall.parse(bytes);
        } catch (MalformedMessage e) {
            return new Reply.Refused("bad_call", String.valueOf(e.getMessage()));
        }
        if (!Signatures.verify(call)) {
            return new Reply.Refused("bad_call", "the signature is not that of the call's sender");
        }
        return switch (join(member.submit(call))) {
            case Submission.Acknowledged(var receipt) -> new Reply.Submitted(receipt.toBytes());
            case Submission.Refused(var kind, var message) -> new Reply.Refused(kind, message);
            case Submission.Elsewhere(_, var message) -> new Reply.Refused("not_primary", message);
        };
    }

    private static Reply queried(CommittedReads.Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Returned(var result, _, var gas) ->
                    new Reply.Queried(result, null, gas, answer.height());
            case Outcome.Failed failed ->
                    new Reply.Queried(
                            new byte[0],
                            CallExecutor.failure(failed),
                            failed.gasUsed(),
                            answer.height());
        };
    }

    private static Reply described(Contracts.Deployed found) {
        return new Reply.ContractDescribed(
                found.code(),
                found.implementation(),
                Json.write(found.contractInterface()),
                found.codeSize(),
                found.height());
    }

    private static <T> T join(CompletableFuture<T> future)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
