package io.xwasm.console.login;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterListener;
import com.vaadin.flow.router.QueryParameters;

/** Stands in front of every page but the sign-in page. */
public final class Gate implements BeforeEnterListener {
    private static final long serialVersionUID = 1L;

    static final String TARGET = "to";

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        if (event.getNavigationTarget() == LoginView.class || SignedIn.current().isPresent()) {
            return;
        }
        var wanted = event.getLocation().getPathWithQueryParameters();
        var query =
                wanted.isEmpty() || wanted.equals(".")
                        ? QueryParameters.empty()
                        : QueryParameters.of(TARGET, wanted);
        event.forwardTo("login", query);
    }
}
