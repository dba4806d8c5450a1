package io.xwasm.console.contracts;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.Change;
import io.xwasm.controlplane.api.ChangePreview;
import io.xwasm.controlplane.api.Check;

/** A preview as people read it: verdict, interface, state, checks, impact. */
final class PreviewWords {
    private PreviewWords() {}

    static Markup of(ChangePreview change) {
        return Markup.of(
                verdict(change).id("verdict"),
                Panels.section("Interface", counts(change), diff(change)),
                Panels.section("State schema", schema(change), reversible(change)),
                Panels.section(
                        "Checks",
                        null,
                        tag(
                                "ul",
                                "chk bare",
                                change.checks().stream().map(PreviewWords::check).toList())),
                Panels.section("Impact", null, div("sm t2", Prose.sentence(change.impact()))));
    }

    private static Markup verdict(ChangePreview change) {
        var words =
                switch (change.verdict()) {
                    case "compatible" -> "Compatible. ";
                    case "compatible_with_migration" -> "Compatible with migration. ";
                    case "breaking" -> "Breaking. ";
                    case "refused" -> "Refused. ";
                    default -> change.verdict() + ". ";
                };
        var tone =
                switch (change.verdict()) {
                    case "compatible", "compatible_with_migration" -> Tone.OK;
                    case "breaking" -> Tone.WARN;
                    default -> Tone.BAD;
                };
        var icon = tone == Tone.OK ? "shield-check" : "shield-alert";
        return Panels.note(tone, icon, bold(words), Prose.sentence(change.sentence()));
    }

    private static String counts(ChangePreview change) {
        return "%d added, %d removed, %d changed"
                .formatted(
                        count(change, "added"), count(change, "removed"), count(change, "changed"));
    }

    private static long count(ChangePreview change, String kind) {
        return change.interfaceChanges().stream().filter(c -> c.kind().equals(kind)).count();
    }

    private static Markup diff(ChangePreview change) {
        if (change.interfaceChanges().isEmpty()) {
            return div("sm t2", "The interface stays as it is.");
        }
        return div("diff", change.interfaceChanges().stream().map(PreviewWords::line).toList());
    }

    private static Markup line(Change change) {
        var css =
                switch (change.kind()) {
                    case "added" -> "add";
                    case "removed" -> "del";
                    default -> "chg";
                };
        return div(css, span("vh", change.kind() + " "), change.text())
                .with("title", change.text());
    }

    private static String schema(ChangePreview change) {
        return change.schemaFrom() == change.schemaTo()
                ? "stays " + change.schemaTo()
                : "%d → %d".formatted(change.schemaFrom(), change.schemaTo());
    }

    private static Markup reversible(ChangePreview change) {
        return div(
                "row sm",
                (change.reversible() ? Tone.OK : Tone.WARN)
                        .icon(change.reversible() ? "s14 ok" : "s14 warn"),
                span(
                        "t2",
                        change.reversible()
                                ? "Reversible: what is written afterwards survives a rollback."
                                : "Not reversible: a rollback would lose what is written afterwards."));
    }

    private static Markup check(Check check) {
        var tone = Tone.of(check.health());
        return tag(
                "li",
                tone.css(),
                tone.icon(tone.css()),
                span("grow", Prose.capital(check.text())),
                span("sm t3", check.detail()));
    }
}
