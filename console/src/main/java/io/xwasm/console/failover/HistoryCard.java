package io.xwasm.console.failover;

import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.OperationWords;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Page;
import java.time.Instant;
import java.util.List;

/** Failovers and switchovers of the group among the newest operations. */
final class HistoryCard extends Div {
    private static final long serialVersionUID = 1L;
    private static final int LOOKED_AT = 200;

    private final transient SignedIn signedIn;
    private final Table<OperationView> table;
    private transient List<OperationView> older = List.of();
    private String group = "";
    private transient Instant now = Instant.EPOCH;

    HistoryCard(SignedIn signedIn) {
        this.signedIn = signedIn;
        setId("failover-history");
        table =
                new Table<OperationView>("failovers-table", (_, _) -> new Page<>(List.of(), null))
                        .column(
                                "Result",
                                "120px",
                                o -> Tone.of(o.state()).status(Tone.word(o.state())))
                        .column(
                                "What",
                                "180px+",
                                o ->
                                        link(
                                                "b cut",
                                                "/operations/" + o.id(),
                                                OperationWords.title(o)))
                        .column("Report", "180px+", o -> span("cut t2", o.sentence()))
                        .column(
                                "By",
                                "110px",
                                o -> span("t2 cut", Prose.person(o.by())).with("title", o.by()))
                        .figures("Took", "96px", o -> span("", Steps.took(o, now)))
                        .figures("When", "100px", o -> Times.ago(o.startedAt(), now))
                        .whenEmpty(
                                Panels.empty(
                                        "history",
                                        "No failover or switchover yet",
                                        "Each is kept here with its report."))
                        .atLeast(660);
        add(
                Panels.card(
                        Panels.head(
                                "History",
                                "failovers and switchovers among the newest operations",
                                null),
                        table));
    }

    void show(GroupId wanted, List<OperationView> newest, Instant at) {
        now = at;
        if (!wanted.value().equals(group)) {
            group = wanted.value();
            older = load();
        }
        var ids = newest.stream().map(OperationView::id).toList();
        var all =
                java.util.stream.Stream.concat(
                                newest.stream(), older.stream().filter(o -> !ids.contains(o.id())))
                        .filter(this::concerns)
                        .toList();
        table.show(all);
    }

    private List<OperationView> load() {
        Page<OperationView> page =
                signedIn.attempt(() -> signedIn.client().operations(null, null, LOOKED_AT))
                                instanceof
                                io.xwasm.console.login.Answer.Got<Page<OperationView>>(var got)
                        ? got
                        : new Page<>(List.of(), null);
        return page.items();
    }

    private boolean concerns(OperationView operation) {
        return operation.subject().equals(group)
                && (operation.kind().equals("failover") || operation.kind().equals("switchover"));
    }
}
