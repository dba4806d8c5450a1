package io.xwasm.deploy.dev;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Stands in for each of the fleet's processes: reads its configuration, listens, and is ready. */
final class StandInMain {
    private StandInMain() {}

    public static void main(String[] args) throws Exception {
        JsonNode config = new YAMLMapper().readTree(Files.readString(Path.of(args[1])));
        var refuse = System.getProperty("refuse", "");
        if (!refuse.isEmpty() && refuse.equals(config.path("node").asString(""))) {
            System.err.println("this ledger is of another fleet");
            System.exit(1);
        }
        var token = config.at("/access/token-file").asString("");
        if (!token.isEmpty()) {
            Files.writeString(Path.of(token), "secret\n");
        }
        var server =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), config.at("/http/port").asInt()),
                        10);
        server.createContext(
                "/readyz",
                exchange -> {
                    exchange.sendResponseHeaders(200, -1);
                    exchange.close();
                });
        server.start();
        System.out.println("ready");
    }
}
