package io.xwasm.console.look;

import static io.xwasm.console.look.Markup.bold;
import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.html.Div;
import io.xwasm.controlplane.api.Problem;
import java.util.List;

/** What went wrong, where it went wrong: title, detail, findings, the request's id. */
public final class Trouble {
    private static final int FORBIDDEN = 403;

    private Trouble() {}

    public static Markup note(Problem problem) {
        var title = problem.status() == FORBIDDEN ? "Not permitted" : problem.title();
        List<String> errors = problem.errors() == null ? List.of() : problem.errors();
        var request = problem.instance();
        return div(
                        "note bad",
                        Icons.icon(problem.status() == FORBIDDEN ? "lock" : "circle-x"),
                        div(
                                "",
                                bold(title + ". "),
                                Prose.sentence(problem.detail()),
                                errors.isEmpty()
                                        ? null
                                        : tag(
                                                "ul",
                                                "plain",
                                                errors.stream()
                                                        .map(e -> tag("li", "", e))
                                                        .toList()),
                                request == null ? null : div("sm t2", "Request ", request)))
                .with("role", "alert");
    }

    /** Instead of what could not be loaded. */
    public static Div instead(Problem problem, Runnable retry) {
        var again = Buttons.secondary("Try again", "refresh-cw", retry);
        var box = new Div(new Fragment(note(problem)), Panels.row(again));
        box.addClassNames("stack", "trouble");
        return box;
    }
}
