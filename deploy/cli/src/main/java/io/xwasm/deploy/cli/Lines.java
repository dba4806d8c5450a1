package io.xwasm.deploy.cli;

import java.io.PrintWriter;
import java.util.List;

/** Text about one thing: sentences, and names with values under each other. */
final class Lines {
    private static final int NAME = 18;

    private final PrintWriter out;

    Lines(PrintWriter out) {
        this.out = out;
    }

    Lines line(String text) {
        out.println(text);
        return this;
    }

    Lines field(String name, Object value) {
        out.println(name + " ".repeat(Math.max(1, NAME - name.length())) + value);
        return this;
    }

    <T> Lines table(List<T> rows, Table<T> table) {
        out.println();
        table.print(rows, out);
        return this;
    }
}
