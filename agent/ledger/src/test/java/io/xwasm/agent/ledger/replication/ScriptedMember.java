package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.Block;
import io.xwasm.agent.ledger.BlockHeader;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;
import io.xwasm.agent.protocol.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member that speaks the real messages over a real socket and does what the test says: it keeps
 * blocks in a list, and acknowledges and confirms only when it may.
 */
final class ScriptedMember implements AutoCloseable {
    private final NodeId node;
    private final Genesis genesis;
    private final Incarnation incarnation = Incarnation.mint();
    private final ServerSocket server;
    private final List<ReplicationMessage> heard = new ArrayList<>();
    private final List<BlockHeader> blocks = new ArrayList<>();
    private final List<ReplicationMessage.Confirm> unanswered = new ArrayList<>();
    private Incarnation claimed = incarnation;
    private boolean acknowledges = true;
    private boolean confirms = true;
    private boolean answers = true;
    private long acknowledged;
    private @Nullable Connection connection;

    ScriptedMember(NodeId node, Genesis genesis) throws IOException {
        this.node = node;
        this.genesis = genesis;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name(node + "-scripted").start(this::acceptAll);
    }

    Incarnation incarnation() {
        return incarnation;
    }

    Member member() {
        return new Member(
                incarnation, node, "127.0.0.1:" + server.getLocalPort(), "http://" + node);
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try (var opened = new Connection(server.accept())) {
                synchronized (this) {
                    connection = opened;
                }
                while (true) {
                    answer(opened, opened.receive());
                }
            } catch (IOException _) {
                // The primary hung up; it dials again.
            }
        }
    }

    private synchronized void answer(Connection to, ReplicationMessage message) throws IOException {
        heard.add(message);
        if (!answers) {
            return;
        }
        switch (message) {
            case ReplicationMessage.Open open ->
                    to.send(
                            new ReplicationMessage.Opened(
                                    claimed,
                                    open.configuration().epoch(),
                                    List.of(acknowledged),
                                    List.of(hashAt(acknowledged))));
            case ReplicationMessage.Append(var epoch, _, var block) -> {
                var header = Block.headerOf(block);
                if (header.height() == blocks.size() + 1) {
                    blocks.add(header);
                }
                acknowledge(to, epoch);
            }
            case ReplicationMessage.Beat(var epoch, _) -> acknowledge(to, epoch);
            case ReplicationMessage.Confirm confirm -> {
                unanswered.add(confirm);
                if (confirms) {
                    confirmAll(to);
                }
            }
            default -> {}
        }
    }

    private Hash hashAt(long height) {
        return height == 0 ? genesis.hash() : blocks.get((int) height - 1).hash();
    }

    /** Tells what it has on its disk; while it must not acknowledge, that does not grow. */
    private void acknowledge(Connection to, Epoch epoch) throws IOException {
        if (acknowledges) {
            acknowledged = blocks.size();
        }
        to.send(
                new ReplicationMessage.Ack(
                        claimed, epoch, acknowledged, hashAt(acknowledged), 0, Hash.ZERO));
    }

    private void confirmAll(Connection to) throws IOException {
        for (var confirm : unanswered) {
            to.send(new ReplicationMessage.Confirmed(confirm.epoch(), confirm.round()));
        }
        unanswered.clear();
    }

    /** Whether it says anything at all from now on. */
    synchronized void answers(boolean whether) {
        answers = whether;
    }

    /** Whether blocks that come from now on are acknowledged. */
    synchronized void acknowledges(boolean whether) {
        acknowledges = whether;
    }

    /** Whether confirmations that are asked for from now on are given at once. */
    synchronized void confirms(boolean whether) {
        confirms = whether;
    }

    /** Confirms what it has not confirmed yet. */
    synchronized void confirmNow() throws IOException {
        if (connection != null) {
            confirmAll(connection);
        }
    }

    /** Says from the next connection on that it is this incarnation; hangs up. */
    synchronized void claim(Incarnation other) {
        claimed = other;
        if (connection != null) {
            connection.close();
        }
    }

    synchronized List<ReplicationMessage> heard() {
        return List.copyOf(heard);
    }

    synchronized <T extends ReplicationMessage> List<T> heard(Class<T> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public void close() throws IOException {
        server.close();
        synchronized (this) {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
