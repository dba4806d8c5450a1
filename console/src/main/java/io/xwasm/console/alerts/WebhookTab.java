package io.xwasm.console.alerts;

import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.Webhook;

/** Where notifications go. */
final class WebhookTab extends Div {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final TextField url = new TextField("Address");
    private final Fragment state = Fragment.transparent();
    private final Fragment trouble = new Fragment();
    private long version;

    WebhookTab(SignedIn signedIn) {
        this.signedIn = signedIn;
        url.setId("webhook-url");
        url.setPlaceholder("http://127.0.0.1:9093/hook");
        url.setHelperText("Alertmanager's payload, version 4; empty for nowhere");
        url.setWidthFull();
        load();
    }

    private void load() {
        removeAll();
        switch (signedIn.attempt(() -> signedIn.client().webhook())) {
            case Answer.Got<Webhook>(var webhook) -> {
                show(webhook);
                var save = Buttons.primary("Save webhook", "", this::save);
                save.setId("save-webhook");
                var body =
                        new Div(
                                signedIn.operatorOnly(url),
                                Panels.row(signedIn.actions(save)),
                                trouble);
                body.addClassNames("cb", "stack", "narrowform");
                add(
                        Panels.card(
                                Panels.head(
                                        "Webhook", "told of every alert that fires or ends", null),
                                state,
                                body));
            }
            case Answer.Refused<Webhook>(var problem) -> add(signedIn.instead(problem, this::load));
        }
    }

    private void show(Webhook webhook) {
        version = webhook.version();
        var address = webhook.url();
        var failure = webhook.lastFailure();
        url.setValue(address == null ? "" : address);
        var delivery =
                address == null
                        ? Tone.WARN.status("Alerts go nowhere")
                        : failure != null ? Tone.BAD.status(failure) : Tone.OK.status("Delivering");
        state.show(
                Panels.pairs(
                        "State",
                        delivery,
                        "Last delivered",
                        span("", Times.ago(webhook.lastDeliveredAt(), signedIn.now()))));
    }

    private void save() {
        var address = url.getValue().isBlank() ? null : url.getValue().strip();
        var wanted = new Webhook(address, null, null, version);
        switch (signedIn.attempt(() -> signedIn.client().setWebhook(wanted, version))) {
            case Answer.Got<Webhook>(var saved) -> {
                trouble.show(Panels.note(Tone.OK, "circle-check", "Saved."));
                show(saved);
            }
            case Answer.Refused<Webhook>(var problem) -> trouble.show(Trouble.note(problem));
        }
    }
}
