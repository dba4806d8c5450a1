package io.xwasm.console.browser;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** axe-core over what the browser shows: what would keep somebody from using it. */
public final class Axe {
    private static final String SCRIPT = "/axe.min.js";

    private final String library;

    public Axe() throws IOException {
        try (var file = Objects.requireNonNull(Axe.class.getResourceAsStream(SCRIPT), SCRIPT)) {
            library = new String(file.readAllBytes(), UTF_8);
        }
    }

    /** Serious and critical violations, one line for each place. */
    public List<String> violations(Browser browser) {
        var _ = browser.run(library);
        var found =
                browser.outcome(
                        """
                        const done = arguments[arguments.length - 1];
                        const grave = (v) => v.impact === 'serious' || v.impact === 'critical';
                        axe.run(document, { resultTypes: ['violations'] }).then(
                            (result) => done(result.violations.filter(grave).flatMap((v) =>
                                v.nodes.map((n) => `${v.id} at ${n.target.join(' ')}: `
                                    + `${n.failureSummary} ${n.html.slice(0, 160)}`))),
                            (failure) => done(['axe-core failed: ' + failure]));
                        """);
        return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
    }
}
