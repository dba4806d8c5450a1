package io.xwasm.console.look;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasStyle;
import com.vaadin.flow.component.Tag;
import io.xwasm.agent.protocol.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code <x-chart>} element: what it means is said here, how it looks lives in {@code
 * x-chart.js}.
 */
@Tag("x-chart")
public final class Chart extends Component implements HasStyle {
    private static final long serialVersionUID = 1L;

    private String shown = "";

    /**
     * @param kind rows (one axis under several plots) or line
     * @param label the chart in a sentence, for those who do not see it
     * @param start Unix milliseconds of the first point
     * @param step milliseconds between points
     * @param known Unix milliseconds before which nothing is known: a gap
     * @param rowHeight pixels of each row
     * @param rows the plots
     */
    public record Spec(
            String kind,
            String label,
            long start,
            long step,
            long known,
            int rowHeight,
            List<Row> rows) {
        public Spec {
            rows = List.copyOf(rows);
        }
    }

    /**
     * @param unit after each number of the axis
     * @param max end of the axis
     * @param threshold dashed line
     * @param series the curves
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Row(String unit, double max, @Nullable Double threshold, List<Series> series) {
        public Row {
            series = List.copyOf(series);
        }
    }

    /**
     * @param name in the tooltip and the table
     * @param color name of a token
     * @param area shaded below
     * @param data the points
     */
    public record Series(String name, String color, boolean area, List<Double> data) {
        public Series {
            data = List.copyOf(data);
        }
    }

    public Chart(String id, int height) {
        setId(id);
        getStyle().set("height", height + "px");
    }

    public void show(Spec spec) {
        var json = Json.write(spec);
        if (!json.equals(shown)) {
            shown = json;
            getElement().setAttribute("spec", json);
        }
    }

    /** Switches a chart between curve and table. */
    public static Markup tableToggle(String chart) {
        return Markup.tag("button", "lnk plainbutton sm", "Show as table")
                .with("type", "button")
                .with("data-table", chart);
    }

    /** A round end of an axis, a little above the highest of these values. */
    public static double roundAbove(double floor, List<Double> values) {
        double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(0) * 1.08;
        double wanted = Math.max(top, floor);
        double magnitude = Math.pow(10, Math.floor(Math.log10(wanted)));
        for (double step : new double[] {1, 1.6, 2, 3, 4, 6, 8, 10}) {
            if (step * magnitude >= wanted) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }
}
