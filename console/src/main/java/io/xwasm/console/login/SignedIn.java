package io.xwasm.console.login;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasEnabled;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.VaadinSession;
import io.xwasm.console.live.LiveFeed;
import io.xwasm.console.look.Environment;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Icons;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.api.RequestRefused;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.Session;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Supplier;

/** A person who has signed in, and everything that is done in their name. */
public final class SignedIn {
    private static final int UNAUTHENTICATED = 401;
    private static final int UNAVAILABLE = 503;

    /** Why a control is switched off. */
    public static final String NEEDS = "Not permitted: needs role operator";

    private final Session session;
    private final ControlPlaneClient client;
    private final LiveFeed feed;
    private final Environment environment;
    private final InstantSource clock;

    SignedIn(
            Session session,
            ControlPlaneClient client,
            LiveFeed feed,
            Environment environment,
            InstantSource clock) {
        this.session = session;
        this.client = client;
        this.feed = feed;
        this.environment = environment;
        this.clock = clock;
    }

    /** Whoever uses the current Vaadin session. */
    public static Optional<SignedIn> current() {
        return Optional.ofNullable(VaadinSession.getCurrent())
                .map(s -> s.getAttribute(SignedIn.class));
    }

    void begin() {
        VaadinSession.getCurrent().setAttribute(SignedIn.class, this);
    }

    /** Ends the session here and, if it still answers, at the control plane. */
    public void signOut() {
        VaadinSession.getCurrent().setAttribute(SignedIn.class, null);
        try {
            client.logout();
        } catch (RequestRefused | ControlPlaneUnreachable _) {
            // The token ends by itself; nobody but this session had it.
        }
        client.close();
        UI.getCurrent().getPage().setLocation("/login");
    }

    /** Makes a call and takes no for an answer; an ended session leads to the sign-in page. */
    public <T> Answer<T> attempt(Supplier<T> call) {
        try {
            return new Answer.Got<>(call.get());
        } catch (RequestRefused e) {
            if (e.problem().status() == UNAUTHENTICATED) {
                expired(UI.getCurrent());
            }
            return new Answer.Refused<>(e.problem());
        } catch (ControlPlaneUnreachable e) {
            return new Answer.Refused<>(LiveFeed.unreachable(e));
        }
    }

    /**
     * Instead of what could not be loaded; when the control plane did not answer, it is tried again
     * as soon as it does.
     */
    public Div instead(Problem problem, Runnable retry) {
        var box = Trouble.instead(problem, retry);
        var since = now();
        if (problem.status() == UNAVAILABLE) {
            feed.follow(
                    box,
                    null,
                    snapshot -> {
                        if (snapshot.problem() == null && snapshot.at().isAfter(since)) {
                            retry.run();
                        }
                    });
        }
        return box;
    }

    /** Back to the sign-in page, and afterwards to the same place. */
    public void expired(UI ui) {
        ui.getSession().setAttribute(SignedIn.class, null);
        ui.getPage().reload();
    }

    /** Leaves a control in view of those who may not use it. */
    public <C extends Component & HasEnabled> C operatorOnly(C control) {
        if (!mayChange()) {
            control.setEnabled(false);
            control.getElement().setAttribute("title", NEEDS);
        }
        return control;
    }

    /** Actions of a page, with the reason beside them when they are switched off. */
    public Component[] actions(Button... buttons) {
        var all = new ArrayList<Component>();
        if (!mayChange()) {
            all.add(new Fragment(Markup.span("row sm t3 needs", Icons.icon("lock", "s12"), NEEDS)));
        }
        for (var button : buttons) {
            all.add(operatorOnly(button));
        }
        return all.toArray(Component[]::new);
    }

    public boolean mayChange() {
        return session.role() == Role.OPERATOR;
    }

    public String user() {
        return session.user();
    }

    public Role role() {
        return session.role();
    }

    public ControlPlaneClient client() {
        return client;
    }

    public LiveFeed feed() {
        return feed;
    }

    public Environment environment() {
        return environment;
    }

    public Instant now() {
        return clock.instant();
    }
}
