package io.xwasm.deploy.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which control plane is meant, and as whom.
 *
 * @param server base address
 * @param token bearer token
 */
record FleetAddress(URI server, String token) {
    /**
     * What was given wins over the environment, and that over the development fleet that runs here.
     *
     * @throws BadInput when something is missing; the message says how to give it
     */
    static FleetAddress find(
            @Nullable String server, @Nullable String token, Map<String, String> environment) {
        var dev = devFleet(environment);
        var wantedServer = first(server, environment.get("XWASM_SERVER"));
        var wantedToken = first(token, environment.get("XWASM_TOKEN"));
        URI address;
        if (wantedServer != null) {
            address = parse(wantedServer);
        } else {
            address = dev.map(DevFleet::api).orElseThrow(FleetAddress::noServer);
        }
        if (wantedToken == null) {
            // The development fleet's token is offered to the development fleet and to nobody else.
            wantedToken =
                    dev.filter(fleet -> fleet.api().equals(address))
                            .map(fleet -> secret(Path.of(fleet.tokenFile())))
                            .orElseThrow(() -> noToken(address));
        }
        return new FleetAddress(address, wantedToken);
    }

    static Optional<DevFleet> devFleet(Map<String, String> environment) {
        var folder = DevFleet.defaultFolder(environment);
        try {
            return DevFleet.read(folder);
        } catch (IOException e) {
            throw new BadInput("cannot read the development fleet's file: " + e.getMessage(), e);
        }
    }

    private static @Nullable String first(@Nullable String given, @Nullable String otherwise) {
        if (given != null && !given.isBlank()) {
            return given;
        }
        return otherwise == null || otherwise.isBlank() ? null : otherwise;
    }

    private static URI parse(String text) {
        try {
            var address = URI.create(text.strip());
            if (address.getHost() != null
                    && ("http".equals(address.getScheme())
                            || "https".equals(address.getScheme()))) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(text, e);
        }
        throw noAddress(text, null);
    }

    private static BadInput noAddress(String text, @Nullable Exception cause) {
        var sentence =
                "'%s' is no server: an address such as http://127.0.0.1:7400 is wanted"
                        .formatted(text);
        return cause == null ? new BadInput(sentence) : new BadInput(sentence, cause);
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new BadInput(
                    "cannot read the token file %s of the development fleet; give --token, or set XWASM_TOKEN"
                            .formatted(file),
                    e);
        }
    }

    private static BadInput noServer() {
        return new BadInput(
                "no server: give --server and --token, set XWASM_SERVER and XWASM_TOKEN, or start a fleet here with 'xwasm dev'");
    }

    private static BadInput noToken(URI address) {
        return new BadInput("no token for %s: give --token, or set XWASM_TOKEN".formatted(address));
    }
}
