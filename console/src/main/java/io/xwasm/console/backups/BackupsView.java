package io.xwasm.console.backups;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.console.look.Trouble;
import io.xwasm.console.operations.OperationDialog;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.api.BackupView;
import io.xwasm.controlplane.api.Page;
import java.util.List;

/** What could be restored, how old it is, and the actions on it. */
@Route(value = "backups/:id?", layout = Frame.class)
@PageTitle("Backups · xwasm")
public final class BackupsView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final int SCHEDULES = 100;

    private final transient SignedIn signedIn;
    private final PageHead head;
    private final Fragment one = Fragment.transparent();
    private final Fragment points = Fragment.transparent();
    private final Div place = new Div();
    private final Table<BackupView> table;

    /** What the page shows, asked for in one go. */
    private record Shown(Page<BackupView> backups, List<BackupSchedule> schedules) {}

    public BackupsView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        var schedule =
                Buttons.secondary(
                        "Schedule", "calendar-clock", () -> new ScheduleDialog(signedIn).open());
        schedule.setId("schedule");
        var create =
                Buttons.primary("Back up now", "archive", () -> new CreateDialog(signedIn).open());
        create.setId("create-backup");
        head = new PageHead(signedIn.actions(schedule, create));
        table = table();
        add(head, one, points, place);
        signedIn.feed().ask(this, this::ask, this::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        one.show(event.getRouteParameters().get("id").map(this::facts).orElse(Markup.NONE));
        load();
    }

    private Markup facts(String id) {
        return switch (signedIn.attempt(() -> signedIn.client().backup(id))) {
            case Answer.Got<BackupView>(var backup) -> BackupFacts.of(backup, signedIn.now());
            case Answer.Refused<BackupView>(var problem) -> Trouble.note(problem);
        };
    }

    private Shown ask() {
        return new Shown(table.first(), signedIn.client().schedules(null, SCHEDULES).items());
    }

    private void load() {
        place.removeAll();
        switch (signedIn.attempt(this::ask)) {
            case Answer.Got<Shown>(var shown) -> {
                place.add(Panels.card(Panels.head("Backups", "newest first", null), table));
                show(shown);
            }
            case Answer.Refused<Shown>(var problem) ->
                    place.add(signedIn.instead(problem, this::load));
        }
    }

    private void show(Shown shown) {
        var backups = shown.backups().items();
        long verified = backups.stream().filter(b -> b.state().equals("verified")).count();
        head.show(
                null,
                "Backups",
                List.of(),
                List.of(
                        span(
                                "",
                                bold(verified),
                                " of the newest ",
                                bold(backups.size()),
                                " verified"),
                        span(
                                "",
                                "encrypted; verified means restored into a scratch ledger, with the same state root")));
        points.show(RecoveryPoints.of(backups, shown.schedules(), signedIn.now()));
        table.show(shown.backups());
    }

    private Table<BackupView> table() {
        return new Table<BackupView>(
                        "backups-table",
                        (cursor, limit) -> signedIn.client().backups(cursor, limit))
                .column("State", "116px", BackupsView::state)
                .column("Backup", "140px+", BackupsView::name)
                .figures("Block", "84px", b -> span("", Figures.count(b.height())))
                .figures("Size", "112px", BackupsView::size)
                .column("Taken by", "130px+", BackupsView::takenBy)
                .column("Verified", "104px", this::verified)
                .figures("When", "88px", b -> div("t2", Times.ago(b.createdAt(), signedIn.now())))
                .actions("154px", this::actions)
                .whenEmpty(
                        Panels.empty(
                                "archive",
                                "No backup exists: what a disk loses is lost",
                                "Back up now, or set a schedule; both are at the top right."))
                .atLeast(920);
    }

    private static Markup name(BackupView backup) {
        return div(
                "col",
                span(
                        "row",
                        span("b", backup.group()),
                        link("mono t3 cut", "/backups/" + backup.id(), backup.id())),
                span("row sm t3", Icons.icon("lock", "s12"), span("cut", backup.keyId())));
    }

    private static Markup size(BackupView backup) {
        return div(
                "col",
                span("", backup.bytes() == 0 ? "–" : Figures.bytes(backup.bytes())),
                span("sm t3", Figures.count(backup.records()) + " records"));
    }

    static Markup state(BackupView backup) {
        return switch (backup.state()) {
            case "verified" -> Tone.OK.status("Verified");
            case "unverified" -> Tone.WARN.status("Not verified");
            case "running" -> Tone.RUN.status("Running");
            default -> Tone.BAD.status("Failed").with("title", String.valueOf(backup.failure()));
        };
    }

    private static Markup takenBy(BackupView backup) {
        var node = backup.takenBy();
        var failure = backup.failure();
        return div(
                "col",
                span(
                        "cut",
                        node == null ? "–" : node,
                        span("t3", " for " + Prose.person(backup.createdBy()))),
                failure == null
                        ? span("sm t3", "in " + Figures.millis(backup.millis()))
                        : span("sm bad cut", failure).with("title", failure));
    }

    private Markup verified(BackupView backup) {
        var node = backup.verifiedBy();
        return backup.verifiedAt() == null
                ? span("t3", "–")
                : div(
                        "col",
                        span("", Times.ago(backup.verifiedAt(), signedIn.now())),
                        span("sm t3", node == null ? "" : "by " + node));
    }

    private Component actions(BackupView backup) {
        var box = new Div();
        box.addClassNames("row", "inrow");
        // One that was found damaged may have been mended since.
        if (backup.block() != null && !backup.state().equals("running")) {
            var verify = Buttons.quiet("Verify", () -> verify(backup));
            verify.setId("verify-" + backup.id());
            box.add(signedIn.operatorOnly(verify));
        }
        if (backup.state().equals("verified") || backup.state().equals("unverified")) {
            var restore = Buttons.quiet("Restore", () -> RestoreDialog.open(signedIn, backup));
            restore.setId("restore-" + backup.id());
            box.add(signedIn.operatorOnly(restore));
        }
        return box;
    }

    private void verify(BackupView backup) {
        new OperationDialog(
                        signedIn,
                        "Verify " + backup.id(),
                        new Fragment(
                                div(
                                        "t2",
                                        "A member, a standby if there is one, restores it into a scratch ledger and compares the state root with the block header's. The running state is not touched.")),
                        "Verify",
                        false,
                        "",
                        client -> client.verifyBackup(backup.id()))
                .open();
    }
}
