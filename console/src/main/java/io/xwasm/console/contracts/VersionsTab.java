package io.xwasm.console.contracts;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.QueryParameters;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.ContractVersionView;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.Page;
import java.util.Map;

/** The append-only history: what ran, who did it, in which transaction. */
final class VersionsTab extends Div implements ContractTab {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final transient ContractView contract;
    private final Table<ContractVersionView> table;

    VersionsTab(SignedIn signedIn, ContractView contract) {
        this.signedIn = signedIn;
        this.contract = contract;
        this.table = table();
        addClassName("stack");
        load();
        signedIn.feed().ask(this, table::first, table::show);
    }

    @Override
    public void refresh(ContractView now) {
        // The history is asked for on its own.
    }

    private void load() {
        removeAll();
        Answer<Page<ContractVersionView>> answer = signedIn.attempt(table::first);
        switch (answer) {
            case Answer.Got<Page<ContractVersionView>>(var page) -> {
                table.show(page);
                add(
                        Panels.card(
                                Panels.head(
                                        "History",
                                        "append-only; who, when, which code, in which transaction",
                                        null),
                                table));
            }
            case Answer.Refused<Page<ContractVersionView>>(var problem) ->
                    add(signedIn.instead(problem, this::load));
        }
    }

    private Table<ContractVersionView> table() {
        return new Table<ContractVersionView>(
                        "history-table",
                        (cursor, limit) ->
                                signedIn.client().history(contract.name(), cursor, limit))
                .column(
                        "Version",
                        "176px",
                        v ->
                                span(
                                        "row",
                                        span("b num", v.label()),
                                        Panels.hash(v.code().toString())))
                .column(
                        "Outcome",
                        "106px",
                        v -> v.running() ? Tone.OK.status("Active") : Tone.OLD.status("Replaced"))
                .column(
                        "By",
                        "110px+",
                        v ->
                                div(
                                        "col",
                                        span("cut", Prose.person(v.by())).with("title", v.by()),
                                        span(
                                                "sm t3 cut",
                                                v.kind() + ", ",
                                                Times.ago(v.at(), signedIn.now()))))
                .column("Transaction", "140px", VersionsTab::transaction)
                .actions("142px", this::rollBack)
                .whenEmpty(
                        Panels.empty(
                                "history", "No history yet", "The deployment is its first entry."))
                .atLeast(640);
    }

    private static Markup transaction(ContractVersionView version) {
        var operation = version.operation();
        return div(
                "col",
                Panels.hash(version.call().toString()),
                operation == null
                        ? span("sm t3 num", "block " + Figures.count(version.height()))
                        : link(
                                "lnk sm",
                                "/operations/" + operation,
                                "block " + Figures.count(version.height())));
    }

    private Component rollBack(ContractVersionView version) {
        if (version.running()) {
            return new Div();
        }
        var button =
                Buttons.quiet(
                        "Roll back to this",
                        () ->
                                UI.getCurrent()
                                        .navigate(
                                                "contracts/" + contract.name(),
                                                QueryParameters.simple(
                                                        Map.of(
                                                                "tab",
                                                                "versions",
                                                                "panel",
                                                                "rollback",
                                                                "to",
                                                                Long.toString(
                                                                        version.version())))));
        button.addClassName("inrow");
        return signedIn.operatorOnly(button);
    }
}
