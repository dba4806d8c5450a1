package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.Member;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The primary's line to one other member: finds where the member's chain parts from its own, sends
 * what is missing, and then every new block as it is sealed. Connects again for as long as the term
 * lasts.
 */
final class MemberLink {
    private static final Logger log = LoggerFactory.getLogger(MemberLink.class);
    private static final long BEAT_MILLIS = 200;

    /** A member that answers no beat for so long is unreachable. */
    static final int SILENCE_MILLIS = 1_500;

    private static final long RETRY_MILLIS = 50;

    private final Member member;
    private final PrimaryTerm term;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private volatile boolean ended;
    private volatile boolean streaming;
    private volatile boolean reachable = true;

    /** The connection ends at this primary's own wish, so nothing of it is the member's fault. */
    private volatile boolean hungUp;

    private volatile long acknowledged = -1;
    private volatile long executed = -1;
    private volatile long heardNanos = System.nanoTime();

    /** In a row. */
    private final AtomicInteger silences = new AtomicInteger();

    private volatile @Nullable Connection connection;

    /**
     * The highest height that a {@link ReplicationMessage.Cut} asked for and no acknowledgement has
     * answered yet, or −1.
     */
    private volatile long cutTo = -1;

    MemberLink(Member member, PrimaryTerm term) {
        this.member = member;
        this.term = term;
    }

    Member member() {
        return member;
    }

    /** Newest block that the member has on disk, −1 when unknown. */
    long acknowledged() {
        return acknowledged;
    }

    long executed() {
        return executed;
    }

    boolean streaming() {
        return streaming;
    }

    /** Whether it has missed several beats. */
    boolean isSlow() {
        return System.nanoTime() - heardNanos >= TimeUnit.MILLISECONDS.toNanos(SILENCE_MILLIS / 2);
    }

    /** Something is there to be sent. */
    void signal() {
        lock.lock();
        try {
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Connects and serves until {@link #end}. */
    void run() throws InterruptedException {
        while (!ended) {
            if (term.diskHangs()) {
                pause(RETRY_MILLIS);
                continue;
            }
            try (var opened = Connection.to(member.replication())) {
                connection = opened;
                serve(opened);
            } catch (ConnectException e) {
                unreachable("nobody listens at " + member.replication());
            } catch (SocketTimeoutException e) {
                if (!ended) {
                    silent("%s does not answer: %s".formatted(member.node(), e.getMessage()));
                }
            } catch (IOException e) {
                if (!ended) {
                    unreachable("connection to %s: %s".formatted(member.node(), e.getMessage()));
                }
            } catch (MalformedMessage | LedgerDamaged e) {
                log.warn("replication to {}: {}", member.node(), e.getMessage());
            } finally {
                streaming = false;
            }
            pause(RETRY_MILLIS);
        }
    }

    private void unreachable(String why) {
        if (hungUp) {
            return;
        }
        if (reachable) {
            log.info("{}: {} is unreachable: {}", term.group(), member.node(), why);
        }
        reachable = false;
        term.unreachable(member, why);
    }

    private void silent(String why) {
        if (!hungUp && !term.mayBeOwnFault(member, silences.incrementAndGet())) {
            unreachable(why);
        }
    }

    private void pause(long millis) throws InterruptedException {
        lock.lock();
        try {
            if (!ended) {
                news.await(millis, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void serve(Connection opened) throws IOException, InterruptedException {
        hungUp = false;
        opened.limitSilence(SILENCE_MILLIS);
        opened.send(
                new ReplicationMessage.Open(
                        term.group(), term.self(), member.incarnation(), term.configuration()));
        switch (receiveFrom(opened)) {
            case ReplicationMessage.Opened answer -> {
                if (!answer.from().equals(member.incarnation())) {
                    // It neither acknowledges nor confirms (rule 1).
                    unreachable("another incarnation answers at " + member.replication());
                    return;
                }
                reachable = true;
                stream(opened, answer);
            }
            case ReplicationMessage.Refused refused -> {
                term.learned(refused.configuration());
                if (!refused.configuration().newerThan(term.configuration())) {
                    // Not this member any more, but perhaps another life of its folder (rule 1).
                    unreachable(refused.why());
                }
            }
            case ReplicationMessage other ->
                    throw new MalformedMessage("an opening was answered with " + other.getClass());
        }
    }

    private ReplicationMessage receiveFrom(Connection opened) throws IOException {
        var message = opened.receive();
        heardNanos = System.nanoTime();
        silences.set(0);
        return message;
    }

    private void stream(Connection opened, ReplicationMessage.Opened answer)
            throws IOException, InterruptedException {
        var common = term.blocks().commonWith(answer);
        if (common < 0) {
            new SeedSender(term, opened).send();
            return;
        }
        if (common < answer.heights().getFirst()) {
            cutTo = common;
            opened.send(new ReplicationMessage.Cut(term.epoch(), common));
        } else {
            cutTo = -1;
            noteAcknowledged(common);
        }
        var reader = Thread.ofVirtual().name("acks-" + member.node()).start(() -> receive(opened));
        try {
            streaming = true;
            sendFrom(opened, common + 1);
        } finally {
            opened.close();
            reader.join();
        }
    }

    private void sendFrom(Connection opened, long first) throws IOException, InterruptedException {
        long next = first;
        long lastSent = System.nanoTime();
        long round = 0;
        long committedSent = -1;
        while (!ended && opened.isOpen() && !hangsUp()) {
            long asked = term.roundAsked();
            if (asked > round) {
                round = asked;
                opened.send(new ReplicationMessage.Confirm(term.epoch(), round));
            }
            long committed = term.committed();
            if (next <= term.blocks().height()) {
                opened.send(
                        new ReplicationMessage.Append(
                                term.epoch(), committed, term.blocks().bytes(next)));
                next++;
                lastSent = System.nanoTime();
                committedSent = committed;
            } else if (committed > committedSent
                    || System.nanoTime() - lastSent >= TimeUnit.MILLISECONDS.toNanos(BEAT_MILLIS)) {
                opened.send(new ReplicationMessage.Beat(term.epoch(), committed));
                lastSent = System.nanoTime();
                committedSent = committed;
            } else {
                awaitNews(next, round, committedSent);
            }
        }
    }

    /**
     * A primary whose disk hangs can commit nothing, however well it is heard. So its standbys hear
     * it no more, and another takes over (rule 18).
     */
    private boolean hangsUp() {
        hungUp = term.diskHangs();
        return hungUp;
    }

    private void awaitNews(long next, long round, long committedSent) throws InterruptedException {
        lock.lock();
        try {
            if (next > term.blocks().height()
                    && term.roundAsked() <= round
                    && term.committed() <= committedSent) {
                news.await(BEAT_MILLIS, TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    private void receive(Connection opened) {
        try (opened) {
            while (!ended) {
                switch (receiveFrom(opened)) {
                    case ReplicationMessage.Ack ack -> acknowledge(opened, ack);
                    case ReplicationMessage.Confirmed(var epoch, var round) ->
                            term.confirmed(member, epoch, round);
                    case ReplicationMessage.Refused refused -> {
                        term.learned(refused.configuration());
                        return;
                    }
                    case ReplicationMessage other ->
                            throw new MalformedMessage(
                                    "a follower does not send " + other.getClass());
                }
            }
        } catch (SocketTimeoutException e) {
            if (!ended) {
                silent("%s is silent: %s".formatted(member.node(), e.getMessage()));
            }
        } catch (IOException e) {
            if (!ended) {
                unreachable("%s: %s".formatted(member.node(), e.getMessage()));
            }
        } catch (MalformedMessage e) {
            log.warn("replication from {}: {}", member.node(), e.getMessage());
        } finally {
            signal();
        }
    }

    private void acknowledge(Connection opened, ReplicationMessage.Ack ack) {
        if (!ack.from().equals(member.incarnation())) {
            // Another life of this folder (rule 1): the configuration will name it.
            opened.close();
            return;
        }
        if (term.epoch().olderThan(ack.epoch())) {
            // It knows of a newer epoch, so it does not speak for this one (rule 3).
            opened.close();
            return;
        }
        executed = ack.executed();
        if (cutTo >= 0) {
            if (ack.height() > cutTo) {
                return;
            }
            cutTo = -1;
        }
        noteAcknowledged(ack.height());
    }

    private void noteAcknowledged(long height) {
        acknowledged = Math.max(acknowledged, height);
        term.acknowledged(member, height);
    }

    void end() {
        ended = true;
        var open = connection;
        if (open != null) {
            open.close();
        }
        signal();
    }
}
