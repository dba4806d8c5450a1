package io.xwasm.console.look;

import static io.xwasm.console.look.Markup.div;
import static io.xwasm.console.look.Markup.span;

import com.vaadin.flow.component.html.Div;
import io.xwasm.controlplane.api.OperationView;
import io.xwasm.controlplane.api.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Calls, errors, latency and gas on one time axis, with what was done to the fleet.
 *
 * <p>Figures carry their exact value in {@code data-value}; they are the newest complete point of
 * the signals, but for the rate of calls, which is given.
 */
public final class SignalsCard extends Div {
    private static final long serialVersionUID = 1L;
    private static final int ROW = 84;

    /** The share of the chart's width that a label takes. */
    private static final double LABEL = 0.22;

    private static final String CHART = "golden-signals";

    private final Fragment head = Fragment.transparent();
    private final Fragment labels = new Fragment().as("labs");
    private final Fragment flags = new Fragment().as("flags");
    private final Chart chart = new Chart(CHART, 30 + 4 * ROW + 14);

    /**
     * @param subtitle what it covers
     */
    public SignalsCard(String subtitle) {
        addClassName("card");
        var plot = new Div(chart, flags);
        plot.addClassName("plot");
        var body = new Div(labels, plot);
        body.addClassName("sig");
        add(head, body);
        head.show(Panels.head("Golden signals", subtitle, Chart.tableToggle(CHART)));
    }

    public void show(Signals asked, double callsPerSecond, List<OperationView> operations) {
        var signals = complete(asked);
        labels.show(labels(signals, callsPerSecond));
        flags.show(flags(signals, operations));
        var percent = signals.errors().stream().map(e -> 100 * e).toList();
        chart.show(
                new Chart.Spec(
                        "rows",
                        description(signals, callsPerSecond),
                        signals.fromMillis(),
                        signals.stepMillis(),
                        signals.countedFromMillis(),
                        ROW,
                        List.of(
                                row(
                                        "",
                                        1,
                                        new Chart.Series(
                                                "calls/s", "--x-d1", true, signals.calls())),
                                row(
                                        " %",
                                        1,
                                        new Chart.Series("errors %", "--x-bad-dot", true, percent)),
                                new Chart.Row(
                                        "",
                                        Chart.roundAbove(1, signals.p99()),
                                        null,
                                        List.of(
                                                new Chart.Series(
                                                        "p50 ms", "--x-q1", false, signals.p50()),
                                                new Chart.Series(
                                                        "p95 ms", "--x-q2", false, signals.p95()),
                                                new Chart.Series(
                                                        "p99 ms", "--x-q3", false, signals.p99()))),
                                row(
                                        "",
                                        1000,
                                        new Chart.Series(
                                                "gas/s", "--x-d4", true, signals.gas())))));
    }

    /** Without the newest point, whose time is not over: it would always seem to fall. */
    static Signals complete(Signals signals) {
        return new Signals(
                signals.fromMillis(),
                signals.stepMillis(),
                signals.countedFromMillis(),
                butLast(signals.calls()),
                butLast(signals.errors()),
                butLast(signals.p50()),
                butLast(signals.p95()),
                butLast(signals.p99()),
                butLast(signals.gas()),
                signals.callsTotal(),
                signals.errorsTotal());
    }

    private static List<Double> butLast(List<Double> points) {
        return points.size() < 2 ? points : points.subList(0, points.size() - 1);
    }

    private static Chart.Row row(String unit, double floor, Chart.Series series) {
        return new Chart.Row(unit, Chart.roundAbove(floor, series.data()), null, List.of(series));
    }

    private static Markup labels(Signals signals, double calls) {
        double errors = last(signals.errors());
        double peak = signals.errors().stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return Markup.of(
                label(
                        0,
                        "Calls",
                        value("calls-per-second", calls, Figures.number(calls), "/s"),
                        div(
                                "d",
                                value(
                                        "calls-in-range",
                                        (double) signals.callsTotal(),
                                        Figures.count(signals.callsTotal()),
                                        ""),
                                " in 15 min")),
                label(
                        1,
                        "Errors",
                        value("error-percent", 100 * errors, Figures.number(100 * errors), "%"),
                        div("d", peak == 0 ? "none in 15 min" : "peak " + Figures.percent(peak))),
                label(
                        2,
                        "p99",
                        value(
                                "p99-millis",
                                last(signals.p99()),
                                Figures.number(last(signals.p99())),
                                "ms"),
                        div(
                                "d row",
                                key("--x-q1", "p50", "p50-millis", last(signals.p50())),
                                key("--x-q2", "p95", "p95-millis", last(signals.p95())))),
                label(
                        3,
                        "Gas",
                        value(
                                "gas-per-second",
                                last(signals.gas()),
                                Figures.compact(last(signals.gas())),
                                "/s"),
                        div(
                                "d",
                                calls > 0
                                        ? Figures.compact(last(signals.gas()) / calls) + " per call"
                                        : "")));
    }

    private static Markup label(int row, String name, Markup value, Markup below) {
        return div("lab l" + row, div("k", name), div("v", value), below)
                .with("style", "--i:" + row);
    }

    private static Markup value(String id, double exact, String shown, String unit) {
        return Markup.of(
                span("", shown).id(id).with("data-value", exactly(exact)),
                unit.isEmpty() ? null : Markup.tag("small", "", unit));
    }

    private static Markup key(String colour, String name, String id, double millis) {
        return span(
                        "key",
                        name + "\u00a0",
                        span("", Figures.number(Math.rint(millis * 10) / 10))
                                .id(id)
                                .with("data-value", exactly(millis)))
                .with("style", "--k:var(%s)".formatted(colour));
    }

    private static String exactly(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static double last(List<Double> values) {
        return values.isEmpty() ? 0 : values.getLast();
    }

    private static String description(Signals signals, double calls) {
        return "Calls, errors, latency and gas over the last 15 minutes: now %s calls per second, %s errors, p99 %s ms"
                .formatted(
                        Figures.number(calls),
                        Figures.percent(last(signals.errors())),
                        Figures.number(last(signals.p99())));
    }

    private static Markup flags(Signals signals, List<OperationView> operations) {
        double span = (double) signals.stepMillis() * Math.max(1, signals.calls().size() - 1);
        var flags = new ArrayList<Markup>();
        var taken = new ArrayList<Double>();
        for (var operation : operations) {
            double place = (operation.startedAt().toEpochMilli() - signals.fromMillis()) / span;
            if (OperationWords.changesTheFleet(operation) && place >= 0) {
                double middle = endsThere(place) ? place - LABEL / 2 : place + LABEL / 2;
                boolean room = taken.stream().noneMatch(m -> Math.abs(m - middle) < LABEL);
                if (room) {
                    taken.add(middle);
                }
                flags.add(flag(operation, place, room));
            }
        }
        return Markup.of(flags);
    }

    /** A label near the right edge stands to the left of its line. */
    private static boolean endsThere(double place) {
        return place > 0.75;
    }

    /**
     * @param room whether its words can be shown, or only its line
     */
    private static Markup flag(OperationView operation, double place, boolean room) {
        var tone = operation.kind().equals("failover") ? " bad" : "";
        var end = endsThere(place) ? " end" : "";
        var bare = room ? "" : " bare";
        return div(
                        "flag" + tone + end + bare,
                        Markup.link(
                                "chipflag",
                                "/operations/" + operation.id(),
                                Icons.icon(OperationWords.icon(operation), "s12"),
                                span("", OperationWords.brief(operation))))
                .with("style", String.format(Locale.ROOT, "left:%.2f%%", 100 * Math.min(1, place)));
    }
}
