package io.xwasm.console.contracts;

import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.masterdetaillayout.MasterDetailLayout;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Figures;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.TabLinks;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.ContractView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One contract, with a tab and perhaps a panel, both in the address. */
@Route(value = "contracts/:name", layout = Frame.class)
public final class ContractPage extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;
    private static final List<String> TABS = List.of("overview", "versions", "methods");

    private final transient SignedIn signedIn;
    private final PageHead head;
    private final Div page = new Div();
    private final Div body = new Div();
    private final MasterDetailLayout layout = new MasterDetailLayout();
    private String name = "";
    private String tab = "overview";
    private transient @Nullable ContractTab shown;

    public ContractPage(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("withpanel");
        page.addClassName("page");
        body.addClassName("stack");
        var rollBack = Buttons.secondary("Roll back", "undo-2", () -> go(tab, "rollback"));
        rollBack.setId("open-rollback");
        var upgrade = Buttons.primary("Upgrade", "upload", () -> go(tab, "upgrade"));
        upgrade.setId("open-upgrade");
        head = new PageHead(signedIn.actions(rollBack, upgrade));
        layout.setMaster(page);
        layout.setMasterSize("min(560px, 100vw)");
        layout.setDetailSize("476px");
        layout.setExpandMaster(true);
        layout.setOverlaySize("min(100%, 520px)");
        layout.setSizeFull();
        add(layout);
        signedIn.feed().ask(this, this::ask, this::refresh);
    }

    @Override
    public String getPageTitle() {
        return name + " · contracts · xwasm";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        name = event.getRouteParameters().get("name").orElse("");
        var query = event.getLocation().getQueryParameters();
        tab = query.getSingleParameter("tab").filter(TABS::contains).orElse("overview");
        load(query);
    }

    private ContractView ask() {
        return signedIn.client().contract(new ContractName(name));
    }

    private void load(QueryParameters query) {
        page.removeAll();
        body.removeAll();
        layout.setDetail(null);
        switch (signedIn.attempt(this::ask)) {
            case Answer.Got<ContractView>(var contract) -> {
                var content = tab(contract);
                body.add((Component) content);
                shown = content;
                page.add(head, new TabLinks(name, "contracts/" + name, TABS, tab), body);
                refresh(contract);
                query.getSingleParameter("panel").ifPresent(kind -> open(kind, contract, query));
            }
            case Answer.Refused<ContractView>(var problem) ->
                    page.add(signedIn.instead(problem, () -> load(query)));
        }
    }

    private ContractTab tab(ContractView contract) {
        return switch (tab) {
            case "versions" -> new VersionsTab(signedIn, contract);
            case "methods" -> new MethodsTab();
            default -> {
                var summary = new SummaryTab(signedIn, contract);
                summary.load(contract);
                yield summary;
            }
        };
    }

    private void refresh(ContractView contract) {
        head.show(
                link("", "/contracts", "Contracts"),
                contract.name().value(),
                List.of(
                        Tone.of(contract.health()).pill(Tone.word(contract.health())),
                        Tone.OFF.tag(contract.label()).id("contract-version")),
                List.of(
                        Panels.hash(contract.code().toString()),
                        span("", Figures.bytes(contract.codeSize())),
                        span(
                                "",
                                "group ",
                                link(
                                        "lnk",
                                        "/failover?group=" + contract.group(),
                                        contract.group())),
                        span("", "state schema " + contract.stateSchema()),
                        span("", "changed ", Times.ago(contract.changedAt(), signedIn.now()))));
        if (shown != null) {
            shown.refresh(contract);
        }
    }

    private void open(String kind, ContractView contract, QueryParameters query) {
        if (kind.equals("upgrade") || kind.equals("rollback")) {
            layout.setDetail(
                    new ChangePanel(
                            signedIn,
                            contract,
                            kind.equals("upgrade"),
                            query.getSingleParameter("to").orElse(""),
                            () -> go(tab, "")));
        }
    }

    private void go(String toTab, String panel) {
        var query = panel.isEmpty() ? Map.of("tab", toTab) : Map.of("tab", toTab, "panel", panel);
        UI.getCurrent().navigate("contracts/" + name, QueryParameters.simple(query));
    }
}
