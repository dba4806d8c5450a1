package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.state.BlockState;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.vm.BlockContext;
import io.xwasm.agent.vm.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a member's committed state, each after a confirmation round that began after it arrived
 * (rule 13); only {@link #view} needs none.
 */
public final class CommittedReads {
    /**
     * Contract code wants deep stacks, which virtual threads grow as needed but JNI reads would
     * pin.
     */
    private static final ExecutorService QUERIES =
            Executors.newFixedThreadPool(
                    4,
                    runnable -> {
                        var thread = new Thread(null, runnable, "query", 64L << 20);
                        thread.setDaemon(true);
                        return thread;
                    });

    private final GroupMember member;

    CommittedReads(GroupMember member) {
        this.member = member;
    }

    /** What a query found, and in which committed state. */
    public record Answer(Outcome outcome, long height) {}

    /**
     * Runs a method and throws its writes away.
     *
     * @throws NotPrimary through the future, when this member cannot confirm that it is
     */
    public CompletableFuture<Answer> query(Address contract, String method, byte[] arguments) {
        return read(shared -> {
            var block = new BlockContext(shared.height(), shared.timeMillis());
            var outcome =
                    member.chain()
                            .executor()
                            .query(
                                    contract,
                                    method,
                                    arguments,
                                    block,
                                    new BlockState(shared.view()));
            return new Answer(outcome, shared.height());
        });
    }

    /**
     * Reads the state, which must not be used after the reading.
     *
     * @throws NotPrimary through the future, when this member cannot confirm that it is
     */
    public <T extends @Nullable Object> CompletableFuture<T> state(
            Function<CommittedState, T> reading) {
        return read(shared -> reading.apply(CommittedState.of(shared.view(), shared.height())));
    }

    /**
     * The receipt of a call, or null.
     *
     * @throws NotPrimary through the future, when this member cannot confirm that it is
     */
    public CompletableFuture<@Nullable Receipt> receipt(Hash call) {
        return this.<@Nullable Receipt>read(shared -> shared.view().receipt(call));
    }

    private <T extends @Nullable Object> CompletableFuture<T> read(
            Function<SharedView, T> reading) {
        var leading = member.term();
        if (leading == null) {
            return CompletableFuture.failedFuture(new NotPrimary());
        }
        return leading.confirm()
                .thenApplyAsync(
                        _ -> {
                            var shared = leading.committedView();
                            try {
                                return reading.apply(shared);
                            } finally {
                                shared.release();
                            }
                        },
                        QUERIES);
    }

    /**
     * The newest committed state of this member, primary or not, standing still, for a backup; the
     * caller closes it.
     *
     * @throws NotCommitted when this member cannot tell which of its blocks are committed
     */
    public CommittedView view() {
        var leading = member.term();
        var ledger = member.ledger();
        if (leading != null) {
            var shared = leading.committedView();
            return new CommittedView(shared.view(), shared::release, ledger.folder());
        }
        var following = member.follower();
        var view = ledger.folder().store().view();
        if (following == null || following.committed() < view.executed()) {
            // It was primary, and its last blocks may never have been on the other disks.
            view.close();
            throw new NotCommitted(
                    "this member of %s was primary and has not heard which of its last blocks are committed"
                            .formatted(member.group()));
        }
        return new CommittedView(view, view::close, ledger.folder());
    }
}
