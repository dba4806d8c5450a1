package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.ControlPlaneClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Code and JSON as people give them on a command line. */
final class GivenFile {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private GivenFile() {}

    /**
     * Reads the file now, to be uploaded later; the hash of code that the fleet has may be given
     * instead.
     */
    static Function<ControlPlaneClient, CodeHash> code(String given) {
        if (HASH.matcher(given).matches()) {
            return client -> client.code(CodeHash.parse(given)).hash();
        }
        var wasm = bytes(given);
        return client -> client.uploadCode(wasm).hash();
    }

    /**
     * JSON itself, or from the file named after an {@code @}.
     *
     * @param what it is, for the error
     */
    static @Nullable JsonNode json(@Nullable String given, String what) {
        if (given == null) {
            return null;
        }
        var text = given;
        if (given.startsWith("@")) {
            text = new String(bytes(given.substring(1)), java.nio.charset.StandardCharsets.UTF_8);
        }
        try {
            return Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new BadInput("the %s are no JSON: %s".formatted(what, e.getOriginalMessage()), e);
        }
    }

    private static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(Path.of(name));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new BadInput("there is no file '%s'".formatted(name), e);
        } catch (IOException e) {
            throw new BadInput("the file '%s' cannot be read".formatted(name), e);
        }
    }
}
