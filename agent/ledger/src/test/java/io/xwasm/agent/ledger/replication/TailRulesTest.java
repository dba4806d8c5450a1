package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Receipt;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rules 9 and 10: what becomes of blocks that nobody acknowledged. */
class TailRulesTest {
    private static final Address ALICE = AccountKey.generate().address();
    private static final Address BOB = AccountKey.generate().address();

    private Path folder;
    private TestGroup group;
    private Node one;
    private Node two;

    @BeforeEach
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        group = new TestGroup(temporary);
        one = group.start("node-1");
        two = group.start("node-2");
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        assertThat(group.failures()).isEmpty();
    }

    private static Receipt receipt(CompletableFuture<Submission> future) throws Exception {
        var submission = future.get(10, TimeUnit.SECONDS);
        assertThat(submission).isInstanceOf(Submission.Acknowledged.class);
        return ((Submission.Acknowledged) submission).receipt();
    }

    private static BigInteger balance(Node node, Address party) throws Exception {
        return node.member().reads().state(state -> state.balance(party)).get(10, TimeUnit.SECONDS);
    }

    private void leads(Node node, List<Node> inSync) throws Exception {
        group.lead(node, inSync);
        TestGroup.await("a primary", () -> node.member().report().serving());
    }

    @Test
    void an_uncommitted_tail_is_undone_and_the_chain_of_the_new_primary_is_followed()
            throws Exception {
        leads(one, List.of(one, two));
        var _ = receipt(one.member().submit(group.transfer(0, ALICE, 1)));
        TestGroup.await("the execution", () -> two.member().report().executed() == 1);
        group.refuseChanges();
        group.stop(two);
        var lonely = group.transfer(1, ALICE, 100);
        var unanswered = one.member().submit(lonely);
        TestGroup.await("the tail", () -> one.member().report().height() == 2);
        group.stop(one);
        assertThat(unanswered.get(10, TimeUnit.SECONDS)).isInstanceOf(Submission.Elsewhere.class);

        var three = group.start("node-3");
        var survivor = group.start("node-2");
        leads(survivor, List.of(survivor, three));
        var _ = receipt(survivor.member().submit(group.transfer(7, BOB, 5)));
        var back = group.start("node-1");
        assertThat(back.member().report().height()).isEqualTo(2);
        group.grantChanges();
        leads(survivor, List.of(survivor, three));

        TestGroup.await(
                "the same state",
                () ->
                        back.member().report().executed() == 2
                                && back.member()
                                        .report()
                                        .hash()
                                        .equals(survivor.member().report().hash())
                                && back.member()
                                        .report()
                                        .root()
                                        .equals(survivor.member().report().root()));
        TestGroup.await(
                "it in sync",
                () ->
                        java.util.Objects.requireNonNull(survivor.member().configuration())
                                .isInSync(back.member().incarnation()));
        assertThat(balance(survivor, ALICE)).isEqualTo(1);
        // The call that was in the tail is not in the ledger: sent again, it is executed now.
        assertThat(receipt(survivor.member().submit(lonely)).height()).isEqualTo(3);
        assertThat(balance(survivor, ALICE)).isEqualTo(101);
    }

    /** Gives a member a chain of its own, as long as it is alone in its group. */
    private void grow(Node node, int blocks, Address party) throws Exception {
        leads(node, List.of(node));
        for (int nonce = 0; nonce < blocks; nonce++) {
            var _ = receipt(node.member().submit(group.transfer(nonce, party, 1)));
        }
    }

    private void growApart(int blocks) throws Exception {
        group.stop(two);
        grow(one, blocks, ALICE);
        group.stop(one);
        two = group.start("node-2");
        grow(two, blocks, BOB);
        group.stop(two);
    }

    private void awaitCopy(Node node) throws Exception {
        TestGroup.await(
                "the copy",
                () ->
                        node.member().report().executed() == one.member().report().height()
                                && node.member()
                                        .report()
                                        .root()
                                        .equals(one.member().report().root()));
    }

    private List<Path> setAside() throws Exception {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith("node-2.aside-"))
                    .toList();
        }
    }

    @Test
    void a_fork_deeper_than_what_a_member_tells_sets_the_folder_aside_and_it_is_seeded()
            throws Exception {
        growApart(70);
        one = group.start("node-1");
        two = group.start("node-2");
        var before = two.member().incarnation();

        leads(one, List.of(one));

        awaitCopy(two);
        assertThat(two.member().incarnation()).isNotEqualTo(before);
        assertThat(setAside()).hasSize(1);
        try (var aside = LedgerFolder.open(setAside().getFirst())) {
            assertThat(aside.incarnation()).isEqualTo(before);
            assertThat(aside.tip().height()).isEqualTo(70);
        }
    }

    @Test
    void a_fork_deeper_than_the_undo_sets_sets_the_folder_aside_and_it_is_seeded()
            throws Exception {
        growApart(3);
        copyWithoutUndoSets(folder.resolve("node-2"));
        one = group.start("node-1");
        two = group.start("node-2");
        var before = two.member().incarnation();
        assertThat(two.member().report().height()).isEqualTo(3);

        leads(one, List.of(one));

        awaitCopy(two);
        assertThat(two.member().incarnation()).isNotEqualTo(before);
        assertThat(setAside()).hasSize(1);
        // It keeps its place in the group and goes on from the copy.
        var _ = receipt(one.member().submit(group.transfer(3, ALICE, 1)));
        awaitCopy(two);
    }

    /** As a member is that was seeded: its undo sets begin with the next block. */
    private void copyWithoutUndoSets(Path path) throws Exception {
        var copy = folder.resolve("copy");
        var receiver = new SeedReceiver(copy, group.genesis, LedgerFolder::close);
        try (var source = LedgerFolder.open(path)) {
            receiver.begin(source.tip().height());
            try (var view = source.store().view()) {
                try (var records = new CommittedRecords(view, source.tip().height())) {
                    while (records.hasNext()) {
                        receiver.add(List.of(records.next()));
                    }
                }
            }
            receiver.end(receiver.root());
        }
        Files.move(path, folder.resolve("original"));
        Files.move(copy, path);
    }
}
