package io.xwasm.console.look;

import java.util.List;
import java.util.Locale;

/** A curve without axes, drawn here so that a table of hundreds costs the browser nothing. */
public final class Sparkline {
    private static final double HEIGHT = 22;

    private Sparkline() {}

    /**
     * @param colour name of a token such as {@code --x-d1}
     */
    public static Markup of(List<Double> values, String colour) {
        var path = new StringBuilder();
        double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        for (int i = 0; i < values.size(); i++) {
            double x = 100.0 * i / Math.max(1, values.size() - 1);
            double y = HEIGHT - 1 - (HEIGHT - 3) * values.get(i) / Math.max(top, 1e-9);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : "L", x, y));
        }
        return new Markup(
                """
                <div class="sparkbox" style="color:var(%s)"><svg class="spark" viewBox="0 0 100 22" \
                preserveAspectRatio="none" aria-hidden="true"><path class="f" d="%sL100 22L0 22Z"/>\
                <path d="%s"/></svg></div>\
                """
                        .formatted(colour, path, path));
    }
}
