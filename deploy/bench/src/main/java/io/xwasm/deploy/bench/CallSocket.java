package io.xwasm.deploy.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One kept-alive HTTP connection that posts calls, with as little work of its own as possible: what
 * is measured on two cores should be the agents, not the client.
 */
final class CallSocket implements Closeable {
    /** A primary that stands still answers nobody: the same bytes go to another. */
    private static final int TIMEOUT_MILLIS = 1_000;

    private static final int CONNECT_MILLIS = 500;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private final byte[] head;

    /**
     * What came back.
     *
     * @param location where to ask instead, when the status is 307
     */
    record Response(int status, byte[] body, @Nullable String location) {}

    CallSocket(URI agent) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        try {
            socket.connect(new InetSocketAddress(agent.getHost(), agent.getPort()), CONNECT_MILLIS);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
        in = new BufferedInputStream(socket.getInputStream(), 8_192);
        out = socket.getOutputStream();
        head =
                "POST /v1/calls HTTP/1.1\r\nHost: %s\r\nContent-Type: application/octet-stream\r\nContent-Length: "
                        .formatted(agent.getAuthority())
                        .getBytes(US_ASCII);
    }

    Response post(byte[] call) throws IOException {
        var length = (call.length + "\r\n\r\n").getBytes(US_ASCII);
        var request = new byte[head.length + length.length + call.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(length, 0, request, head.length, length.length);
        System.arraycopy(call, 0, request, head.length + length.length, call.length);
        out.write(request);
        var status = line();
        int code = Integer.parseInt(status.substring(9, 12));
        int size = 0;
        String location = null;
        for (var header = line(); !header.isEmpty(); header = line()) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                size = Integer.parseInt(header.substring(15).strip());
            } else if (lower.startsWith("location:")) {
                location = header.substring(9).strip();
            }
        }
        var body = in.readNBytes(size);
        if (body.length < size) {
            throw new EOFException("the agent closed in the middle of an answer");
        }
        return new Response(code, body, location);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the agent closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // It is given up in any case.
        }
    }
}
