package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.store.LedgerClosed;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.MalformedMessage;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes replication connections from primaries and hands each to the member of the group that it
 * names.
 */
public final class ReplicationServer implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(ReplicationServer.class);

    private final ServerSocket server;
    private final Function<GroupId, @Nullable GroupMember> members;

    /**
     * Takes the address; whoever connects waits until {@link #begin}.
     *
     * @param members the members that this node hosts, by group
     * @throws IOException when the address is taken
     */
    public ReplicationServer(
            InetSocketAddress address, Function<GroupId, @Nullable GroupMember> members)
            throws IOException {
        this.members = members;
        this.server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(address);
    }

    /** Answers those who connect. */
    public void begin() {
        Thread.ofPlatform().daemon().name("replication").start(this::acceptAll);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                // A platform thread: it waits for fsyncs inside native code, which would hold a
                // carrier.
                Thread.ofPlatform().daemon().name("replication-in").start(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    log.warn("taking a replication connection: {}", e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (var connection = new Connection(socket)) {
            if (connection.receive() instanceof ReplicationMessage.Open open) {
                var member = members.apply(open.group());
                if (member != null) {
                    member.accept(connection, open);
                }
            }
        } catch (IOException | LedgerClosed e) {
            log.debug("replication connection ended: {}", e.getMessage());
        } catch (MalformedMessage e) {
            log.warn("replication connection refused: {}", e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
