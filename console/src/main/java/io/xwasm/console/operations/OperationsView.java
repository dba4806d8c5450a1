package io.xwasm.console.operations;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.OperationWords;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Page;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that was and is done to the fleet, newest first. */
@Route(value = "operations", layout = Frame.class)
@PageTitle("Operations · xwasm")
public final class OperationsView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;
    private static final String STATE = "state";

    private final transient SignedIn signedIn;
    private final PageHead head = new PageHead();
    private final Div chips = new Div();
    private final Div place = new Div();
    private final Table<OperationView> table;
    private @Nullable String state;

    public OperationsView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        chips.addClassName("chips");
        table = table();
        add(head, chips, place);
        head.show(
                null,
                "Operations",
                List.of(),
                List.of(
                        span(
                                "",
                                "Everything that is done to the fleet; closing the browser stops none of it")));
        signedIn.feed().ask(this, table::first, table::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        state =
                event.getLocation()
                        .getQueryParameters()
                        .getSingleParameter(STATE)
                        .filter(List.of("running", "succeeded", "failed")::contains)
                        .orElse(null);
        chips.removeAll();
        chip("All", null);
        chip("Running", "running");
        chip("Done", "succeeded");
        chip("Failed", "failed");
        load();
    }

    private void load() {
        place.removeAll();
        Answer<Page<OperationView>> answer = signedIn.attempt(table::first);
        switch (answer) {
            case Answer.Got<Page<OperationView>>(var page) -> {
                table.show(page);
                place.add(Panels.card(Markup.NONE, table));
            }
            case Answer.Refused<Page<OperationView>>(var problem) ->
                    place.add(signedIn.instead(problem, this::load));
        }
    }

    private void chip(String words, @Nullable String value) {
        var query = value == null ? QueryParameters.empty() : QueryParameters.of(STATE, value);
        var chip =
                Buttons.choice(
                        new Span(words),
                        Optional.ofNullable(value).equals(Optional.ofNullable(state)),
                        () -> UI.getCurrent().navigate("operations", query));
        chip.addClassName("chip");
        chips.add(chip);
    }

    private Table<OperationView> table() {
        return new Table<OperationView>(
                        "operations-table",
                        (cursor, limit) -> signedIn.client().operations(state, cursor, limit))
                .column("State", "120px", o -> Tone.of(o.state()).status(Tone.word(o.state())))
                .column(
                        "Operation",
                        "200px+",
                        o ->
                                div(
                                        "row",
                                        link(
                                                "b cut",
                                                "/operations/" + o.id(),
                                                OperationWords.title(o)),
                                        span("mono t3 cut", o.id())))
                .column("Report", "240px+", o -> span("cut t2", where(o)))
                .column("Progress", "130px", OperationsView::progress)
                .column("By", "120px", o -> span("cut", Prose.person(o.by())).with("title", o.by()))
                .figures("Took", "110px", o -> span("", Steps.took(o, signedIn.now())))
                .figures("Started", "110px", o -> Times.ago(o.startedAt(), signedIn.now()))
                .whenEmpty(
                        Panels.empty(
                                "activity",
                                "No operation here",
                                "Deployments, upgrades, backups and failovers are listed as soon as they start."))
                .atLeast(900);
    }

    private static String where(OperationView operation) {
        var failure = operation.failure();
        return failure == null ? operation.sentence() : failure;
    }

    private static Markup progress(OperationView operation) {
        return operation.state() == OperationState.RUNNING
                ? div("col", Steps.bar(operation), span("sm t3", Steps.position(operation)))
                : span("t3 num", Steps.position(operation) + " steps");
    }
}
