package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Incarnation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/**
 * Rounds in which every member that counts says that it knows of no newer epoch (rule 13). One
 * round serves all queries that arrived before it began; those that come during a round wait for
 * the next.
 */
final class Confirmations {
    private final LongConsumer ask;
    private Set<Incarnation> counting = Set.of();
    private Set<Incarnation> missing = new HashSet<>();
    private List<CompletableFuture<Void>> current = new ArrayList<>();
    private List<CompletableFuture<Void>> next = new ArrayList<>();
    private long round;
    private boolean running;
    private boolean ended;

    /**
     * @param ask asks every member to confirm this round
     */
    Confirmations(LongConsumer ask) {
        this.ask = ask;
    }

    /**
     * Begins the round that runs anew: a newer epoch is there, and answers of the older one do not
     * count any more.
     */
    void askAgain() {
        List<CompletableFuture<Void>> done;
        synchronized (this) {
            if (!running) {
                return;
            }
            next.addAll(0, current);
            done = begin();
        }
        done.forEach(f -> f.complete(null));
    }

    void count(Set<Incarnation> members) {
        List<CompletableFuture<Void>> done;
        synchronized (this) {
            counting = Set.copyOf(members);
            missing.retainAll(counting);
            done = finishIfComplete();
        }
        done.forEach(f -> f.complete(null));
    }

    CompletableFuture<Void> confirm() {
        var future = new CompletableFuture<Void>();
        List<CompletableFuture<Void>> done;
        synchronized (this) {
            if (ended) {
                future.completeExceptionally(new NotPrimary());
                return future;
            }
            next.add(future);
            done = running ? List.of() : begin();
        }
        done.forEach(f -> f.complete(null));
        return future;
    }

    private List<CompletableFuture<Void>> begin() {
        running = true;
        round++;
        current = next;
        next = new ArrayList<>();
        missing = new HashSet<>(counting);
        ask.accept(round);
        return finishIfComplete();
    }

    void confirmed(Incarnation member, long confirmedRound) {
        List<CompletableFuture<Void>> done;
        synchronized (this) {
            if (confirmedRound != round) {
                return;
            }
            missing.remove(member);
            done = finishIfComplete();
        }
        done.forEach(f -> f.complete(null));
    }

    private List<CompletableFuture<Void>> finishIfComplete() {
        if (!running || !missing.isEmpty()) {
            return List.of();
        }
        var done = new ArrayList<>(current);
        current = new ArrayList<>();
        running = false;
        if (!next.isEmpty()) {
            done.addAll(begin());
        }
        return done;
    }

    /** The round that is asked for now, for a member that connects in its midst. */
    synchronized long round() {
        return running ? round : 0;
    }

    void end() {
        List<CompletableFuture<Void>> left = new ArrayList<>();
        synchronized (this) {
            ended = true;
            left.addAll(current);
            left.addAll(next);
            current = new ArrayList<>();
            next = new ArrayList<>();
        }
        left.forEach(f -> f.completeExceptionally(new NotPrimary()));
    }
}
