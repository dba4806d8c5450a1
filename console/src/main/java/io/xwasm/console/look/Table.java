package io.xwasm.console.look;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.function.ValueProvider;
import io.xwasm.controlplane.api.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list from the API, loaded as far as somebody looks.
 *
 * <p>A short list is shown at its full height; a long one gets a window of its own that loads page
 * by page while it is scrolled.
 */
public final class Table<T> extends Div {
    private static final long serialVersionUID = 1L;
    private static final int PAGE = 50;

    /** Where the rows come from. */
    @FunctionalInterface
    public interface Source<T> {
        Page<T> page(@Nullable String cursor, int limit);
    }

    private final transient Source<T> source;
    private final Grid<T> grid = new Grid<>();
    private final Fragment none = new Fragment();
    private final transient Stretches<T> stretches;
    private transient @Nullable Page<T> begin;
    private boolean windowed;

    public Table(String id, Source<T> source) {
        this.source = source;
        this.stretches = new Stretches<>(source, PAGE);
        addClassName("gscroll");
        grid.setId(id);
        grid.setSelectionMode(Grid.SelectionMode.NONE);
        grid.setMultiSort(false);
        grid.setPageSize(PAGE);
        grid.getElement().setAttribute("aria-label", id);
        add(grid, none);
    }

    /** A column of figures or words. */
    public Table<T> column(String title, String width, ValueProvider<T, Markup> cell) {
        return add(title, width, false, cell);
    }

    /** A column of figures, at the right. */
    public Table<T> figures(String title, String width, ValueProvider<T, Markup> cell) {
        return add(title, width, true, cell);
    }

    /** A column of controls. */
    public Table<T> actions(String width, ValueProvider<T, Component> cell) {
        var heading = new Span("Actions");
        heading.addClassName("vh");
        grid.addComponentColumn(cell).setHeader(heading).setWidth(width).setFlexGrow(0);
        return this;
    }

    /** What to say when there is nothing. */
    public Table<T> whenEmpty(Markup words) {
        none.show(words);
        return this;
    }

    /** Narrowest width; below it the table scrolls sideways. */
    public Table<T> atLeast(int pixels) {
        grid.getStyle().set("min-width", pixels + "px");
        return this;
    }

    /** Loads the beginning of the list again; throws what the source throws. */
    public void load() {
        show(first());
    }

    /** The beginning of the list, to be fetched where nobody waits for it. */
    public Page<T> first() {
        return source.page(null, PAGE);
    }

    /** Shows the list that begins so; leaves everything as it is when it begins as before. */
    public void show(Page<T> first) {
        if (first.equals(begin) && !first.items().isEmpty()) {
            return;
        }
        begin = first;
        grid.setVisible(!first.items().isEmpty());
        none.setVisible(first.items().isEmpty());
        if (first.next() == null) {
            windowed = false;
            grid.setAllRowsVisible(true);
            grid.setItems(first.items());
            return;
        }
        stretches.begin(first);
        if (windowed) {
            grid.getDataProvider().refreshAll();
            return;
        }
        windowed = true;
        grid.setAllRowsVisible(false);
        grid.setHeight("calc(100dvh - 230px)");
        grid.setItems(query -> stretches.rows(query.getOffset(), query.getLimit()).stream());
    }

    /** Shows these rows and no others. */
    public void show(List<T> rows) {
        show(new Page<>(rows, null));
    }

    private Table<T> add(String title, String width, boolean end, ValueProvider<T, Markup> cell) {
        var css = end ? "end num" : "cell";
        var heading = new Span(title);
        heading.addClassName(end ? "end" : "cell");
        var grow = width.endsWith("+");
        grid.addColumn(
                        LitRenderer.<T>of("<div class='" + css + "' .innerHTML=${item.html}></div>")
                                .withProperty("html", row -> cell.apply(row).html()))
                .setHeader(heading)
                .setWidth(grow ? width.substring(0, width.length() - 1) : width)
                .setFlexGrow(grow ? 1 : 0);
        return this;
    }
}
