package io.xwasm.controlplane.http;

import io.xwasm.controlplane.configuration.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * @param bind address to listen on: loopback, as long as there is no TLS
 * @param port 0 for any free one
 */
public record HttpConfig(String bind, int port) {
    public HttpConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("http.port is 0 to 65535, not " + port);
        }
        if (!loopback(bind)) {
            throw new IllegalArgumentException(
                    "http.bind is %s, but without TLS this process only listens on loopback: use 127.0.0.1"
                            .formatted(bind));
        }
    }

    public static HttpConfig from(Settings settings) {
        return new HttpConfig(
                settings.text("http.bind", "127.0.0.1"), settings.number("http.port", 7400));
    }

    private static boolean loopback(String host) {
        try {
            return !host.isBlank() && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
