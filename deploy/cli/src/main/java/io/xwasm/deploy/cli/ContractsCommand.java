package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.Arg;
import io.xwasm.controlplane.api.ContractVersionView;
import io.xwasm.controlplane.api.ContractView;
import io.xwasm.controlplane.api.DeployContract;
import io.xwasm.controlplane.api.MethodView;
import io.xwasm.controlplane.api.RollbackContract;
import io.xwasm.controlplane.api.UpgradeContract;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm contracts}; {@link CallCommand} and {@link QueryCommand} are below it as well. */
@Command(
        name = "contracts",
        description = "Makes, tests, deploys, calls, upgrades and rolls back contracts.",
        footer = {
            "  xwasm contracts list",
            "  xwasm contracts deploy token --code token.wasm --init '{\"name\": \"Gold\"}' --wait",
            "  xwasm contracts upgrade dex --code dex-2.wasm --wait",
            "  xwasm contracts rollback dex --wait"
        })
final class ContractsCommand {
    private final XwasmCommand xwasm;

    ContractsCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "list",
            description = "Lists contracts.",
            footer = {"  xwasm contracts list", "  xwasm contracts list --json"})
    int list(@Mixin Paging paging) {
        var words = xwasm.wording();
        var table =
                new Table<ContractView>()
                        .text("CONTRACT", ContractView::name)
                        .text("GROUP", ContractView::group)
                        .number("VERSION", ContractView::version)
                        .text("CODE", contract -> contract.code().abbreviated())
                        .text("LABEL", ContractView::label)
                        .text("HEALTH", contract -> words.health(contract.health()))
                        .number("CALLS", contract -> Wording.rate(contract.callsPerSecond()))
                        .number("ERRORS", contract -> Wording.percent(contract.errorRatio()))
                        .text("CHANGED", contract -> Wording.time(contract.changedAt()));
        xwasm.screen()
                .list(
                        xwasm.client().contracts(paging.cursor, paging.limit),
                        "No contract is deployed.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "show",
            description = "Shows one contract and what can be called.",
            footer = {"  xwasm contracts show dex"})
    int show(@Parameters(paramLabel = "NAME", description = "Its name.") ContractName name) {
        var view = xwasm.client().contract(name);
        xwasm.screen().show(view, lines -> describe(view, lines));
        return ExitCode.OK;
    }

    @Command(
            name = "history",
            description = "Lists what ran, when, and who changed it; nothing is ever removed.",
            footer = {"  xwasm contracts history dex"})
    int history(
            @Parameters(paramLabel = "NAME", description = "Its name.") ContractName name,
            @Mixin Paging paging) {
        var table =
                new Table<ContractVersionView>()
                        .number("VERSION", ContractVersionView::version)
                        .text("", entry -> entry.running() ? "running" : "")
                        .text("KIND", ContractVersionView::kind)
                        .text("CODE", entry -> entry.code().abbreviated())
                        .text("LABEL", ContractVersionView::label)
                        .text("BY", ContractVersionView::by)
                        .text("AT", entry -> Wording.time(entry.at()))
                        .number("BLOCK", ContractVersionView::height)
                        .text("CALL", entry -> entry.call().abbreviated());
        xwasm.screen()
                .list(
                        xwasm.client().history(name, paging.cursor, paging.limit),
                        "%s has no history.".formatted(name),
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "deploy",
            description = "Deploys code behind a new proxy.",
            footer = {
                "  xwasm contracts deploy token --code token.wasm --init '{\"name\": \"Gold\"}' --wait",
                "  xwasm contracts deploy dex --code dex.wasm --init @dex.json"
            })
    int deploy(
            @Parameters(paramLabel = "NAME", description = "Unique in the fleet.")
                    ContractName name,
            @Option(
                            names = "--code",
                            required = true,
                            paramLabel = "FILE",
                            description = "The module, or the hash of one that was uploaded.")
                    String code,
            @Option(
                            names = "--init",
                            paramLabel = "JSON",
                            description = "Arguments of init by name, or @FILE.")
                    @Nullable String init,
            @Option(
                            names = "--group",
                            paramLabel = "GROUP",
                            description = "Where; needed when there are several groups.")
                    @Nullable GroupId group,
            @Mixin Waiting waiting) {
        var arguments = GivenFile.json(init, "arguments of init");
        var module = GivenFile.code(code);
        var client = xwasm.client();
        var where = OnlyGroup.unless(group, client);
        var hash = module.apply(client);
        return xwasm.operations()
                .started(
                        client.deploy(new DeployContract(name, where, hash, arguments)),
                        waiting.wait);
    }

    @Command(
            name = "upgrade",
            description = "Takes a contract to other code, on every node in the same block.",
            footer = {
                "  xwasm contracts upgrade dex --code dex-2.wasm --wait",
                "  xwasm contracts upgrade dex --code dex-2.wasm --migration '{\"batch\": 500}'"
            })
    int upgrade(
            @Parameters(paramLabel = "NAME", description = "Its name.") ContractName name,
            @Option(
                            names = "--code",
                            required = true,
                            paramLabel = "FILE",
                            description = "The module, or the hash of one that was uploaded.")
                    String code,
            @Option(
                            names = "--migration",
                            paramLabel = "JSON",
                            description = "Arguments of migrate by name, or @FILE.")
                    @Nullable String migration,
            @Mixin Waiting waiting) {
        var arguments = GivenFile.json(migration, "arguments of migrate");
        var module = GivenFile.code(code);
        var client = xwasm.client();
        var hash = module.apply(client);
        return xwasm.operations()
                .started(client.upgrade(name, new UpgradeContract(hash, arguments)), waiting.wait);
    }

    @Command(
            name = "rollback",
            description = "Takes a contract back; what was written since is kept.",
            footer = {
                "  xwasm contracts rollback dex --wait",
                "  xwasm contracts rollback dex --to 1"
            })
    int rollback(
            @Parameters(paramLabel = "NAME", description = "Its name.") ContractName name,
            @Option(
                            names = "--to",
                            paramLabel = "VERSION",
                            description = "The version to run afterwards; else the previous one.")
                    @Nullable Long to,
            @Mixin Waiting waiting) {
        return xwasm.operations()
                .started(xwasm.client().rollback(name, new RollbackContract(to)), waiting.wait);
    }

    private void describe(ContractView contract, Lines lines) {
        lines.line(
                        "%s is %s: %s"
                                .formatted(
                                        contract.name(),
                                        xwasm.wording().health(contract.health()),
                                        contract.sentence()))
                .field("group", contract.group())
                .field("address", contract.address())
                .field("version", "%d (%s)".formatted(contract.version(), contract.label()))
                .field(
                        "code",
                        "%s, %s".formatted(contract.code(), Wording.bytes(contract.codeSize())))
                .field("state schema", contract.stateSchema())
                .field(
                        "deployed",
                        "%s by %s"
                                .formatted(
                                        Wording.time(contract.deployedAt()), contract.deployedBy()))
                .field("changed", Wording.time(contract.changedAt()))
                .field(
                        "last minute",
                        "%s, %s errors, %.0f gas per call, p95 %.1f ms"
                                .formatted(
                                        Wording.rate(contract.callsPerSecond()),
                                        Wording.percent(contract.errorRatio()),
                                        contract.gasPerCall(),
                                        contract.p95Millis()))
                .table(
                        contract.methods(),
                        new Table<MethodView>()
                                .text("METHOD", ContractsCommand::signature)
                                .text("", method -> method.query() ? "query" : "")
                                .text("", method -> method.payable() ? "payable" : "")
                                .number("CALLS", method -> Wording.rate(method.callsPerSecond())));
    }

    private static String signature(MethodView method) {
        return method.args().stream()
                        .map(ContractsCommand::argument)
                        .collect(Collectors.joining(", ", method.name() + "(", ")"))
                + ("unit".equals(method.returns()) ? "" : ": " + method.returns());
    }

    private static String argument(Arg arg) {
        return arg.name() + ": " + arg.type();
    }
}
