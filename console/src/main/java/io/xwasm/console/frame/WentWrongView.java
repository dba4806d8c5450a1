package io.xwasm.console.frame;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.ParentLayout;
import io.xwasm.console.live.LiveFeed;
import io.xwasm.console.look.Trouble;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.Problem;
import io.xwasm.controlplane.api.RequestRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A page that could not be shown. */
@ParentLayout(Frame.class)
public final class WentWrongView extends Div implements HasErrorParameter<Exception> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WentWrongView.class);

    public WentWrongView() {
        addClassName("page");
    }

    @Override
    public int setErrorParameter(BeforeEnterEvent event, ErrorParameter<Exception> parameter) {
        removeAll();
        var page = event.getLocation().getPathWithQueryParameters();
        var problem = problem(page, parameter.getException());
        add(Trouble.instead(problem, () -> event.getUI().getPage().reload()));
        return problem.status();
    }

    private static Problem problem(String page, Exception cause) {
        return switch (cause) {
            case RequestRefused e -> e.problem();
            case ControlPlaneUnreachable e -> LiveFeed.unreachable(e);
            default -> {
                LOG.error("showing /{}", page, cause);
                yield new Problem(
                        "about:blank",
                        "This page failed",
                        500,
                        "The console's log has the reason; the fleet is not affected",
                        null,
                        null);
            }
        };
    }
}
