package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.operations.OperationKind;
import io.xwasm.controlplane.operations.Operations;
import io.xwasm.controlplane.operations.Step;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepResult;
import java.util.List;
import java.util.Set;

/** The steps of taking and verifying a backup. */
final class BackupKinds {
    static final String BACKUP = "backup";
    static final String VERIFY = "verify";

    private final BackupCatalogue catalogue;
    private final BackupNodes nodes;
    private final Verification verification;
    private final FleetEvents events;

    BackupKinds(
            BackupCatalogue catalogue,
            BackupNodes nodes,
            Verification verification,
            FleetEvents events) {
        this.catalogue = catalogue;
        this.nodes = nodes;
        this.verification = verification;
        this.events = events;
    }

    /**
     * @param verify whether it is verified at once
     */
    record BackupInput(GroupId group, boolean verify) {}

    record VerifyInput(String backup, GroupId group) {}

    void register(Operations operations) {
        operations.register(
                new OperationKind(
                        BACKUP,
                        List.of(
                                Step.of("make a key", this::begin),
                                Step.of("take", this::take).undoneBy(this::markFailed),
                                Step.of("verify", this::verifyIfWanted)),
                        Set.of("backup", "height", "root", "bytes")));
        operations.register(
                new OperationKind(
                        VERIFY,
                        List.of(Step.of("verify", this::verify)),
                        Set.of("backup", "height", "root", "node")));
    }

    /** The backup has its operation's id, so a repeated step means the same backup. */
    private static String id(StepContext step) {
        return "b-" + step.operation().substring("op-".length());
    }

    private static GroupId group(StepContext step) {
        return new GroupId(step.input().path("group").asString());
    }

    private StepResult begin(StepContext step) {
        catalogue.begin(id(step), group(step), step.actor().name());
        tell(id(step), "backup %s of %s has begun".formatted(id(step), group(step)));
        return StepResult.of("a data key for %s is sealed in the catalogue".formatted(id(step)))
                .with("backup", id(step));
    }

    private StepResult take(StepContext step) throws InterruptedException {
        var backup = catalogue.require(id(step));
        var ask =
                new Ask.Backup(
                        group(step), id(step), backup.view().location(), catalogue.dataKey(backup));
        var answered = nodes.askOne(group(step), ask, step);
        if (!(answered.reply() instanceof Reply.BackedUp done)) {
            throw answered.failure();
        }
        catalogue.taken(id(step), answered.by(), done);
        tell(id(step), "backup %s of %s is taken".formatted(id(step), group(step)));
        return StepResult.of(
                        "%s wrote %,d records of block %d, %,d bytes, in %d ms"
                                .formatted(
                                        answered.by(),
                                        done.records(),
                                        done.height(),
                                        done.bytes(),
                                        done.millis()))
                .with("height", done.height())
                .with("root", done.root())
                .with("bytes", done.bytes());
    }

    private String markFailed(StepContext step) {
        // What was completed may be kept, and what was found damaged says so already.
        if (!catalogue.require(id(step)).running()) {
            return "backup %s stays as it is".formatted(id(step));
        }
        catalogue.failed(id(step), "it was not completed; its operation says why");
        tell(id(step), "backup %s failed".formatted(id(step)));
        return "backup %s is marked as failed".formatted(id(step));
    }

    private StepResult verifyIfWanted(StepContext step) throws InterruptedException {
        return step.input().path("verify").asBoolean()
                ? verified(step, id(step))
                : unverified(step);
    }

    private StepResult unverified(StepContext step) {
        var backup = catalogue.require(id(step)).view();
        return StepResult.of(
                "%,d records of block %d are stored; not verified yet"
                        .formatted(backup.records(), backup.height()));
    }

    private StepResult verify(StepContext step) throws InterruptedException {
        return verified(step, step.input().path("backup").asString());
    }

    private StepResult verified(StepContext step, String id) throws InterruptedException {
        var sound = verification.of(id, step);
        var done = sound.reply();
        return StepResult.of(
                        "%s restored %,d records of block %d and came to the same root in %d ms"
                                .formatted(
                                        sound.by(), done.records(), done.height(), done.millis()))
                .with("backup", id)
                .with("node", sound.by())
                .with("height", done.height())
                .with("root", done.root());
    }

    private void tell(String id, String sentence) {
        events.publish("backup", id, sentence, "backups/" + id);
    }
}
