package io.xwasm.deploy.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * What the command was started with.
 *
 * @param out what was asked for
 * @param err everything else
 * @param in answers to questions
 * @param interactive whether a person is there to be asked
 * @param colour whether words may be coloured
 * @param environment variables
 */
record Terminal(
        PrintWriter out,
        PrintWriter err,
        BufferedReader in,
        boolean interactive,
        boolean colour,
        Map<String, String> environment) {
    /** Of this process. */
    static Terminal ofProcess() {
        boolean interactive = console().isPresent();
        var plain = System.getenv("NO_COLOR");
        return new Terminal(
                new PrintWriter(System.out, true, java.nio.charset.StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8),
                new BufferedReader(
                        new java.io.InputStreamReader(
                                System.in, java.nio.charset.StandardCharsets.UTF_8)),
                interactive,
                interactive && (plain == null || plain.isEmpty()),
                System.getenv());
    }

    /** Of this process, when a person sits at both ends of it. */
    // Releases of Java differ in whether there is a console without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String red(String text) {
        return paint("31", text);
    }

    private String paint(String colourCode, String text) {
        return colour ? "\u001b[" + colourCode + "m" + text + "\u001b[0m" : text;
    }
}
