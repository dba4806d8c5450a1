package io.xwasm.console.contracts;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Table;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.MethodView;
import io.xwasm.controlplane.api.Page;
import java.util.List;
import java.util.stream.Collectors;

/** What can be called, and how each call does. */
final class MethodsTab extends Div implements ContractTab {
    private static final long serialVersionUID = 1L;

    /** From here on a share of failed calls is worth a colour. */
    private static final double NOTEWORTHY = 0.01;

    private final Table<MethodView> table =
            new Table<MethodView>("methods-table", (_, _) -> new Page<>(List.of(), null))
                    .column("Method", "220px+", MethodsTab::signature)
                    .column(
                            "",
                            "84px",
                            m ->
                                    m.query()
                                            ? Tone.OFF.tag("query")
                                            : m.payable() ? Tone.RUN.tag("payable") : Markup.NONE)
                    .figures("Calls/s", "84px", m -> span("", Figures.number(m.callsPerSecond())))
                    .figures(
                            "Errors",
                            "84px",
                            m ->
                                    span(
                                            m.errorRatio() > NOTEWORTHY ? "warn b" : "t2",
                                            Figures.percent(m.errorRatio())))
                    .figures("Gas/call", "90px", m -> span("", Figures.compact(m.gasPerCall())))
                    .figures("p50 ms", "76px", m -> span("t2", Figures.number(m.p50Millis())))
                    .figures("p95 ms", "76px", m -> span("", Figures.number(m.p95Millis())))
                    .figures("p99 ms", "86px", m -> span("", Figures.number(m.p99Millis())))
                    .whenEmpty(
                            Panels.empty(
                                    "file-code-2",
                                    "This contract has no methods",
                                    "Its code exports none."))
                    .atLeast(820);

    MethodsTab() {
        add(Panels.card(Panels.head("Methods", "last minute", null), table));
    }

    @Override
    public void refresh(ContractView contract) {
        table.show(contract.methods());
    }

    private static Markup signature(MethodView method) {
        var args =
                method.args().stream()
                        .map(a -> a.name() + ": " + a.type())
                        .collect(Collectors.joining(", "));
        return div(
                "col",
                span("mono b", method.name()),
                span("mono sm t3 cut", "(%s) → %s".formatted(args, method.returns())));
    }
}
