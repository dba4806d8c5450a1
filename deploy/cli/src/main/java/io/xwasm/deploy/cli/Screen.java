package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.Page;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.ObjectWriter;

/** Where answers go: for people as text, with {@code --json} as the API's views, one document. */
final class Screen {
    private static final ObjectWriter JSON = Json.MAPPER.writerWithDefaultPrettyPrinter();

    private final Terminal terminal;
    private final boolean json;

    Screen(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    boolean json() {
        return json;
    }

    /** One thing: as JSON, or as these lines. */
    void show(Object view, Consumer<Lines> asText) {
        if (json) {
            json(view);
        } else {
            asText.accept(new Lines(terminal.out()));
        }
        terminal.out().flush();
    }

    /** A stretch of a list, and how to get the next. */
    <T> void list(Page<T> page, String nothing, Table<T> table) {
        if (json) {
            json(page);
        } else if (page.items().isEmpty()) {
            terminal.out().println(nothing);
        } else {
            table.print(page.items(), terminal.out());
            if (page.next() != null) {
                terminal.err().println("There are more: --cursor " + page.next());
            }
        }
        terminal.out().flush();
        terminal.err().flush();
    }

    <T> void table(List<T> rows, Table<T> table) {
        table.print(rows, terminal.out());
    }

    /** A remark for people; nothing in JSON. */
    void say(String sentence) {
        if (!json) {
            terminal.out().println(sentence);
            terminal.out().flush();
        }
    }

    private void json(Object view) {
        terminal.out().println(JSON.writeValueAsString(view));
    }
}
