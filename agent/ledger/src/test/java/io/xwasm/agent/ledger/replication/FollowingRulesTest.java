package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.ledger.replication.TestGroup.Node;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rule 6: a standby whose primary is written message by message. */
class FollowingRulesTest {
    private TestGroup group;
    private ScriptedMember leading;
    private Node two;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        leading = group.script("node-1");
        two = group.start("node-2");
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        leading.close();
        assertThat(group.failures()).isEmpty();
    }

    private Configuration inSync() {
        return configuration(leading.incarnation(), two.member().incarnation());
    }

    private Configuration configuration(Incarnation... inSync) {
        return group.next(leading.incarnation(), new TreeSet<>(List.of(inSync)));
    }

    private BlockHeader empty(long height, Hash previous, Epoch epoch) {
        return new BlockHeader(
                TestGroup.GROUP,
                height,
                epoch,
                previous,
                1_000 * height,
                0,
                Block.hashOfCalls(List.of()),
                Block.hashOfReceipts(List.of()),
                // A block without calls leaves the state as it was.
                two.member().report().root(),
                BlockHeader.SEMANTICS);
    }

    private static byte[] bytes(BlockHeader header) {
        return new Block(header, List.of()).toBytes();
    }

    /** Blocks from the first on. */
    private List<BlockHeader> chain(int length, Epoch epoch) {
        var blocks = new ArrayList<BlockHeader>();
        var previous = group.genesis.hash();
        for (int height = 1; height <= length; height++) {
            var header = empty(height, previous, epoch);
            blocks.add(header);
            previous = header.hash();
        }
        return blocks;
    }

    @Test
    void an_acknowledgement_names_incarnation_epoch_height_and_hash() throws Exception {
        var configuration = inSync();
        try (var primary = ScriptedPrimary.open(two, configuration)) {
            var opened = primary.receive(ReplicationMessage.Opened.class);
            assertThat(opened.from()).isEqualTo(two.member().incarnation());
            assertThat(opened.heights()).containsExactly(0L);
            assertThat(opened.hashes()).containsExactly(group.genesis.hash());
            var first = chain(1, configuration.epoch()).getFirst();

            primary.append(configuration.epoch(), 0, bytes(first));

            var ack = primary.receive(ReplicationMessage.Ack.class);
            assertThat(ack.from()).isEqualTo(two.member().incarnation());
            assertThat(ack.epoch()).isEqualTo(configuration.epoch());
            assertThat(ack.height()).isEqualTo(1);
            assertThat(ack.hash()).isEqualTo(first.hash());
            assertThat(ack.executed()).isZero();
        }
    }

    @Test
    void a_block_is_executed_only_when_it_is_known_to_be_committed() throws Exception {
        var configuration = inSync();
        var blocks = chain(3, configuration.epoch());
        try (var primary = ScriptedPrimary.open(two, configuration)) {
            var _ = primary.receive(ReplicationMessage.Opened.class);
            for (var block : blocks) {
                primary.append(configuration.epoch(), 0, bytes(block));
                var _ = primary.receive(ReplicationMessage.Ack.class);
            }
            assertThat(two.member().report().executed()).isZero();

            primary.send(new ReplicationMessage.Beat(configuration.epoch(), 2));

            TestGroup.await("the execution", () -> two.member().report().executed() == 2);
            var _ = primary.receive(ReplicationMessage.Ack.class);
            assertThat(two.member().report().executed()).isEqualTo(2);
            assertThat(two.member().report().height()).isEqualTo(3);
        }
    }

    @Test
    void a_block_that_does_not_follow_is_refused() throws Exception {
        var old = inSync();
        var configuration = group.next(old.primary(), old.inSync());
        var epoch = configuration.epoch();
        var first = chain(1, epoch).getFirst();
        try (var primary = ScriptedPrimary.open(two, configuration)) {
            var _ = primary.receive(ReplicationMessage.Opened.class);
            primary.append(epoch, 0, bytes(first));
            var _ = primary.receive(ReplicationMessage.Ack.class);
        }
        for (var wrong :
                List.of(
                        empty(3, first.hash(), epoch),
                        empty(1, first.hash(), epoch),
                        empty(2, Hash.ZERO, epoch),
                        empty(2, first.hash(), old.epoch()))) {
            try (var primary = ScriptedPrimary.open(two, configuration)) {
                var _ = primary.receive(ReplicationMessage.Opened.class);
                primary.append(epoch, 0, bytes(wrong));
                assertThat(primary.next()).as("%s", wrong).isEmpty();
            }
        }
        try (var primary = ScriptedPrimary.open(two, configuration)) {
            assertThat(primary.receive(ReplicationMessage.Opened.class).heights())
                    .containsExactly(1L, 0L);
            primary.append(epoch, 0, bytes(empty(2, first.hash(), epoch)));
            assertThat(primary.receive(ReplicationMessage.Ack.class).height()).isEqualTo(2);
        }
    }

    @Test
    void what_a_member_tells_that_it_holds_is_on_its_disk() throws Exception {
        // It is not in sync, so it syncs once for many blocks.
        var configuration = configuration(leading.incarnation());
        var blocks = chain(1, configuration.epoch());
        long before;
        try (var primary = ScriptedPrimary.open(two, configuration)) {
            var _ = primary.receive(ReplicationMessage.Opened.class);
            before = two.member().report().walSyncs();
            primary.sendAndBeginNext(
                    new ReplicationMessage.Append(
                            configuration.epoch(), 0, bytes(blocks.getFirst())));
            TestGroup.await("the block", () -> two.member().report().height() == 1);
            assertThat(two.member().report().walSyncs()).isEqualTo(before);
        }
        try (var primary = ScriptedPrimary.open(two, configuration)) {
            assertThat(primary.receive(ReplicationMessage.Opened.class).heights())
                    .containsExactly(1L, 0L);
            assertThat(two.member().report().walSyncs()).isEqualTo(before + 1);
        }
    }

    @Test
    void a_connection_that_was_replaced_appends_nothing() throws Exception {
        var configuration = inSync();
        try (var before = ScriptedPrimary.open(two, configuration)) {
            var _ = before.receive(ReplicationMessage.Opened.class);
            try (var after = ScriptedPrimary.open(two, configuration)) {
                var _ = after.receive(ReplicationMessage.Opened.class);
                assertThat(before.next()).isEmpty();
                assertThat(two.member().hearsPrimary()).isTrue();
            }
        }
        assertThat(two.member().report().height()).isZero();
    }

    @Test
    void a_member_confirms_an_epoch_only_while_it_is_its_highest() throws Exception {
        var configuration = inSync();
        try (var primary = ScriptedPrimary.open(two, configuration)) {
            var _ = primary.receive(ReplicationMessage.Opened.class);
            primary.send(new ReplicationMessage.Confirm(configuration.epoch(), 7));
            assertThat(primary.receive(ReplicationMessage.Confirmed.class))
                    .isEqualTo(new ReplicationMessage.Confirmed(configuration.epoch(), 7));

            primary.send(new ReplicationMessage.Confirm(configuration.epoch().next(), 8));
            assertThat(primary.receive(ReplicationMessage.Refused.class).configuration())
                    .isEqualTo(configuration);
        }
    }

    @Test
    void a_tail_is_cut_where_the_primary_says_and_its_blocks_follow() throws Exception {
        var old = inSync();
        var blocks = chain(3, old.epoch());
        try (var primary = ScriptedPrimary.open(two, old)) {
            var _ = primary.receive(ReplicationMessage.Opened.class);
            for (var block : blocks) {
                primary.append(old.epoch(), 1, bytes(block));
                var _ = primary.receive(ReplicationMessage.Ack.class);
            }
        }
        var now = group.next(old.primary(), old.inSync());
        try (var primary = ScriptedPrimary.open(two, now)) {
            assertThat(primary.receive(ReplicationMessage.Opened.class).heights())
                    .containsExactly(3L, 2L, 1L, 0L);
            primary.send(new ReplicationMessage.Cut(now.epoch(), 1));
            assertThat(primary.receive(ReplicationMessage.Ack.class).height()).isEqualTo(1);
            var other = empty(2, blocks.getFirst().hash(), now.epoch());
            primary.append(now.epoch(), 2, bytes(other));
            assertThat(primary.receive(ReplicationMessage.Ack.class).hash())
                    .isEqualTo(other.hash());
            TestGroup.await("the execution", () -> two.member().report().executed() == 2);
        }
    }
}
