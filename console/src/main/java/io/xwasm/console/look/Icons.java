package io.xwasm.console.look;

import com.vaadin.flow.component.icon.SvgIcon;

/** The outlines in {@code icons.svg}, by their names there. */
public final class Icons {
    private static final String SPRITE = "/img/icons.svg";

    private Icons() {}

    /**
     * @param classes size and colour, such as {@code "s14 bad"}; may be empty
     */
    public static Markup icon(String name, String classes) {
        return Markup.tag("vaadin-icon", ("ic " + classes).strip())
                .with("src", SPRITE)
                .with("symbol", name)
                .with("aria-hidden", "true");
    }

    public static Markup icon(String name) {
        return icon(name, "");
    }

    /** As a component, for buttons. */
    public static SvgIcon component(String name) {
        var icon = new SvgIcon(SPRITE, name);
        icon.addClassName("ic");
        icon.getElement().setAttribute("aria-hidden", "true");
        return icon;
    }
}
