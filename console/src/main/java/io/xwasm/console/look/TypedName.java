package io.xwasm.console.look;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;

/** Keeps a button switched off until the name of what it changes has been typed. */
public final class TypedName extends Div {
    private static final long serialVersionUID = 1L;

    public TypedName(String name, Button button) {
        addClassName("col");
        var field = new TextField();
        field.setId("typed-name");
        field.setPlaceholder(name);
        field.setAriaLabel("Type %s to confirm".formatted(name));
        field.setWidth("170px");
        field.setAutofocus(true);
        field.setValueChangeMode(ValueChangeMode.EAGER);
        button.setEnabled(false);
        field.addValueChangeListener(e -> button.setEnabled(e.getValue().strip().equals(name)));
        button.addClickShortcut(Key.ENTER).listenOn(this);
        var words = Markup.span("sm t2", "Type ", Markup.bold(name), " to confirm");
        add(new Fragment(words), field);
    }
}
