package io.xwasm.deploy.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the documents name is there. */
class ArchitectureDocumentTest {
    private static final Path ROOT = root();
    private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern CLASS =
            Pattern.compile("([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)?)(?:\\.[a-z]\\w*)?(?:\\(\\))?");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");
    private static final Pattern FILE =
            Pattern.compile("(?:deploy|agent|backup|failover|control-plane|console)/[\\w./-]+");

    @Test
    void every_class_that_the_architecture_names_exists() throws IOException {
        var classes = classes();
        var named = new TreeSet<String>();
        for (var quoted : quoted(ROOT.resolve("control-plane/ARCHITECTURE.md"))) {
            var match = CLASS.matcher(quoted);
            if (match.matches()) {
                named.add(match.group(1));
            }
        }
        assertThat(named).hasSizeGreaterThan(30);
        // Of the JDK, not of the tree.
        named.remove("InstantSource");
        named.removeAll(classes);
        assertThat(named).as("named and not there").isEmpty();
    }

    @Test
    void every_file_that_the_documents_name_exists() throws IOException {
        for (var document : List.of("README.md", "control-plane/ARCHITECTURE.md")) {
            var missing = new ArrayList<String>();
            var file = ROOT.resolve(document);
            var text = Files.readString(file);
            var folder = Objects.requireNonNull(file.getParent());
            for (var link : LINK.matcher(text).results().toList()) {
                if (!Files.exists(folder.resolve(link.group(1)))) {
                    missing.add(link.group(1));
                }
            }
            for (var quoted : quoted(file)) {
                if (FILE.matcher(quoted).matches() && !Files.exists(ROOT.resolve(quoted))) {
                    missing.add(quoted);
                }
            }
            assertThat(missing).as("named in %s and not there", document).isEmpty();
        }
    }

    private static List<String> quoted(Path document) throws IOException {
        return QUOTED.matcher(Files.readString(document)).results().map(m -> m.group(1)).toList();
    }

    private static Set<String> classes() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }

    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("control-plane/ARCHITECTURE.md"))) {
            folder = java.util.Objects.requireNonNull(folder.getParent(), "outside of the tree");
        }
        return folder;
    }
}
