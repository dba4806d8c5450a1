package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.controlplane.api.ChangePreview;
import io.xwasm.controlplane.api.Check;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.groups.GroupViews;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what an upgrade or a rollback would do, before it is done. */
public final class ContractPreviews {
    private static final Duration OLD_BACKUP = Duration.ofDays(1);

    private final ContractHistory history;
    private final CodeCatalogue code;
    private final GroupViews groups;
    private final LastBackup lastBackup;
    private final InstantSource clock;

    public ContractPreviews(
            ContractHistory history,
            CodeCatalogue code,
            GroupViews groups,
            LastBackup lastBackup,
            InstantSource clock) {
        this.history = history;
        this.code = code;
        this.groups = groups;
        this.lastBackup = lastBackup;
        this.clock = clock;
    }

    ChangePreview upgrade(ContractName name, CodeHash to) {
        var contract = history.require(name);
        var running = history.running(name);
        var next = code.require(to);
        long latest =
                history.standing(name).stream()
                        .mapToLong(ContractHistory.Entry::version)
                        .max()
                        .orElse(0);
        var verdict = InterfaceDiff.upgrade(code.require(running.code()), next);
        return preview(contract, "upgrade", running, latest + 1, next, verdict);
    }

    ChangePreview rollback(ContractName name, @Nullable Long to) {
        var contract = history.require(name);
        var running = history.running(name);
        var target = target(name, running, to);
        var next = code.require(target.code());
        var verdict = InterfaceDiff.rollback(code.require(running.code()), next);
        return preview(contract, "rollback", running, target.version(), next, verdict);
    }

    private ContractHistory.Entry target(
            ContractName name, ContractHistory.Entry running, @Nullable Long to) {
        if (to != null) {
            return history.version(name, to)
                    .orElseThrow(() ->
                            Refusal.of(
                                    ProblemKind.UNKNOWN_VERSION,
                                    "%s never had a version %d".formatted(name, to)));
        }
        return history.standing(name).stream()
                .filter(e -> e.version() < running.version())
                .findFirst()
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.NOT_NOW,
                                "%s has no version before %d to go back to"
                                        .formatted(name, running.version())));
    }

    private ChangePreview preview(
            Contract contract,
            String kind,
            ContractHistory.Entry running,
            long toVersion,
            Code next,
            InterfaceDiff.Verdict verdict) {
        var current = code.require(running.code());
        var group = groups.view(contract.group());
        return new ChangePreview(
                contract.name(),
                kind,
                running.version(),
                toVersion,
                current.hash(),
                next.hash(),
                current.face().version(),
                next.face().version(),
                verdict.word(),
                verdict.sentence(),
                InterfaceDiff.changes(current.face(), next.face()),
                current.face().stateSchema(),
                next.face().stateSchema(),
                verdict.reversible(),
                checks(group, verdict),
                String.format(
                        Locale.ROOT,
                        "%d replicas switch at the same block; about %.0f calls a second go to group %s",
                        group.members().size(),
                        group.callsPerSecond(),
                        group.group()));
    }

    private List<Check> checks(GroupView group, InterfaceDiff.Verdict verdict) {
        var checks = new ArrayList<Check>();
        checks.add(new Check(group.health(), "the group is healthy", group.sentence()));
        checks.add(
                new Check(
                        verdict.reversible() ? Health.OK : Health.WARN,
                        "it can be taken back without losing later writes",
                        verdict.reversible()
                                ? "the migration has its reverse, or there is none"
                                : "the new code has no migrate_back"));
        checks.add(backupCheck(group, clock.instant()));
        return checks;
    }

    private Check backupCheck(GroupView group, Instant now) {
        var text = "there is a recent backup";
        return lastBackup
                .of(group.group())
                .map(at -> {
                    var age = Duration.between(at, now);
                    return new Check(
                            age.compareTo(OLD_BACKUP) > 0 ? Health.WARN : Health.OK,
                            text,
                            "the newest is %d minutes old".formatted(age.toMinutes()));
                })
                .orElse(new Check(Health.WARN, text, "there is none"));
    }
}
