package io.xwasm.console.look;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Nav;
import java.util.List;

/** The parts of one page, each under an address of its own. */
public final class TabLinks extends Nav {
    private static final long serialVersionUID = 1L;

    /**
     * @param label what they are parts of
     * @param path of the page
     * @param tabs their names in the address
     * @param selected one of them
     */
    public TabLinks(String label, String path, List<String> tabs, String selected) {
        addClassName("tabs");
        getElement().setAttribute("aria-label", label);
        for (var tab : tabs) {
            var link = new Anchor("/%s?tab=%s".formatted(path, tab), Prose.capital(tab));
            link.setId("tab-" + tab);
            link.getElement().setAttribute("router-link", true);
            if (tab.equals(selected)) {
                link.getElement().setAttribute("aria-current", "page");
            }
            add(link);
        }
    }
}
