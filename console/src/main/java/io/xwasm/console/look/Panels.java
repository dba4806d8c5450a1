package io.xwasm.console.look;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import org.jspecify.annotations.Nullable;

/** Cards, headers and the small things within them. */
public final class Panels {
    private Panels() {}

    /** A card's header line. */
    public static Markup head(String title, @Nullable Object subtitle, @Nullable Object right) {
        return div(
                "ch",
                tag("h2", "", title),
                subtitle == null ? null : span("t3", subtitle),
                right == null ? null : div("row right", right));
    }

    /** A card that is only read. */
    public static Markup card(Markup head, Object... body) {
        return div("card", head, Markup.of(body));
    }

    /** A card that holds components. */
    public static Div card(Markup head, Component... body) {
        var card = new Div();
        card.addClassName("card");
        var top = Fragment.transparent();
        top.show(head);
        card.add(top);
        card.add(body);
        return card;
    }

    public static Div stack(Component... parts) {
        var stack = new Div(parts);
        stack.addClassName("stack");
        return stack;
    }

    /** Main column and side column. */
    public static Div columns(Component main, Component side) {
        var columns = new Div(main, side);
        columns.addClassName("grid2");
        return columns;
    }

    /** Components side by side. */
    public static Div row(Component... parts) {
        var row = new Div(parts);
        row.addClassNames("row", "wrap");
        return row;
    }

    public static Markup stat(String name, Object value, @Nullable Object below) {
        return div("stat", div("k", name), div("v", value), below == null ? null : div("d", below));
    }

    /** A figure with its unit in small. */
    public static Markup figure(String number, String unit) {
        return Markup.of(number, tag("small", "", unit));
    }

    /** A tinted note; the words may begin with a bold sentence. */
    public static Markup note(Tone tone, String icon, Object... words) {
        return div("note " + tone.css(), Icons.icon(icon), div("", words));
    }

    /** A section of a panel or dialog. */
    public static Markup section(String title, @Nullable Object right, Object... body) {
        return div(
                "sec",
                div("hd", tag("h3", "", title), right == null ? null : span("right", right)),
                Markup.of(body));
    }

    /** Name and value, line by line. */
    public static Markup pairs(Object... namesAndValues) {
        var out = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            out.append(span("k", namesAndValues[i]).html());
            out.append(span("", namesAndValues[i + 1]).html());
        }
        return div("cb dl", new Markup(out.toString()));
    }

    /** One line of a list in a card. */
    public static Markup item(Markup icon, Object title, Object below, Object right) {
        return div(
                "",
                icon,
                div("grow col", span("b cut", title), div("sm t2 cut2", below)),
                span("sm t3", right));
    }

    /** Why a list is empty, and what fills it. */
    public static Markup empty(String icon, String why, Object what) {
        return div(
                "empty",
                Icons.icon(icon, "s20 t3"),
                div("col", span("b", why), span("sm t2", what)));
    }

    /** A hash by its ends, with a button that copies all of it. */
    public static Markup hash(String full) {
        var ends =
                full.length() <= 14
                        ? full
                        : full.substring(0, 6) + "…" + full.substring(full.length() - 4);
        return span(
                "hash",
                span("", ends).with("title", full),
                tag("button", "", Icons.icon("copy", "s12"))
                        .with("type", "button")
                        .with("aria-label", "Copy " + full)
                        .with("data-copy", full));
    }

    /** A figure against its objective: filled up to the value, a tick at the objective. */
    public static Markup bullet(double value, double objective, Tone tone) {
        double scale = Math.max(objective * 1.3, 1e-9);
        return div(
                "bul " + tone.css(),
                tag("i", "")
                        .with("style", "width:%.1f%%".formatted(100 * Math.min(1, value / scale))),
                tag("b", "").with("style", "left:%.1f%%".formatted(100 * objective / scale)));
    }

    /** A share of a whole. */
    public static Markup bar(double share, Tone tone) {
        var width = "width:%.1f%%".formatted(100 * Math.clamp(share, 0, 1));
        return div("bar " + tone.css(), tag("i", "").with("style", width));
    }
}
