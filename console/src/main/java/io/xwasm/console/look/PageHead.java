package io.xwasm.console.look;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The top of a page: where it is, what it is about, the facts, and the actions at the right. */
public final class PageHead extends Div {
    private static final long serialVersionUID = 1L;

    private final Fragment words = new Fragment().as("col");

    public PageHead(Component... actions) {
        addClassName("phead");
        var acts = new Div(actions);
        acts.addClassName("acts");
        add(words);
        if (actions.length > 0) {
            add(acts);
        }
    }

    /**
     * @param crumb link to the list that this belongs to; null at the top
     * @param beside pills after the title
     * @param facts below it
     */
    public void show(
            @Nullable Markup crumb, String title, List<Markup> beside, List<Markup> facts) {
        words.show(
                Markup.of(
                        crumb == null ? null : div("crumb", crumb, span("", "/"), span("", title)),
                        div("row", tag("h1", "", title), beside),
                        facts.isEmpty() ? null : div("meta", facts)));
    }
}
