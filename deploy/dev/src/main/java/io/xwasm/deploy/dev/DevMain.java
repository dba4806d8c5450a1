package io.xwasm.deploy.dev;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.deploy.cli.agent.CallRefused;
import io.xwasm.deploy.cli.agent.NoAgentAnswers;
import java.io.Console;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine;

/** The supervisor's process. */
public final class DevMain {
    private static final int CANNOT = 1;
    private static final int USAGE = 2;

    private DevMain() {}

    public static void main(String[] args) {
        var out = new PrintWriter(System.out, true, UTF_8);
        var err = new PrintWriter(System.err, true, UTF_8);
        var command =
                new CommandLine(new DevCommand(out, err, terminal(), InstantSource.system()))
                        .setOut(out)
                        .setErr(err)
                        .setColorScheme(
                                CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                        .setParameterExceptionHandler((e, _) -> {
                            err.println("xwasm dev: " + e.getMessage());
                            return USAGE;
                        })
                        .setExecutionExceptionHandler((e, _, _) -> failed(e, err));
        System.exit(command.execute(args));
    }

    private static int failed(Exception e, PrintWriter err) {
        err.println("xwasm dev: " + e.getMessage());
        switch (e) {
            case CannotStart _, CallRefused _, NoAgentAnswers _ -> {}
            default -> e.printStackTrace(err);
        }
        return CANNOT;
    }

    // Releases of Java differ in whether there is a console without a terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean terminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}
