package io.xwasm.console.look;

import com.vaadin.flow.component.html.Div;

/** Shows markup; says nothing to the browser while the markup stays the same. */
public final class Fragment extends Div {
    private static final long serialVersionUID = 1L;

    private String shown = "";

    public Fragment() {
        this(Markup.NONE);
    }

    public Fragment(Markup markup) {
        show(markup);
    }

    /** A fragment whose own box does not count: its children take part in the layout around it. */
    public static Fragment transparent() {
        var fragment = new Fragment();
        fragment.addClassName("through");
        return fragment;
    }

    public Fragment as(String... classes) {
        addClassNames(classes);
        return this;
    }

    public void show(Markup markup) {
        if (!markup.html().equals(shown)) {
            shown = markup.html();
            getElement().setProperty("innerHTML", shown);
        }
    }
}
