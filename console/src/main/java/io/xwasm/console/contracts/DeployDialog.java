package io.xwasm.console.contracts;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Json;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.Once;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Trouble;
import io.xwasm.console.operations.Progress;
import io.xwasm.controlplane.api.CodeView;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Page;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Code behind a new proxy: what, under which name, where. */
final class DeployDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int GROUPS = 100;

    private final transient SignedIn signedIn;
    private final transient Once once;
    private final TextField name = new TextField("Name");
    private final Select<GroupId> group = new Select<>();
    private final TextArea init = new TextArea("Arguments of init, as JSON");
    private final Fragment trouble = new Fragment();
    private final Button deploy = Buttons.primary("Deploy", "", this::deploy);
    private final Button close = Buttons.quiet("Cancel", this::close);
    private transient @Nullable CodeView code;

    DeployDialog(SignedIn signedIn) {
        this.signedIn = signedIn;
        this.once = new Once(signedIn);
        setHeaderTitle("Deploy a contract");
        setWidth("540px");
        name.setId("deploy-name");
        name.setHelperText("Unique in the fleet; letters, digits, dots and dashes");
        name.setWidthFull();
        name.setValueChangeMode(ValueChangeMode.EAGER);
        name.addValueChangeListener(_ -> refresh());
        group.setLabel("Group");
        group.setId("deploy-group");
        group.setWidthFull();
        init.setId("deploy-init");
        init.setPlaceholder("{\"name\": \"…\"}");
        init.setWidthFull();
        deploy.setId("confirm");
        deploy.setDisableOnClick(true);
        deploy.addClickShortcut(Key.ENTER).listenOn(name);
        var form =
                new Div(
                        new CodeChoice(signedIn, _ -> true, this::choose),
                        name,
                        group,
                        init,
                        trouble);
        form.addClassName("stack");
        add(form);
        var gap = new Span();
        gap.addClassName("right");
        var foot = new Div(gap, close, deploy);
        foot.addClassNames("row", "foot");
        getFooter().add(foot);
        offerGroups();
        refresh();
    }

    private void offerGroups() {
        Answer<Page<GroupView>> answer =
                signedIn.attempt(() -> signedIn.client().groups(null, GROUPS));
        switch (answer) {
            case Answer.Got<Page<GroupView>>(var page) -> {
                group.setItems(page.items().stream().map(GroupView::group).toList());
                page.items().stream().findFirst().ifPresent(g -> group.setValue(g.group()));
            }
            case Answer.Refused<Page<GroupView>>(var problem) ->
                    trouble.show(Trouble.note(problem));
        }
    }

    private void choose(CodeView chosen) {
        code = chosen;
        if (name.isEmpty()) {
            name.setValue(chosen.name());
        }
        refresh();
    }

    private void refresh() {
        deploy.setEnabled(code != null && !name.getValue().isBlank() && group.getValue() != null);
    }

    private void deploy() {
        var wanted = code;
        if (wanted == null) {
            return;
        }
        DeployContract order;
        try {
            JsonNode arguments =
                    init.getValue().isBlank() ? null : Json.MAPPER.readTree(init.getValue());
            order =
                    new DeployContract(
                            new ContractName(name.getValue().strip()),
                            group.getValue(),
                            wanted.hash(),
                            arguments);
        } catch (JacksonException e) {
            init.setErrorMessage("No JSON: " + e.getOriginalMessage());
            init.setInvalid(true);
            refresh();
            return;
        } catch (IllegalArgumentException e) {
            name.setErrorMessage(e.getMessage());
            name.setInvalid(true);
            refresh();
            return;
        }
        send(order);
    }

    private void send(DeployContract order) {
        switch (once.send(client -> client.deploy(order))) {
            case Answer.Got<OperationView>(var operation) -> {
                removeAll();
                var progress = new Progress(signedIn, _ -> {});
                add(progress);
                progress.follow(operation);
                deploy.setVisible(false);
                close.setText("Close");
            }
            case Answer.Refused<OperationView>(var problem) -> {
                trouble.show(Trouble.note(problem));
                refresh();
            }
        }
    }
}
