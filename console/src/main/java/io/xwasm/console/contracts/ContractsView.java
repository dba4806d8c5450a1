package io.xwasm.console.contracts;

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
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.Page;
import java.util.List;

/** All contracts of the fleet. */
@Route(value = "contracts", layout = Frame.class)
@PageTitle("Contracts · xwasm")
public final class ContractsView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final PageHead head;
    private final Div place = new Div();
    private final Table<ContractView> table;

    public ContractsView(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        var deploy = Buttons.primary("Deploy", "upload", () -> new DeployDialog(signedIn).open());
        deploy.setId("deploy");
        head = new PageHead(signedIn.actions(deploy));
        table = table();
        add(head, place);
        head.show(null, "Contracts", List.of(), List.of());
        signedIn.feed()
                .follow(
                        this,
                        null,
                        snapshot ->
                                head.show(
                                        null,
                                        "Contracts",
                                        List.of(),
                                        List.of(
                                                span(
                                                        "",
                                                        Markup.bold(snapshot.status().contracts()),
                                                        " deployed, each behind a proxy that keeps its address and state"))));
        signedIn.feed().ask(this, table::first, table::show);
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        load();
    }

    private void load() {
        place.removeAll();
        Answer<Page<ContractView>> answer = signedIn.attempt(table::first);
        switch (answer) {
            case Answer.Got<Page<ContractView>>(var page) -> {
                table.show(page);
                place.add(Panels.card(Markup.NONE, table));
            }
            case Answer.Refused<Page<ContractView>>(var problem) ->
                    place.add(signedIn.instead(problem, this::load));
        }
    }

    private Table<ContractView> table() {
        return new Table<ContractView>(
                        "contracts-table",
                        (cursor, limit) -> signedIn.client().contracts(cursor, limit))
                .column(
                        "Health",
                        "120px",
                        c ->
                                Tone.of(c.health())
                                        .status(Tone.word(c.health()))
                                        .with("title", c.sentence()))
                .column("Contract", "140px+", c -> link("b", "/contracts/" + c.name(), c.name()))
                .column(
                        "Version",
                        "190px",
                        c ->
                                span(
                                        "row",
                                        span("b num", c.label()),
                                        Panels.hash(c.code().toString())))
                .column("Group", "110px", c -> link("", "/failover?group=" + c.group(), c.group()))
                .figures("Calls/s", "90px", c -> span("", Figures.number(c.callsPerSecond())))
                .figures(
                        "Errors",
                        "90px",
                        c ->
                                span(
                                        c.health() == io.xwasm.controlplane.api.Health.OK
                                                ? "t2"
                                                : "warn b",
                                        Figures.percent(c.errorRatio())))
                .figures("p95", "90px", c -> span("", Figures.number(c.p95Millis()) + "\u00a0ms"))
                .figures("Gas/call", "100px", c -> span("", Figures.compact(c.gasPerCall())))
                .figures("Memory", "100px", c -> span("t2", SummaryTab.memory(c)))
                .figures(
                        "Last change",
                        "120px",
                        c -> div("t2", Times.ago(c.changedAt(), signedIn.now())))
                .whenEmpty(
                        Panels.empty(
                                "file-code-2",
                                "No contract is deployed",
                                Markup.of(
                                        "Upload a .wasm file with Deploy, or use ",
                                        span("mono", "xwasm contracts deploy NAME --code FILE"),
                                        ".")))
                .atLeast(980);
    }
}
