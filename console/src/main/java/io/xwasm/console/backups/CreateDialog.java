package io.xwasm.console.backups;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.operations.OperationDialog;
import io.xwasm.controlplane.api.CreateBackup;
import io.xwasm.controlplane.api.GroupView;
import io.xwasm.controlplane.api.Page;
import java.util.List;

/** Takes a backup of one group now. */
final class CreateDialog {
    private static final int GROUPS = 100;

    private final SignedIn signedIn;
    private final Select<GroupId> group;

    CreateDialog(SignedIn signedIn) {
        this.signedIn = signedIn;
        this.group = groupSelect(signedIn);
    }

    static Select<GroupId> groupSelect(SignedIn signedIn) {
        var select = new Select<GroupId>();
        select.setLabel("Group");
        select.setWidthFull();
        Answer<Page<GroupView>> answer =
                signedIn.attempt(() -> signedIn.client().groups(null, GROUPS));
        List<GroupId> groups =
                switch (answer) {
                    case Answer.Got<Page<GroupView>>(var page) ->
                            page.items().stream().map(GroupView::group).toList();
                    case Answer.Refused<Page<GroupView>> _ -> List.of();
                };
        select.setItems(groups);
        groups.stream().findFirst().ifPresent(select::setValue);
        return select;
    }

    void open() {
        var words =
                new Fragment(
                        Markup.div(
                                "t2",
                                "A consistent snapshot is taken and encrypted while calls go on; nothing stops."));
        var box = new Div(words, group);
        box.addClassName("stack");
        new OperationDialog(
                        signedIn,
                        "Back up now",
                        box,
                        "Back up",
                        false,
                        "",
                        client -> client.createBackup(new CreateBackup(group.getValue())))
                .open();
    }
}
