package io.xwasm.console.contracts;

import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.SignalsCard;
import io.xwasm.console.look.Times;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Signals;
import java.time.Duration;
import java.util.List;

/** How it does, with its own changes on the time axis, and what it is. */
final class SummaryTab extends Div implements ContractTab {
    private static final long serialVersionUID = 1L;
    private static final Duration RANGE = Duration.ofMinutes(15);
    private static final int POINTS = 180;

    private final transient SignedIn signedIn;
    private final SignalsCard signals;
    private final Fragment facts = new Fragment().as("card");
    private transient List<OperationView> changes = List.of();
    private double callsPerSecond;

    SummaryTab(SignedIn signedIn, ContractView contract) {
        this.signedIn = signedIn;
        this.signals = new SignalsCard(contract.name() + ", last 15 min, UTC");
        addClassName("stack");
        add(signals, facts);
        var name = contract.name();
        signedIn.feed()
                .follow(
                        this,
                        null,
                        snapshot ->
                                changes =
                                        snapshot.operations().stream()
                                                .filter(o -> o.subject().equals(name.value()))
                                                .toList());
        signedIn.feed().ask(this, () -> signedIn.client().signals(name, RANGE, POINTS), this::draw);
    }

    /** Shown at once, so that the page does not jump when the feed comes. */
    void load(ContractView contract) {
        refresh(contract);
        if (signedIn.attempt(() -> signedIn.client().signals(contract.name(), RANGE, POINTS))
                instanceof io.xwasm.console.login.Answer.Got<Signals>(var first)) {
            draw(first);
        }
    }

    @Override
    public void refresh(ContractView contract) {
        callsPerSecond = contract.callsPerSecond();
        facts.show(
                Markup.of(
                        Panels.head("Contract", contract.sentence(), null),
                        Panels.pairs(
                                "Address", Panels.hash(contract.address().toString()),
                                "Implementation", Panels.hash(contract.code().toString()),
                                "Version",
                                        span(
                                                "",
                                                contract.label()
                                                        + ", number "
                                                        + contract.version()),
                                "Gas per call",
                                        span(
                                                "",
                                                Figures.compact(contract.gasPerCall())
                                                        + ", mean of the last minute"),
                                "Memory on the primary", span("", memory(contract)),
                                "Deployed",
                                        span(
                                                "",
                                                Times.toTheSecond(contract.deployedAt())
                                                        + " UTC by "
                                                        + contract.deployedBy()),
                                "Last change", Times.ago(contract.changedAt(), signedIn.now()))));
    }

    private void draw(Signals newest) {
        signals.show(newest, callsPerSecond, changes);
    }

    /** Known of contracts that were called within the last minute. */
    static String memory(ContractView contract) {
        return contract.memoryBytes() == 0 ? "–" : Figures.bytes(contract.memoryBytes());
    }
}
