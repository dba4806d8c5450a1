package io.xwasm.console.frame;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.ErrorParameter;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.HasErrorParameter;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.ParentLayout;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.PageHead;
import io.xwasm.console.look.Panels;
import java.util.List;

/** A path that leads nowhere. */
@ParentLayout(Frame.class)
public final class NotFoundView extends Div
        implements HasErrorParameter<NotFoundException>, HasDynamicTitle {
    private static final long serialVersionUID = 1L;

    public NotFoundView() {
        addClassName("page");
    }

    @Override
    public String getPageTitle() {
        return "Not found · xwasm";
    }

    @Override
    public int setErrorParameter(
            BeforeEnterEvent event, ErrorParameter<NotFoundException> parameter) {
        removeAll();
        var head = new PageHead();
        head.show(null, "Not found", List.of(), List.of());
        add(
                head,
                new Fragment(
                        Panels.empty(
                                "circle-help",
                                "There is no page /" + event.getLocation().getPath(),
                                Markup.of(
                                        "It may have been renamed. ",
                                        Markup.link("lnk", "/", "Overview"),
                                        " leads to everything that is there."))));
        return 404;
    }
}
