package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.deploy.cli.agent.Pause;
import java.time.InstantSource;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command line client. */
public final class XwasmMain {
    private XwasmMain() {}

    public static void main(String[] args) {
        var terminal = Terminal.ofProcess();
        System.exit(run(terminal, InstantSource.system(), Thread::sleep, args));
    }

    static int run(Terminal terminal, InstantSource clock, Pause pause, String... args) {
        var xwasm = new XwasmCommand(terminal, clock, pause);
        int code = commandLine(xwasm).execute(args);
        terminal.out().flush();
        terminal.err().flush();
        return code;
    }

    static CommandLine commandLine(XwasmCommand xwasm) {
        var failures = new Failures(xwasm);
        var rules = new CommandLine(new AlertRulesCommand(xwasm));
        return new CommandLine(xwasm)
                .addSubcommand(new StatusCommand(xwasm))
                .addSubcommand(new NodesCommand(xwasm))
                .addSubcommand(new GroupsCommand(xwasm))
                .addSubcommand(
                        new CommandLine(new ContractsCommand(xwasm))
                                .addSubcommand(new CallCommand(xwasm))
                                .addSubcommand(new QueryCommand(xwasm))
                                .addSubcommand(new NewContractCommand(xwasm))
                                .addSubcommand(new TestContractsCommand(xwasm)))
                .addSubcommand(new AccountsCommand(xwasm))
                .addSubcommand(new BackupsCommand(xwasm))
                .addSubcommand(new FailoverCommand(xwasm))
                .addSubcommand(new CommandLine(new AlertsCommand(xwasm)).addSubcommand(rules))
                .addSubcommand(new OperationsCommand(xwasm))
                .addSubcommand(new UsersCommand(xwasm))
                .addSubcommand(new TokensCommand(xwasm))
                .addSubcommand(new AuditCommand(xwasm))
                .registerConverter(NodeId.class, named(NodeId::new))
                .registerConverter(GroupId.class, named(GroupId::new))
                .registerConverter(ContractName.class, named(ContractName::new))
                .registerConverter(Address.class, named(Address::parse))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(
                        Help.defaultColorScheme(
                                xwasm.terminal().colour() ? Help.Ansi.ON : Help.Ansi.OFF))
                .setOut(xwasm.terminal().out())
                .setErr(xwasm.terminal().err())
                .setParameterExceptionHandler(XwasmMain::typedWrong)
                .setExecutionExceptionHandler((e, _, _) -> failures.exitCode(e));
    }

    private static int typedWrong(ParameterException e, String[] args) {
        var command = e.getCommandLine();
        command.getErr()
                .println(
                        "xwasm: %s (see: %s --help)"
                                .formatted(
                                        e.getMessage(), command.getCommandSpec().qualifiedName()));
        return ExitCode.USAGE;
    }

    /** The records' own sentences say what is wrong with a name. */
    private static <T> CommandLine.ITypeConverter<T> named(Function<String, T> parse) {
        return text -> {
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        };
    }
}
