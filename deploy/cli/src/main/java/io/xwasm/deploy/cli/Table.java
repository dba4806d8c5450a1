package io.xwasm.deploy.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Columns under headings, as wide as their widest cell.
 *
 * @param <T> what a row is made of
 */
final class Table<T> {
    private static final String GAP = "  ";
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9]*m");

    private final List<Column<T>> columns = new ArrayList<>();

    private record Column<T>(String heading, boolean number, Function<T, String> cell) {}

    Table<T> text(String heading, Function<T, ?> cell) {
        columns.add(new Column<>(heading, false, row -> String.valueOf(cell.apply(row))));
        return this;
    }

    /** Aligned to the right. */
    Table<T> number(String heading, Function<T, ?> cell) {
        columns.add(new Column<>(heading, true, row -> String.valueOf(cell.apply(row))));
        return this;
    }

    void print(List<T> rows, PrintWriter out) {
        var lines = new ArrayList<List<String>>();
        lines.add(columns.stream().map(Column::heading).toList());
        for (var row : rows) {
            lines.add(columns.stream().map(column -> column.cell().apply(row)).toList());
        }
        var widths = new int[columns.size()];
        for (var line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(line.get(i)));
            }
        }
        lines.forEach(line -> out.println(joined(line, widths)));
    }

    private String joined(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var cell = cells.get(i);
            var room = " ".repeat(widths[i] - width(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(columns.get(i).number() ? room + cell : cell + room);
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return COLOUR.matcher(cell).replaceAll("").length();
    }
}
