package io.xwasm.console.alerts;

import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.AlertView;
import io.xwasm.controlplane.api.Page;
import java.time.Duration;

/** Alerts that are over. */
final class HistoryTab extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final Table<AlertView> table;

    HistoryTab(SignedIn signedIn) {
        this.signedIn = signedIn;
        this.table =
                new Table<AlertView>(
                                "alert-history-table",
                                (cursor, limit) ->
                                        signedIn.client().alerts("resolved", cursor, limit))
                        .column("State", "120px", _ -> Tone.OLD.status("Resolved"))
                        .column("Alert", "280px+", a -> span("b cut", a.summary()))
                        .column("Subject", "150px", a -> link("", a.link(), a.subject()))
                        .column("Rule", "150px", a -> span("t2", a.rule().replace('_', ' ')))
                        .figures("Lasted", "100px", HistoryTab::lasted)
                        .figures("Ended", "110px", a -> Times.ago(a.resolvedAt(), signedIn.now()))
                        .whenEmpty(
                                Panels.empty(
                                        "history",
                                        "No alert has ended yet",
                                        "Resolved alerts are kept here."))
                        .atLeast(820);
        load();
    }

    private void load() {
        removeAll();
        Answer<Page<AlertView>> answer = signedIn.attempt(table::first);
        switch (answer) {
            case Answer.Got<Page<AlertView>>(var page) -> {
                table.show(page);
                add(Panels.card(Markup.NONE, table));
            }
            case Answer.Refused<Page<AlertView>>(var problem) ->
                    add(signedIn.instead(problem, this::load));
        }
    }

    private static Markup lasted(AlertView alert) {
        var end = alert.resolvedAt();
        return span("", end == null ? "–" : Figures.age(Duration.between(alert.since(), end)));
    }
}
