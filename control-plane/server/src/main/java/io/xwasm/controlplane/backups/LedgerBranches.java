package io.xwasm.controlplane.backups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where restores made a group's chain go on from an earlier block.
 *
 * <p>After a restore a height names another block than before, so what a backup and the running
 * chain have in common is found along the branches and by hash (protocol rule 8).
 */
final class LedgerBranches {
    private final Database database;
    private final InstantSource clock;

    LedgerBranches(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A block that is named by its hash, so that it cannot be mistaken for another branch's. */
    record Anchor(long height, Hash block) {}

    /**
     * @param parent the branch that it left, empty when unknown
     * @param from the last block that both have
     */
    private record Branch(long sequence, Optional<Long> parent, Anchor from) {}

    /** The chain goes on from this backup's block; once per operation. */
    void goesOnFrom(BackupRecord backup, String operation) {
        var view = backup.view();
        database.change(sql -> {
            var _ =
                    sql.run(
                            "INSERT INTO ledger_branch"
                                    + " (group_id, operation, parent, height, block, at)"
                                    + " VALUES (?, ?, ?, ?, ?, ?)"
                                    + " ON CONFLICT (operation) DO NOTHING",
                            view.group().value(),
                            operation,
                            backup.branch(),
                            view.height(),
                            String.valueOf(view.block()),
                            clock.millis());
        });
    }

    /**
     * Blocks of the backup's chain at which the running chain may have left it, highest first; the
     * highest that a ledger holds is the last block that both have.
     */
    List<Anchor> anchors(BackupRecord backup) {
        var block = backup.view().block();
        if (block == null) {
            return List.of();
        }
        var own = new Anchor(backup.view().height(), block);
        var branches = database.read(sql -> all(sql, backup.view().group()));
        return along(own, Optional.ofNullable(backup.branch()), branches).stream()
                .sorted(Comparator.comparingLong(Anchor::height).reversed())
                .toList();
    }

    private static Set<Anchor> along(Anchor end, Optional<Long> branch, List<Branch> branches) {
        var anchors = new LinkedHashSet<Anchor>();
        anchors.add(end);
        var last = end;
        var on = branch;
        while (on.isPresent()) {
            long here = on.get();
            long reach = last.height();
            branches.stream()
                    .filter(b -> b.parent().filter(p -> p == here).isPresent())
                    .map(Branch::from)
                    .filter(left -> left.height() <= reach)
                    .forEach(anchors::add);
            var began = branches.stream().filter(b -> b.sequence() == here).findFirst();
            if (began.isEmpty()) {
                break;
            }
            last = began.get().from();
            anchors.add(last);
            on = began.get().parent();
        }
        return anchors;
    }

    private static List<Branch> all(Sql sql, GroupId group) {
        return sql.list(
                "SELECT * FROM ledger_branch WHERE group_id = ? ORDER BY seq",
                LedgerBranches::branch,
                group.value());
    }

    private static Branch branch(Row row) {
        return new Branch(
                row.number("seq"),
                row.numberIfAny("parent"),
                new Anchor(row.number("height"), Hash.parse(row.text("block"))));
    }
}
