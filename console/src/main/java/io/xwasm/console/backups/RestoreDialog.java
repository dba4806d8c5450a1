package io.xwasm.console.backups;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.dialog.Dialog;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Tone;
import io.xwasm.console.look.Trouble;
import io.xwasm.console.operations.OperationDialog;
import io.xwasm.controlplane.api.BackupView;
import io.xwasm.controlplane.api.RestoreBackup;
import io.xwasm.controlplane.api.RestorePreview;

/** Brings a group back to a backup: what would be lost, then the group's name, then the steps. */
final class RestoreDialog {
    private RestoreDialog() {}

    static void open(SignedIn signedIn, BackupView backup) {
        switch (signedIn.attempt(() -> signedIn.client().previewRestore(backup.id()))) {
            case Answer.Got<RestorePreview>(var preview) ->
                    new OperationDialog(
                                    signedIn,
                                    "Restore %s from %s".formatted(preview.group(), backup.id()),
                                    new Fragment(words(backup, preview)).as("stack"),
                                    "Restore " + preview.group(),
                                    true,
                                    preview.group().value(),
                                    client ->
                                            client.restoreBackup(
                                                    backup.id(),
                                                    new RestoreBackup(preview.group())))
                            .open();
            case Answer.Refused<RestorePreview>(var problem) -> {
                var dialog = new Dialog(new Fragment(Trouble.note(problem)));
                dialog.setHeaderTitle("Restore " + backup.id());
                dialog.open();
            }
        }
    }

    private static Markup words(BackupView backup, RestorePreview preview) {
        boolean loses = preview.callsLost() != 0;
        var lost = preview.callsLost() < 0 ? "unknown" : Figures.count(preview.callsLost());
        return Markup.of(
                Panels.note(
                        loses ? Tone.BAD : Tone.OK,
                        loses ? "circle-x" : "circle-check",
                        bold(loses ? "Acknowledged calls will be lost. " : "Nothing is lost. "),
                        Prose.sentence(preview.sentence())),
                div(
                        "rh4 f3",
                        Panels.stat(
                                "Would be lost",
                                span(
                                                loses ? "bad" : "",
                                                Panels.figure(
                                                        lost,
                                                        preview.callsLost() == 1
                                                                ? "call"
                                                                : "calls"))
                                        .id("calls-lost")
                                        .with("data-value", Long.toString(preview.callsLost())),
                                null),
                        Panels.stat("Block now", Figures.count(preview.heightNow()), null),
                        Panels.stat(
                                "Block afterwards", Figures.count(preview.heightAfter()), null)),
                Panels.section(
                        "Safer first",
                        null,
                        div(
                                "row top sm",
                                Icons.icon("archive", "t3"),
                                tag(
                                        "span",
                                        "",
                                        bold("Back up now. "),
                                        "What would be lost can then be looked at later.")),
                        backup.verifiedAt() == null
                                ? div(
                                        "row top sm",
                                        Icons.icon("shield-alert", "warn"),
                                        tag(
                                                "span",
                                                "",
                                                bold("Verify it. "),
                                                "This backup has never been restored."))
                                : div(
                                        "row top sm",
                                        Icons.icon("shield-check", "ok"),
                                        tag("span", "", "This backup is verified."))));
    }
}
