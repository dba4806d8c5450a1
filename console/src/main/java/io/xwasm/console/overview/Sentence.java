package io.xwasm.console.overview;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import io.xwasm.console.live.Snapshot;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Times;
import io.xwasm.controlplane.api.Finding;
import io.xwasm.controlplane.api.FleetStatus;
import io.xwasm.controlplane.api.Health;
import java.util.ArrayList;
import java.util.List;

/** What is true and what is wrong, and the facts below it. */
final class Sentence {
    private static final int NAMED = 3;
    private static final String[] NUMBERS = {
        "No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"
    };

    private Sentence() {}

    static Markup of(Snapshot snapshot) {
        var status = snapshot.status();
        var words = status.problems().isEmpty() ? well(status) : wrong(status.problems());
        return div("col", tag("h1", "", words).id("sentence"), facts(snapshot));
    }

    private static Markup well(FleetStatus status) {
        var words = status.sentence();
        int colon = words.indexOf(": ");
        return colon < 0
                ? Markup.of(bold("All is well. "), Prose.sentence(words))
                : Markup.of(
                        bold(words.substring(0, colon) + ". "),
                        Prose.sentence(words.substring(colon + 2)));
    }

    private static Markup wrong(List<Finding> problems) {
        var parts = new ArrayList<Markup>();
        int count = problems.size();
        var number = count < NUMBERS.length ? NUMBERS[count] : Figures.count(count);
        parts.add(bold(number + (count == 1 ? " problem. " : " problems. ")));
        int named = Math.min(NAMED, count);
        for (int i = 0; i < named; i++) {
            var problem = problems.get(i);
            var css = problem.severity() == Health.BAD ? "" : "w";
            parts.add(link(css, problem.link(), bare(problem.sentence())));
            parts.add(Markup.text(i + 1 < named ? "; " : count > named ? "; " : "."));
        }
        if (count > named) {
            parts.add(link("w", "/alerts", (count - named) + " more"));
            parts.add(Markup.text("."));
        }
        return Markup.of(parts);
    }

    private static String bare(String sentence) {
        return Prose.clause(sentence).replaceAll("(\\d) (ms|s|min|h|d|%)\\b", "$1\u00a0$2");
    }

    private static Markup facts(Snapshot snapshot) {
        var status = snapshot.status();
        return div(
                "facts",
                span(
                        "",
                        figure("nodes-up", status.nodesUp()),
                        " of ",
                        bold(status.nodes()),
                        " nodes up"),
                span(
                        "",
                        figure("groups-count", status.groups()),
                        status.groups() == 1 ? " group" : " groups"),
                span(
                        "",
                        figure("contracts-count", status.contracts()),
                        status.contracts() == 1 ? " contract" : " contracts"),
                span(
                        "",
                        figure("calls-total", status.callsTotal()),
                        " calls committed in ",
                        Times.age(status.countedSince(), snapshot.now())),
                span(
                        "",
                        Figures.count(status.rules()),
                        " rules evaluated ",
                        Times.ago(status.rulesEvaluatedAt(), snapshot.now()),
                        " in ",
                        Figures.number(status.rulesMillis()) + "\u00a0ms"));
    }

    private static Markup figure(String id, long value) {
        return bold(Figures.count(value)).id(id).with("data-value", Long.toString(value));
    }
}
