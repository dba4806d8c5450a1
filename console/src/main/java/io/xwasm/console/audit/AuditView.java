package io.xwasm.console.audit;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.AuditEntry;
import io.xwasm.controlplane.api.Page;
import java.util.List;

/** Every request that changed or tried to change something, newest first. */
@Route(value = "audit", layout = Frame.class)
@PageTitle("Audit log · xwasm")
public final class AuditView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final Div place = new Div();
    private final Table<AuditEntry> table;

    public AuditView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        table = table();
        var refresh = Buttons.secondary("Refresh", "refresh-cw", this::load);
        var head = new PageHead(refresh);
        head.show(
                null,
                "Audit log",
                List.of(),
                List.of(
                        span(
                                "",
                                "Every request that changed something or tried to; the entries form a hash chain")));
        add(head, place);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        load();
    }

    private void load() {
        place.removeAll();
        Answer<Page<AuditEntry>> answer = signedIn.attempt(table::first);
        switch (answer) {
            case Answer.Got<Page<AuditEntry>>(var page) -> {
                table.show(page);
                place.add(Panels.card(Markup.NONE, table));
            }
            case Answer.Refused<Page<AuditEntry>>(var problem) ->
                    place.add(signedIn.instead(problem, this::load));
        }
    }

    private static Table.Source<AuditEntry> source(SignedIn signedIn) {
        return (cursor, limit) -> signedIn.client().audit(cursor, limit);
    }

    private Table<AuditEntry> table() {
        return new Table<>("audit-table", source(signedIn))
                .column(
                        "Time, UTC",
                        "150px",
                        e ->
                                span("nowrap t2", Times.toTheSecond(e.at()))
                                        .with("title", Times.full(e.at())))
                .column("Outcome", "124px", AuditView::outcome)
                .column(
                        "Actor",
                        "116px",
                        e -> div("col", span("b cut", e.actor()), span("sm t3 num", e.source())))
                .column("Action", "156px", e -> span("mono", e.action()))
                .column("Target", "80px+", e -> span("cut", e.target()))
                .column("Change", "180px+", AuditView::change)
                .column("Operation", "100px", AuditView::operation)
                .column("Hash", "146px", e -> Panels.hash(e.hash().toString()))
                .whenEmpty(
                        Panels.empty(
                                "scroll-text",
                                "Nothing has been changed yet",
                                "The first mutating request is the first entry."))
                .atLeast(1120);
    }

    private static Markup outcome(AuditEntry entry) {
        return switch (entry.outcome()) {
            case "done" -> Tone.OK.status("Done");
            case "refused" -> Tone.WARN.status("Refused " + entry.status());
            default -> Tone.BAD.status("Failed " + entry.status());
        };
    }

    private static Markup change(AuditEntry entry) {
        var before = entry.before();
        var after = entry.after();
        if (before == null && after == null) {
            return span("t3", "–");
        }
        var text = before == null ? after : before + " → " + (after == null ? "nothing" : after);
        return span("mono t2 cut", String.valueOf(text)).with("title", String.valueOf(text));
    }

    private static Markup operation(AuditEntry entry) {
        var operation = entry.operation();
        return operation == null
                ? span("t3", "–")
                : link("lnk mono cut", "/operations/" + operation, operation);
    }
}
