package io.xwasm.console.operations;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.link;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import io.xwasm.console.frame.Frame;
import io.xwasm.console.live.OperationWatch;
import io.xwasm.console.login.Answer;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.OperationWords;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import io.xwasm.console.look.Prose;
import io.xwasm.console.look.Steps;
import io.xwasm.console.look.Times;
import io.xwasm.console.look.Tone;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One operation: its steps over time, live while it runs, for good as a report. */
@Route(value = "operations/:id", layout = Frame.class)
public final class OperationPage extends Div implements BeforeEnterObserver, HasDynamicTitle {
    private static final long serialVersionUID = 1L;

    private final transient SignedIn signedIn;
    private final PageHead head = new PageHead();
    private final Fragment note = new Fragment();
    private final Fragment steps = new Fragment().as("card");
    private final Fragment facts = new Fragment().as("card");
    private String title = "Operation";

    public OperationPage(SignedIn signedIn) {
        this.signedIn = signedIn;
        addClassName("page");
        setId("operation");
    }

    @Override
    public String getPageTitle() {
        return title + " · xwasm";
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        load(event.getRouteParameters().get("id").orElse(""));
    }

    private void load(String id) {
        removeAll();
        switch (signedIn.attempt(() -> signedIn.client().operation(id))) {
            case Answer.Got<OperationView>(var operation) -> {
                add(head, note, Panels.columns(steps, facts));
                OperationWatch.follow(signedIn.client(), this, operation, this::show);
            }
            case Answer.Refused<OperationView>(var problem) ->
                    add(signedIn.instead(problem, () -> load(id)));
        }
    }

    private void show(OperationView operation) {
        var now = signedIn.now();
        title = OperationWords.title(operation);
        getElement().setAttribute("data-state", Tone.word(operation.state()));
        head.show(
                link("", "/operations", "Operations"),
                title,
                List.of(Tone.of(operation.state()).pill(Tone.word(operation.state()))),
                List.of(
                        span("", "step ", bold(Steps.position(operation))),
                        span("", "by ", bold(operation.by())),
                        span("", "started ", Times.ago(operation.startedAt(), now)),
                        span(
                                "",
                                operation.endedAt() == null ? "runs for " : "took ",
                                bold(Steps.took(operation, now)))));
        var failure = operation.failure();
        note.show(
                failure == null
                        ? Markup.NONE
                        : Panels.note(
                                Tone.BAD,
                                "circle-x",
                                bold("It failed. "),
                                Prose.sentence(failure)));
        steps.show(
                Markup.of(
                        Panels.head("Steps", operation.sentence(), null),
                        Timeline.of(operation, now)));
        facts.show(Markup.of(Panels.head("Report", null, null), facts(operation)));
    }

    private static Markup facts(OperationView operation) {
        var pairs =
                new ArrayList<Object>(
                        List.of(
                                "Operation",
                                Panels.hash(operation.id()),
                                "Subject",
                                subject(operation)));
        var group = operation.group();
        if (group != null) {
            pairs.addAll(List.of("Group", link("lnk", "/failover?group=" + group, group)));
        }
        pairs.addAll(List.of("Started", span("", Times.full(operation.startedAt()))));
        var end = operation.endedAt();
        if (end != null) {
            pairs.addAll(List.of("Ended", span("", Times.full(end))));
        }
        operation.result().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(e ->
                        pairs.addAll(
                                List.of(
                                        Steps.sentenceCase(e.getKey()),
                                        result(e.getValue().asString()))));
        if (operation.state() == OperationState.RUNNING) {
            pairs.addAll(
                    List.of(
                            "If it dies",
                            "another process of the control plane resumes at the last journaled step"));
        }
        return Panels.pairs(pairs.toArray());
    }

    private static Markup result(String value) {
        return value.length() == 64 ? Panels.hash(value) : span("", value);
    }

    private static Markup subject(OperationView operation) {
        var subject = operation.subject();
        return switch (operation.kind()) {
            case "deploy", "upgrade", "rollback" -> link("lnk", "/contracts/" + subject, subject);
            case "failover", "switchover" -> link("lnk", "/failover?group=" + subject, subject);
            default -> subject.length() > 20 ? Panels.hash(subject) : bold(subject);
        };
    }
}
