package io.xwasm.agent.ledger.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.ledger.state.StateKey;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Protocol rules 5, 6 and 10 on a real disk. */
class RocksLedgerStoreTest {
    private static final StateKey KEY = StateKey.of(new byte[] {'s', 1});

    private Path folder;
    private RocksLedgerStore store;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = temporary.resolve("db");
        store = RocksLedgerStore.open(folder);
        store.found(List.of(new Change(KEY, null, new byte[] {0})), new byte[] {0});
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static byte[] block(long height) {
        return new byte[] {(byte) height};
    }

    private static Hash call(long height) {
        return Hash.sha256(new byte[] {(byte) height, (byte) (height >> 8)});
    }

    /** A block that sets the key to the height's lowest byte. */
    private static Executed executed(long height) {
        return new Executed(
                height,
                List.of(
                        new Change(
                                KEY, new byte[] {(byte) (height - 1)}, new byte[] {(byte) height})),
                List.of(new Receipt(call(height), height, 0, 1, null, new byte[0], List.of())),
                new byte[] {(byte) (height - 1)},
                new byte[] {(byte) height});
    }

    private byte @Nullable [] state() {
        return store.state().get(KEY);
    }

    private void reopen() {
        store.close();
        store = RocksLedgerStore.open(folder);
    }

    @Test
    void the_primarys_append_is_one_fsync_and_holds_everything() {
        long before = store.walSyncs();

        store.appendExecuted(block(1), executed(1), 0);

        assertThat(store.walSyncs()).isEqualTo(before + 1);
        reopen();
        assertThat(store.block(1)).isEqualTo(block(1));
        assertThat(store.height()).isEqualTo(1);
        assertThat(store.executed()).isEqualTo(1);
        assertThat(store.sum()).containsExactly(1);
        assertThat(state()).containsExactly(1);
        assertThat(store.receipt(call(1))).isNotNull();
    }

    @Test
    void a_standbys_append_is_one_fsync_and_its_execution_none() {
        long before = store.walSyncs();

        store.append(1, block(1));
        assertThat(store.walSyncs()).isEqualTo(before + 1);
        assertThat(store.executed()).isZero();

        store.execute(executed(1));
        assertThat(store.walSyncs()).isEqualTo(before + 1);
        assertThat(store.executed()).isEqualTo(1);
        assertThat(state()).containsExactly(1);
    }

    @Test
    void an_execution_can_be_done_again() {
        store.append(1, block(1));
        store.execute(executed(1));
        store.execute(executed(1));

        assertThat(store.executed()).isEqualTo(1);
        assertThat(store.cutTo(0)).isTrue();
        assertThat(state()).containsExactly(0);
    }

    @Test
    void blocks_are_undone_to_the_byte() {
        for (long height = 1; height <= 5; height++) {
            store.appendExecuted(block(height), executed(height), height - 1);
        }

        assertThat(store.cutTo(2)).isTrue();

        reopen();
        assertThat(store.height()).isEqualTo(2);
        assertThat(store.executed()).isEqualTo(2);
        assertThat(store.sum()).containsExactly(2);
        assertThat(state()).containsExactly(2);
        assertThat(store.block(3)).isNull();
        assertThat(store.receipt(call(3))).isNull();
        assertThat(store.receipt(call(2))).isNotNull();
    }

    @Test
    void blocks_that_were_not_executed_are_only_forgotten() {
        store.appendExecuted(block(1), executed(1), 0);
        store.append(2, block(2));
        store.append(3, block(3));

        assertThat(store.cutTo(1)).isTrue();

        assertThat(store.height()).isEqualTo(1);
        assertThat(store.executed()).isEqualTo(1);
        assertThat(state()).containsExactly(1);
    }

    @Test
    void a_cut_deeper_than_the_undo_sets_changes_nothing() {
        long newest = RocksLedgerStore.KEPT_SETS + 5;
        for (long height = 1; height <= newest; height++) {
            store.append(height, block(height));
            store.execute(executed(height));
        }

        assertThat(store.cutTo(4)).isFalse();
        assertThat(store.height()).isEqualTo(newest);
        assertThat(store.executed()).isEqualTo(newest);

        assertThat(store.cutTo(5)).isTrue();
        assertThat(store.height()).isEqualTo(5);
        assertThat(state()).containsExactly(5);
    }

    @Test
    void a_view_stands_still_while_the_ledger_goes_on() {
        store.appendExecuted(block(1), executed(1), 0);
        try (var view = store.view()) {
            store.appendExecuted(block(2), executed(2), 1);

            assertThat(view.executed()).isEqualTo(1);
            assertThat(view.get(KEY)).containsExactly(1);
            assertThat(view.block(2)).isNull();
            assertThat(view.receipt(call(2))).isNull();
            assertThat(view.receipt(call(1))).isNotNull();
            var states = new ArrayList<byte[]>();
            try (var records = view.records(Column.STATE)) {
                records.forEachRemaining(r -> states.add(r.value()));
            }
            assertThat(states).containsExactly(new byte[] {1});
        }
    }

    @Test
    void what_a_primary_made_last_is_not_surely_committed() {
        store.appendExecuted(block(1), executed(1), 0);
        store.appendExecuted(block(2), executed(2), 1);
        reopen();
        assertThat(store.surelyCommitted()).isEqualTo(1);

        store.append(3, block(3));
        store.execute(executed(3));
        assertThat(store.surelyCommitted()).isEqualTo(3);
    }

    @Test
    void a_ledger_has_one_user_and_says_so() {
        assertThatThrownBy(() -> RocksLedgerStore.open(folder))
                .isInstanceOf(LedgerDamaged.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void a_closed_ledger_refuses_instead_of_ending_the_process() {
        var view = store.view();
        store.close();

        assertThatThrownBy(() -> store.block(1))
                .isInstanceOf(LedgerClosed.class)
                .hasMessageContaining(folder.toString());
        assertThatThrownBy(() -> view.block(1)).isInstanceOf(LedgerClosed.class);
        view.close();
    }

    @Test
    void state_that_was_read_is_read_anew_after_it_was_undone() {
        store.appendExecuted(block(1), executed(1), 0);
        store.appendExecuted(block(2), executed(2), 0);
        assertThat(state()).containsExactly(2);

        assertThat(store.cutTo(1)).isTrue();

        assertThat(state()).containsExactly(1);
    }

    @Test
    void state_that_was_read_is_read_anew_after_records_were_loaded() {
        assertThat(state()).containsExactly(0);

        store.load(List.of(new StoredRecord(Column.STATE.number(), KEY.bytes(), new byte[] {7})));

        assertThat(state()).containsExactly(7);
    }
}
