package io.xwasm.console.look;

import org.jspecify.annotations.Nullable;

/**
 * A piece of HTML that is safe to show: text that goes in is escaped, tags come from the code
 * alone.
 */
public record Markup(String html) {
    public static final Markup NONE = new Markup("");

    public static Markup text(Object text) {
        return new Markup(escape(text.toString()));
    }

    /**
     * An element.
     *
     * @param classes separated by blanks, may be empty
     * @param children markup as it is, lists one by one, null not at all, all else as text
     */
    public static Markup tag(String name, String classes, @Nullable Object... children) {
        var out = new StringBuilder("<").append(name);
        if (!classes.isEmpty()) {
            out.append(" class=\"").append(escape(classes)).append('"');
        }
        out.append('>');
        for (var child : children) {
            append(out, child);
        }
        return new Markup(out.append("</").append(name).append('>').toString());
    }

    public static Markup div(String classes, @Nullable Object... children) {
        return tag("div", classes, children);
    }

    public static Markup span(String classes, @Nullable Object... children) {
        return tag("span", classes, children);
    }

    public static Markup bold(Object text) {
        return tag("b", "", text);
    }

    public static Markup link(String classes, String path, @Nullable Object... children) {
        return tag("a", classes, children).with("href", path.startsWith("/") ? path : "/" + path);
    }

    /** Several, one after the other. */
    public static Markup of(@Nullable Object... children) {
        var out = new StringBuilder();
        for (var child : children) {
            append(out, child);
        }
        return new Markup(out.toString());
    }

    /** This element with one more attribute. */
    public Markup with(String attribute, String value) {
        var end = html.indexOf('>');
        return new Markup(
                html.substring(0, end)
                        + " %s=\"%s\"".formatted(attribute, escape(value))
                        + html.substring(end));
    }

    public Markup id(String id) {
        return with("id", id);
    }

    public boolean isEmpty() {
        return html.isEmpty();
    }

    private static void append(StringBuilder out, @Nullable Object child) {
        switch (child) {
            case null -> {}
            case Markup markup -> out.append(markup.html);
            case Iterable<?> several -> several.forEach(one -> append(out, one));
            default -> out.append(escape(child.toString()));
        }
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
