package io.xwasm.console.backups;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.BackupSchedule;
import io.xwasm.controlplane.api.Page;
import org.jspecify.annotations.Nullable;

/** How often a group is backed up by itself. */
final class ScheduleDialog extends Dialog {
    private static final long serialVersionUID = 1L;
    private static final int SCHEDULES = 100;

    private final transient SignedIn signedIn;
    private final Select<GroupId> group;
    private final IntegerField minutes = new IntegerField("Every so many minutes");
    private final Checkbox verify = new Checkbox("Verify each one at once");
    private final Fragment trouble = new Fragment();
    private final Button save = Buttons.primary("Save", "", this::save);
    private transient @Nullable BackupSchedule known;

    ScheduleDialog(SignedIn signedIn) {
        this.signedIn = signedIn;
        setHeaderTitle("Backup schedule");
        setWidth("420px");
        group = CreateDialog.groupSelect(signedIn);
        group.addValueChangeListener(_ -> load());
        minutes.setHelperText("0 for never");
        minutes.setMin(0);
        minutes.setStepButtonsVisible(true);
        minutes.setWidthFull();
        minutes.setId("schedule-minutes");
        save.setId("confirm");
        save.addClickShortcut(Key.ENTER).listenOn(minutes);
        var form = new Div(group, minutes, verify, trouble);
        form.addClassName("stack");
        add(form);
        var gap = new Span();
        gap.addClassName("right");
        var foot = new Div(gap, Buttons.quiet("Cancel", this::close), save);
        foot.addClassNames("row", "foot");
        getFooter().add(foot);
        load();
    }

    private void load() {
        known = null;
        Answer<Page<BackupSchedule>> answer =
                signedIn.attempt(() -> signedIn.client().schedules(null, SCHEDULES));
        switch (answer) {
            case Answer.Got<Page<BackupSchedule>>(var page) -> {
                known =
                        page.items().stream()
                                .filter(s -> s.group().equals(group.getValue()))
                                .findFirst()
                                .orElse(null);
                minutes.setValue(known == null ? 0 : known.everyMinutes());
                verify.setValue(known == null || known.verify());
            }
            case Answer.Refused<Page<BackupSchedule>>(var problem) ->
                    trouble.show(Trouble.note(problem));
        }
    }

    private void save() {
        var every = minutes.getValue();
        if (every == null || every < 0 || group.getValue() == null) {
            minutes.setInvalid(true);
            return;
        }
        var before = known;
        var wanted = new BackupSchedule(group.getValue(), every, verify.getValue(), null, 0);
        var expected = before == null ? null : before.version();
        switch (signedIn.attempt(
                () -> signedIn.client().setSchedule(wanted.group(), wanted, expected))) {
            case Answer.Got<BackupSchedule> _ -> close();
            case Answer.Refused<BackupSchedule>(var problem) -> trouble.show(Trouble.note(problem));
        }
    }
}
