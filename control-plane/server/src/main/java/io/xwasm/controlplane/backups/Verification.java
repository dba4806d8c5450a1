package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import io.xwasm.controlplane.events.FleetEvents;
import io.xwasm.controlplane.operations.StepContext;
import io.xwasm.controlplane.operations.StepFailed;

/**
 * Has a backup restored into a scratch ledger and enters what came of it, so that a backup which
 * was found damaged is listed as verified no longer (invariant 4).
 *
 * <p>Each entry is the same however often it is made, so a step that is run again does no harm.
 */
final class Verification {
    private static final String DAMAGED = "backup_damaged";

    private final BackupCatalogue catalogue;
    private final BackupNodes nodes;
    private final FleetEvents events;

    Verification(BackupCatalogue catalogue, BackupNodes nodes, FleetEvents events) {
        this.catalogue = catalogue;
        this.nodes = nodes;
        this.events = events;
    }

    /** A restore that came to the right root, and who made it. */
    record Sound(NodeId by, Reply.Verified reply) {}

    /**
     * @throws StepFailed when it is damaged, or nobody could look
     */
    Sound of(String id, StepContext step) throws InterruptedException {
        var backup = catalogue.require(id);
        var view = backup.view();
        var ask = new Ask.Verify(view.group(), id, view.location(), catalogue.dataKey(backup));
        var answered = nodes.askOne(view.group(), ask, step);
        noteIfDamaged(id, answered);
        if (!(answered.reply() instanceof Reply.Verified done)) {
            throw answered.failure();
        }
        if (!done.root().equals(view.root())) {
            var why =
                    "%s restored it to root %s, and the catalogue says %s"
                            .formatted(answered.by(), done.root(), view.root());
            damaged(id, why);
            throw new StepFailed(why);
        }
        catalogue.verified(id, answered.by());
        tell(id, "backup %s is verified".formatted(id));
        return new Sound(answered.by(), done);
    }

    /** A refusal of this kind is about the backup, not about the node. */
    void noteIfDamaged(String id, BackupNodes.Answered answered) {
        if (answered.reply() instanceof Reply.Refused(var kind, var why) && kind.equals(DAMAGED)) {
            damaged(id, "found damaged by %s: %s".formatted(answered.by(), why));
        }
    }

    private void damaged(String id, String why) {
        catalogue.failed(id, why);
        tell(id, "backup %s is of no use: %s".formatted(id, why));
    }

    private void tell(String id, String sentence) {
        events.publish("backup", id, sentence, "backups/" + id);
    }
}
