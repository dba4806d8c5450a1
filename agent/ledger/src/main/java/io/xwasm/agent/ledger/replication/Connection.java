package io.xwasm.agent.ledger.replication;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A stream of replication messages over one TCP connection. Several threads may send; one receives.
 */
final class Connection implements Closeable {
    private static final int LONGEST_MESSAGE = 64 << 20;
    private static final int CONNECT_MILLIS = 500;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;
    private final ReentrantLock sending = new ReentrantLock();

    Connection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out =
                new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 16));
    }

    /** Connects to {@code host:port}. */
    static Connection to(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        var socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(
                            address.substring(0, colon),
                            Integer.parseInt(address.substring(colon + 1))),
                    CONNECT_MILLIS);
            return new Connection(socket);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    void send(ReplicationMessage message) throws IOException {
        var bytes = ReplicationCodec.write(message);
        sending.lock();
        try {
            out.writeInt(bytes.length);
            out.write(bytes);
            out.flush();
        } finally {
            sending.unlock();
        }
    }

    /**
     * Waits for the next message.
     *
     * @throws EOFException when the other side has closed
     */
    ReplicationMessage receive() throws IOException {
        int length = in.readInt();
        if (length < 1 || length > LONGEST_MESSAGE) {
            throw new IOException("a message of %d bytes was announced".formatted(length));
        }
        return ReplicationCodec.read(in.readNBytes(length));
    }

    /** Whether {@link #receive} would find something at once. */
    boolean hasMore() throws IOException {
        return in.available() > 0;
    }

    /** Gives up on silence: {@link #receive} fails with a timeout after so long. */
    void limitSilence(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    boolean isOpen() {
        return !socket.isClosed();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // There is nothing left to lose on a connection that nobody wants any more.
        }
    }

    @Override
    public String toString() {
        return String.valueOf(socket.getRemoteSocketAddress());
    }
}
