package io.xwasm.agent.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.Receipt;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoSetTest {
    private static final StateKey KEY = StateKey.of(new byte[] {'s', 1});
    private static final StateKey OTHER = StateKey.of(new byte[] {'s', 2});
    private static final Hash CALL = Hash.sha256(new byte[] {1});

    private static UndoSet sample() {
        return UndoSet.of(
                new Executed(
                        5,
                        List.of(
                                new Change(KEY, new byte[] {7}, new byte[] {8}),
                                new Change(OTHER, null, new byte[] {9})),
                        List.of(new Receipt(CALL, 5, 0, 1, null, new byte[0], List.of())),
                        new byte[] {1, 2, 3},
                        new byte[] {4, 5, 6}));
    }

    @Test
    void it_holds_what_was_there_before_the_block() {
        var undo = sample();

        assertThat(undo.back()).extracting(Change::key).containsExactly(KEY, OTHER);
        assertThat(undo.back()).extracting(Change::after).containsExactly(new byte[] {7}, null);
        assertThat(undo.calls()).containsExactly(CALL);
        assertThat(undo.sumBefore()).containsExactly(1, 2, 3);
    }

    @Test
    void its_bytes_give_it_again() {
        var bytes = sample().toBytes();
        var read = UndoSet.parse(bytes);

        assertThat(read.toBytes()).isEqualTo(bytes);
        assertThat(read.back()).extracting(Change::after).containsExactly(new byte[] {7}, null);
        assertThat(read.calls()).containsExactly(CALL);
    }

    @Test
    void bytes_that_are_cut_short_or_too_long_are_refused() {
        var bytes = sample().toBytes();
        for (int length = 0; length < bytes.length; length++) {
            var part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> UndoSet.parse(part)).isInstanceOf(MalformedMessage.class);
        }
        assertThatThrownBy(() -> UndoSet.parse(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedMessage.class);
    }
}
