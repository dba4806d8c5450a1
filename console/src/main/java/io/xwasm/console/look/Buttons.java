package io.xwasm.console.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.NativeButton;

/** Buttons; the primary one is ink, never a colour, and there is one per page. */
public final class Buttons {
    private Buttons() {}

    public static Button primary(String words, String icon, Runnable action) {
        var button = button(words, icon, action);
        button.addThemeVariants(ButtonVariant.PRIMARY);
        return button;
    }

    public static Button secondary(String words, String icon, Runnable action) {
        return button(words, icon, action);
    }

    public static Button quiet(String words, Runnable action) {
        var button = button(words, "", action);
        button.addThemeVariants(ButtonVariant.TERTIARY);
        return button;
    }

    /** Does something that cannot be taken back. */
    public static Button dangerous(String words, Runnable action) {
        var button = button(words, "", action);
        button.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        return button;
    }

    /** A bare button that is only an icon. */
    public static NativeButton icon(String icon, String label, Runnable action) {
        var button = new NativeButton();
        button.addClassName("tbtn");
        button.add(Icons.component(icon));
        button.getElement().setAttribute("aria-label", label);
        button.addClickListener(_ -> action.run());
        return button;
    }

    /** One of a few: the pressed one is the one that holds. */
    public static NativeButton choice(Component content, boolean pressed, Runnable action) {
        var button = new NativeButton();
        button.add(content);
        button.getElement().setAttribute("aria-pressed", Boolean.toString(pressed));
        button.addClickListener(_ -> action.run());
        return button;
    }

    private static Button button(String words, String icon, Runnable action) {
        var button = new Button(words);
        if (!icon.isEmpty()) {
            button.setIcon(Icons.component(icon));
        }
        button.addClickListener(_ -> action.run());
        return button;
    }
}
