package io.xwasm.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columns_are_as_wide_as_their_widest_cell_and_colours_take_no_room() {
        var out = new StringWriter();
        new Table<String>()
                .text("A", word -> word)
                .number("LENGTH", String::length)
                .text("B", word -> "\u001b[31m" + word + "\u001b[0m")
                .text("", _ -> "x")
                .print(List.of("one", "three"), new PrintWriter(out, true));
        assertThat(out.toString().replaceAll("\u001b\\[[0-9]*m", ""))
                .isEqualTo(
                        """
                        A      LENGTH  B
                        one         3  one    x
                        three       5  three  x
                        """);
    }
}
