package io.xwasm.console.login;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;
import static io.xwasm.console.look.Markup.tag;

import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.PageTitle;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.VaadinRequest;
import com.vaadin.flow.server.VaadinService;
import io.xwasm.console.live.LiveFeed;
import io.xwasm.console.look.Brand;
import io.xwasm.console.look.Buttons;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.api.RequestRefused;

/** Name and password. */
@Route("login")
@PageTitle("Sign in · xwasm")
public final class LoginView extends Div implements BeforeEnterObserver {
    private static final long serialVersionUID = 1L;

    private final transient Doorway doorway;
    private final TextField user = new TextField("User");
    private final PasswordField password = new PasswordField("Password");
    private final Button enter = Buttons.primary("Sign in", "", this::enter);
    private final Fragment trouble = new Fragment();
    private String target = "";

    public LoginView(Doorway doorway) {
        this.doorway = doorway;
        addClassName("signin");
        getElement().setAttribute("role", "main");
        user.setId("login-user");
        user.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.USERNAME);
        user.setAutofocus(true);
        password.setId("login-password");
        password.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.CURRENT_PASSWORD);
        enter.setId("login-submit");
        enter.addClickShortcut(Key.ENTER);
        enter.setDisableOnClick(true);
        trouble.setId("login-error");
        var card = new Div(new Fragment(heading()), trouble, user, password, enter);
        card.addClassNames("card", "signincard");
        add(new Fragment(Brand.mark()).as("signinbrand"), card, new Fragment(foot()));
    }

    private Markup heading() {
        var environment = doorway.environment();
        return Markup.of(
                tag("h1", "", "Sign in"),
                div(
                        "row",
                        span("t2", "to " + environment.fleet()),
                        span("env", Icons.icon("lock", "s12"), environment.name())));
    }

    private static Markup foot() {
        return div(
                "sm t3 signinfoot",
                "Users are added with ",
                span("mono", "xwasm users add"),
                ". What you do here is checked and audited as if you had used the command line.");
    }

    @Override
    public void beforeEnter(BeforeEnterEvent event) {
        target =
                event.getLocation().getQueryParameters().getSingleParameter(Gate.TARGET).orElse("");
        UI.getCurrent()
                .getPage()
                .executeJs("document.documentElement.dataset.env=$0", doorway.environment().hue());
        if (SignedIn.current().isPresent()) {
            event.forwardTo("");
        }
    }

    private void enter() {
        try {
            var signedIn = doorway.enter(user.getValue().strip(), password.getValue());
            VaadinService.reinitializeSession(VaadinRequest.getCurrent());
            signedIn.begin();
            UI.getCurrent().getPage().setLocation("/" + inHere(target));
        } catch (RequestRefused e) {
            refuse(e.problem());
        } catch (ControlPlaneUnreachable e) {
            refuse(LiveFeed.unreachable(e));
        }
    }

    /** A page of this console and nothing else: a link must not lead a new session elsewhere. */
    private static String inHere(String path) {
        return path.startsWith("/") || path.contains("\\") || path.contains("//") ? "" : path;
    }

    private void refuse(Problem problem) {
        trouble.show(Trouble.note(problem));
        enter.setEnabled(true);
        password.focus();
    }
}
