package io.xwasm.console.contracts;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.Shortcuts;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.Once;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Trouble;
import io.xwasm.console.look.TypedName;
import io.xwasm.console.operations.Progress;
import io.xwasm.controlplane.api.ChangePreview;
import io.xwasm.controlplane.api.CodeView;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.UpgradeContract;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** An upgrade or rollback from preview to result, beside the contract that it changes. */
final class ChangePanel extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final transient ContractView contract;
    private final boolean upgrade;
    private final transient Runnable close;
    private final transient Once once;
    private final Fragment head = new Fragment().as("grow");
    private final Div body = new Div();
    private final Div foot = new Div();
    private final Div preview = new Div();
    private final TextArea migration = new TextArea("Migration data, as JSON");

    /**
     * @param to version to go back to; empty for the previous one
     */
    ChangePanel(
            SignedIn signedIn, ContractView contract, boolean upgrade, String to, Runnable close) {
        this.signedIn = signedIn;
        this.contract = contract;
        this.upgrade = upgrade;
        this.close = close;
        this.once = new Once(signedIn);
        addClassName("panel");
        setId("change-panel");
        getElement().setAttribute("role", "dialog");
        getElement().setAttribute("tabindex", "-1");
        addAttachListener(_ -> getElement().callJsFunction("focus"));
        Shortcuts.addShortcutListener(this, close::run, Key.ESCAPE).listenOn(this);
        getElement().setAttribute("aria-label", verb() + " " + contract.name());
        preview.addClassName("stack");
        body.addClassName("pbd");
        foot.addClassName("pft");
        var closer = Buttons.icon("x", "Close panel", close);
        closer.addClassName("right");
        var top = new Div(head, closer);
        top.addClassNames("phd", "row", "top");
        add(top, body, foot);
        head.show(Markup.of(tag("h2", "", verb() + " " + contract.name())));
        cancelOnly();
        begin(to);
    }

    private void begin(String to) {
        if (upgrade) {
            migration.setWidthFull();
            migration.setId("migration-data");
            migration.setHelperText("Handed to migrate; leave it empty when the code needs none");
            var own = nameOfCode();
            body.add(
                    new CodeChoice(
                            signedIn,
                            code -> !code.hash().equals(contract.code()) && code.name().equals(own),
                            this::preview));
            body.add(preview);
        } else {
            body.add(preview);
            var version = to.isEmpty() ? null : Long.valueOf(to);
            ask(() -> signedIn.client().previewRollback(contract.name(), version));
        }
    }

    /** What is uploaded for other contracts is not offered; a file can always be uploaded. */
    private String nameOfCode() {
        return signedIn.attempt(() -> signedIn.client().code(contract.code()))
                        instanceof Answer.Got<CodeView>(var code)
                ? code.name()
                : contract.name().value();
    }

    private void preview(CodeView code) {
        ask(() -> signedIn.client().previewUpgrade(contract.name(), code.hash()));
    }

    private void ask(Supplier<ChangePreview> question) {
        preview.removeAll();
        switch (signedIn.attempt(question)) {
            case Answer.Got<ChangePreview>(var change) -> show(change);
            case Answer.Refused<ChangePreview>(var problem) -> {
                preview.add(new Fragment(Trouble.note(problem)));
                cancelOnly();
            }
        }
    }

    private void show(ChangePreview change) {
        head.show(
                Markup.of(
                        div(
                                "row",
                                tag("h2", "", verb() + " " + contract.name()),
                                span("t2 num", change.fromLabel() + " → " + change.toLabel())),
                        div(
                                "row sm t2",
                                io.xwasm.console.look.Panels.hash(change.toCode().toString()))));
        preview.add(new Fragment(PreviewWords.of(change)).as("stack"));
        if (upgrade && change.schemaFrom() != change.schemaTo()) {
            preview.add(migration);
        }
        if (change.verdict().equals("refused")) {
            cancelOnly();
        } else {
            offer(change);
        }
    }

    private void offer(ChangePreview change) {
        foot.removeAll();
        var go = Buttons.primary(verb() + " " + contract.name(), "", () -> {});
        go.setId("confirm");
        go.setDisableOnClick(true);
        go.addClickListener(_ -> start(change, go));
        if (signedIn.environment().production() && signedIn.mayChange()) {
            foot.add(new TypedName(contract.name().value(), go));
        }
        var gap = new Span();
        gap.addClassName("right");
        foot.add(gap, Buttons.quiet("Cancel", close), signedIn.operatorOnly(go));
    }

    private void cancelOnly() {
        foot.removeAll();
        var gap = new Span();
        gap.addClassName("right");
        foot.add(gap, Buttons.quiet("Cancel", close));
    }

    private void start(ChangePreview change, Button go) {
        JsonNode data = null;
        try {
            if (!migration.getValue().isBlank()) {
                data = Json.MAPPER.readTree(migration.getValue());
            }
        } catch (JacksonException e) {
            migration.setErrorMessage("No JSON: " + e.getOriginalMessage());
            migration.setInvalid(true);
            go.setEnabled(true);
            return;
        }
        var arguments = data;
        switch (once.send(
                client -> order(client, change.toCode(), change.toVersion(), arguments))) {
            case Answer.Got<OperationView>(var operation) -> follow(change, operation);
            case Answer.Refused<OperationView>(var problem) -> {
                preview.addComponentAsFirst(new Fragment(Trouble.note(problem)));
                go.setEnabled(true);
            }
        }
    }

    private OperationView order(
            ControlPlaneClient client, CodeHash code, long version, @Nullable JsonNode data) {
        return upgrade
                ? client.upgrade(contract.name(), new UpgradeContract(code, data))
                : client.rollback(contract.name(), new RollbackContract(version));
    }

    private void follow(ChangePreview change, OperationView operation) {
        head.show(
                Markup.of(
                        tag("h2", "", (upgrade ? "Upgrading " : "Rolling back ") + contract.name()),
                        div(
                                "row sm t2",
                                Markup.link(
                                        "mono lnk",
                                        "/operations/" + operation.id(),
                                        operation.id()),
                                span(
                                        "",
                                        "%s → %s, started by you"
                                                .formatted(
                                                        change.fromLabel(), change.toLabel())))));
        body.removeAll();
        foot.removeAll();
        var progress = new Progress(signedIn, _ -> {});
        body.add(progress);
        progress.follow(operation);
        var gap = new Span();
        gap.addClassName("right");
        foot.add(
                new Fragment(span("sm t2", "By ", bold(signedIn.user()))),
                gap,
                Buttons.secondary("Close", "", close));
    }

    private String verb() {
        return upgrade ? "Upgrade" : "Roll back";
    }
}
