package io.xwasm.deploy.cli.project;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** A folder with a contract that builds, is tested and can be deployed. */
public final class NewProject {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int NAME_LENGTH_LIMIT = 40;
    private static final List<String> FILES =
            List.of(
                    "Cargo.toml",
                    "README.md",
                    "build",
                    "src/lib.rs",
                    "tests/workflow.rs",
                    "scenarios/counting.yaml");

    private NewProject() {}

    /**
     * Makes the folder.
     *
     * @param name of the contract and its crate
     * @param folder that must not be there yet
     * @param sdk folder with the crates {@code xwasm} and {@code xwasm-macros}
     * @throws IllegalArgumentException when the name or the folder will not do; the message says
     *     why
     */
    public static void create(String name, Path folder, Path sdk) throws IOException {
        if (!NAME.matcher(name).matches() || name.length() > NAME_LENGTH_LIMIT) {
            throw new IllegalArgumentException(
                    "'%s' cannot name a contract: small letters, digits and single dashes, at most %d"
                            .formatted(name, NAME_LENGTH_LIMIT));
        }
        if (name.equals("xwasm") || name.equals("xwasm-macros")) {
            throw new IllegalArgumentException("'%s' is the SDK's own name".formatted(name));
        }
        if (Files.exists(folder)) {
            throw new IllegalArgumentException(
                    "'%s' is there already; nothing was changed".formatted(folder));
        }
        for (var file : FILES) {
            write(folder.resolve(file), filled(template(file), name));
        }
        write(folder.resolve(".gitignore"), template("gitignore"));
        if (!folder.resolve("build").toFile().setExecutable(true)) {
            throw new IOException(
                    "'%s' cannot be made executable".formatted(folder.resolve("build")));
        }
        copy(sdk, folder.resolve("sdk"));
    }

    private static String template(String file) throws IOException {
        try (var in = NewProject.class.getResourceAsStream(file)) {
            return new String(
                    Objects.requireNonNull(in, file + " lies beside this class").readAllBytes(),
                    UTF_8);
        }
    }

    private static String filled(String template, String name) {
        return template.replace("@NAME@", name).replace("@CRATE@", name.replace('-', '_'));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                var target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
    }
}
