package io.xwasm.controlplane.takeover;

import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.fleet.AgentLinks;
import io.xwasm.controlplane.fleet.AgentUnreachable;
import io.xwasm.controlplane.groups.GroupConfigurations;
import io.xwasm.failover.GroupSight;
import io.xwasm.failover.GroupSight.ChainEnd;
import io.xwasm.failover.GroupSight.Hearing;
import io.xwasm.failover.GroupSight.PrimarySight;
import io.xwasm.failover.GroupSight.StandbySight;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Asks every in-sync member of a group at once how it sees the primary. */
final class GroupLook {
    /** A live agent answers within a few milliseconds, a busy machine's within some hundred. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    private final AgentLinks links;
    private final GroupConfigurations configurations;
    private final InstantSource clock;

    GroupLook(AgentLinks links, GroupConfigurations configurations, InstantSource clock) {
        this.links = links;
        this.configurations = configurations;
        this.clock = clock;
    }

    GroupSight at(Configuration configuration, boolean automatic, boolean ordered)
            throws InterruptedException {
        var answers = ask(configuration);
        var primary = configuration.primaryMember();
        return new GroupSight(
                configuration,
                primarySight(configuration, primary, answer(answers, primary)),
                configuration.inSyncStandbys().stream()
                        .map(m -> standbySight(m, answer(answers, m)))
                        .toList(),
                automatic,
                ordered,
                Moves.of(configurations, configuration.group(), clock.instant()));
    }

    private Map<Member, CompletableFuture<Optional<Reply.Heard>>> ask(Configuration row) {
        var answers = new LinkedHashMap<Member, CompletableFuture<Optional<Reply.Heard>>>();
        for (Member member : row.members()) {
            if (row.isInSync(member.incarnation())) {
                var answer = new CompletableFuture<Optional<Reply.Heard>>();
                answers.put(member, answer);
                Thread.ofVirtual().start(() -> answer.complete(ask(row, member)));
            }
        }
        return answers;
    }

    /**
     * What this member says; empty when it does not answer, or another life of its ledger does
     * (rule 1).
     */
    private Optional<Reply.Heard> ask(Configuration row, Member member) {
        try {
            var reply = links.ask(member.node(), new Ask.Hearing(row.group()), PATIENCE);
            return reply instanceof Reply.Heard heard
                            && heard.report().incarnation().equals(member.incarnation())
                    ? Optional.of(heard)
                    : Optional.empty();
        } catch (AgentUnreachable _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<Reply.Heard> answer(
            Map<Member, CompletableFuture<Optional<Reply.Heard>>> answers, Member member) {
        var answer = answers.get(member);
        return answer == null ? Optional.empty() : answer.join();
    }

    private PrimarySight primarySight(
            Configuration row, Member primary, Optional<Reply.Heard> answer) {
        var report = answer.map(Reply.Heard::report);
        boolean needsEpoch =
                report.filter(r -> r.needsEpoch() && r.epoch().equals(row.epoch())).isPresent();
        return new PrimarySight(
                links.connected(primary.node()),
                report.map(GroupLook::end),
                report.map(r -> Duration.ofMillis(r.oldestUncommittedMillis()))
                        .orElse(Duration.ZERO),
                needsEpoch);
    }

    private static StandbySight standbySight(Member member, Optional<Reply.Heard> answer) {
        var report = answer.map(Reply.Heard::report);
        return new StandbySight(
                member,
                answer.map(h -> h.hearsPrimary() ? Hearing.HEARS : Hearing.DOES_NOT_HEAR)
                        .orElse(Hearing.UNKNOWN),
                report.map(GroupLook::end),
                report.filter(r -> !r.quarantined()).isPresent(),
                report.map(r -> Duration.ofMillis(r.openMillis())).orElse(Duration.ZERO));
    }

    private static ChainEnd end(MemberReport report) {
        return new ChainEnd(report.lastBlockEpoch(), report.height());
    }
}
