package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.WireWriter;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Optional;

/** A primary whose messages a test writes one by one, over a real socket. */
final class ScriptedPrimary implements AutoCloseable {
    private final Socket socket;
    private final Connection connection;

    private ScriptedPrimary(Socket socket) throws IOException {
        this.socket = socket;
        this.connection = new Connection(socket);
        connection.limitSilence(10_000);
    }

    /** Opens a connection to this member in the name of the configuration's primary. */
    static ScriptedPrimary open(TestGroup.Node to, Configuration configuration) throws IOException {
        var primary = dial(to);
        primary.send(
                new ReplicationMessage.Open(
                        configuration.group(),
                        configuration.primary(),
                        to.member().incarnation(),
                        configuration));
        return primary;
    }

    static ScriptedPrimary dial(TestGroup.Node to) throws IOException {
        return new ScriptedPrimary(
                new Socket(InetAddress.getLoopbackAddress(), to.server().port()));
    }

    void send(ReplicationMessage message) throws IOException {
        connection.send(message);
    }

    <T extends ReplicationMessage> T receive(Class<T> kind) throws IOException {
        return kind.cast(connection.receive());
    }

    void append(Epoch epoch, long committed, byte[] block) throws IOException {
        send(new ReplicationMessage.Append(epoch, committed, block));
    }

    /** Sends this, and of what would come next only the first bytes of its length. */
    void sendAndBeginNext(ReplicationMessage message) throws IOException {
        var bytes = ReplicationCodec.write(message);
        var frame =
                new WireWriter(bytes.length + 6).i32(bytes.length).raw(bytes).u8(0).u8(0).toBytes();
        socket.getOutputStream().write(frame);
    }

    /** What still comes, or nothing when the member hangs up. */
    Optional<ReplicationMessage> next() throws IOException {
        try {
            return Optional.of(connection.receive());
        } catch (EOFException | SocketException _) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
