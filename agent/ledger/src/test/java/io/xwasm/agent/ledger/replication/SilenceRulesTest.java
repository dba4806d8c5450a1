package io.xwasm.agent.ledger.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.ledger.replication.TestGroup.Node;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rule 15: whose fault silence is. */
class SilenceRulesTest {
    private TestGroup group;
    private Node one;
    private ScriptedMember two;
    private ScriptedMember three;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        group = new TestGroup(folder);
        group.refuseChanges();
        one = group.start("node-1");
        two = group.script("node-2");
        three = group.script("node-3");
        group.lead(one, List.of(one), List.of(two, three));
        TestGroup.await("a primary", () -> one.member().report().serving());
    }

    @AfterEach
    void stop() throws Exception {
        group.close();
        two.close();
        three.close();
        assertThat(group.failures()).isEmpty();
    }

    private boolean removalWanted(ScriptedMember member) {
        return group.heard().stream()
                .anyMatch(line -> line.startsWith("removal of " + member.incarnation()));
    }

    private static int openings(ScriptedMember member) {
        return member.heard(ReplicationMessage.Open.class).size();
    }

    @Test
    void a_member_that_is_silent_alone_is_to_be_removed() throws Exception {
        two.answers(false);

        TestGroup.await("the request", () -> removalWanted(two));
        assertThat(removalWanted(three)).isFalse();
    }

    @Test
    void when_all_members_are_silent_at_once_the_primary_suspects_itself() throws Exception {
        int before = Math.min(openings(two), openings(three));
        two.answers(false);
        three.answers(false);

        TestGroup.await(
                "the members' second chance",
                () -> openings(two) >= before + 2 && openings(three) >= before + 2);
        assertThat(removalWanted(two)).isFalse();
        assertThat(removalWanted(three)).isFalse();

        // As soon as one is heard again, the other's silence is its own.
        three.answers(true);
        TestGroup.await("the request", () -> removalWanted(two));
        assertThat(removalWanted(three)).isFalse();
    }

    @Test
    void when_that_happens_again_the_primary_asks_for_a_switchover() throws Exception {
        two.answers(false);
        three.answers(false);

        TestGroup.await(
                "the request",
                () ->
                        group.heard().stream()
                                .anyMatch(line ->
                                        line.startsWith(
                                                "switchover wanted in epoch 1: no member is heard")));
        assertThat(Math.min(openings(two), openings(three)))
                .as("each had its time again first")
                .isGreaterThanOrEqualTo(2);
    }
}
