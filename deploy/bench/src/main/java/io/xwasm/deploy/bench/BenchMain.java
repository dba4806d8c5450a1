package io.xwasm.deploy.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code xwasm bench NAME}. */
@Command(
        name = "xwasm bench",
        description = "Measures what the design promises, on a fleet of its own.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AlertsBench.class,
            CallsBench.class,
            FailoverBench.class,
            SwitchoverBench.class,
            VmBench.class
        })
public final class BenchMain implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    public static void main(String[] arguments) {
        var line =
                new CommandLine(new BenchMain())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .setExecutionExceptionHandler((e, command, _) -> {
                            command.getErr().println(e.getMessage());
                            return 1;
                        });
        System.exit(line.execute(arguments));
    }

    @Override
    public void run() {
        spec.commandLine().usage(System.out);
    }
}
