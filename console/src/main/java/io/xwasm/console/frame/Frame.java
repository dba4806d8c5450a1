package io.xwasm.console.frame;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.applayout.AppLayout;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.router.AfterNavigationEvent;
import com.vaadin.flow.router.AfterNavigationObserver;
import com.vaadin.flow.router.RouterLayout;
import io.xwasm.console.live.Snapshot;
import io.xwasm.console.login.SignedIn;
import io.xwasm.console.look.Fragment;
import io.xwasm.console.look.Markup;
import io.xwasm.console.look.Trouble;

/** Drawer at the left, bar at the top, and the page. */
public final class Frame extends AppLayout implements RouterLayout, AfterNavigationObserver {
    private static final long serialVersionUID = 1L;
    private static final int UNAUTHENTICATED = 401;

    private final transient SignedIn signedIn;
    private final Navigation navigation = new Navigation();
    private final TopBar top;
    private final Fragment strip = new Fragment().as("strip");
    private final Div bottom = new Div();

    public Frame(SignedIn signedIn) {
        this.signedIn = signedIn;
        this.top = new TopBar(signedIn);
        setPrimarySection(Section.DRAWER);
        addToDrawer(navigation);
        addToNavbar(top);
        bottom.addClassName("bottombar");
        bottom.getElement().setAttribute("role", "navigation");
        bottom.getElement().setAttribute("aria-label", "Main pages");
        strip.setId("disconnected");
        strip.getElement().setAttribute("role", "status");
        signedIn.feed().follow(this, null, this::show);
    }

    @Override
    protected void onAttach(AttachEvent event) {
        var page = event.getUI().getPage();
        page.addJavaScript("/webjars/echarts/5.5.0/echarts.min.js");
        page.addJsModule("/js/x-chart.js");
        page.addJsModule("/js/x-age.js");
        page.executeJs("document.documentElement.dataset.env=$0", signedIn.environment().hue());
        event.getUI().getElement().appendChild(strip.getElement(), bottom.getElement());
        top.applyRememberedTheme(event.getUI());
    }

    @Override
    protected void onDetach(DetachEvent event) {
        strip.getElement().removeFromParent();
        bottom.getElement().removeFromParent();
    }

    @Override
    public void afterNavigation(AfterNavigationEvent event) {
        getContent().getElement().setAttribute("role", "main");
        BottomBar.fill(bottom, event.getLocation().getPath(), () -> setDrawerOpened(true));
    }

    private void show(Snapshot snapshot) {
        var problem = snapshot.problem();
        if (problem != null && problem.status() == UNAUTHENTICATED) {
            getUI().ifPresent(signedIn::expired);
            return;
        }
        navigation.show(snapshot);
        top.show(snapshot);
        strip.show(problem == null ? Markup.NONE : Trouble.note(problem));
        getUI().ifPresent(ui -> ui.getElement().getClassList().set("silent", problem != null));
    }
}
