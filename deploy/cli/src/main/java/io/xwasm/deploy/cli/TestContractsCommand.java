package io.xwasm.deploy.cli;

import io.xwasm.agent.testing.runner.GasReport;
import io.xwasm.agent.testing.scenario.BadScenario;
import io.xwasm.agent.testing.scenario.ScenarioFile;
import io.xwasm.agent.testing.scenario.ScenarioRun;
import io.xwasm.deploy.cli.project.ModuleFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm contracts test}: no fleet is asked. */
@Command(
        name = "test",
        description = "Carries scenarios out on the real modules, in the real virtual machine.",
        footer = {
            "  xwasm contracts test                      all of ./scenarios",
            "  xwasm contracts test scenarios/swap.yaml --diff",
            "  xwasm contracts test --json"
        })
final class TestContractsCommand implements Callable<Integer> {
    private final XwasmCommand xwasm;

    @Parameters(
            arity = "0..*",
            paramLabel = "PATH",
            description = "Scenarios, or projects (default: this folder).")
    private List<Path> paths = List.of();

    @Option(names = "--diff", description = "Show what each call changed.")
    private boolean diff;

    TestContractsCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() throws IOException {
        var files = new ArrayList<Path>();
        for (var path : paths.isEmpty() ? List.of(Path.of("")) : paths) {
            files.addAll(scenarios(path));
        }
        var reports = new ArrayList<ScenarioRun.Report>();
        for (var file : files) {
            reports.add(run(file));
        }
        xwasm.screen().show(view(files, reports), lines -> describe(reports, lines));
        return reports.stream().allMatch(ScenarioRun.Report::passed)
                ? ExitCode.OK
                : ExitCode.REFUSED;
    }

    private static List<Path> scenarios(Path path) throws IOException {
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        var folder = path.resolve("scenarios");
        var searched = Files.isDirectory(folder) ? folder : path.resolve("");
        if (!Files.isDirectory(searched.toAbsolutePath())) {
            throw new BadInput("there is no '%s'".formatted(path));
        }
        try (Stream<Path> files = Files.list(searched.toAbsolutePath())) {
            var found = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
            if (found.isEmpty()) {
                throw new BadInput(
                        "there is no scenario (*.yaml) in %s".formatted(searched.toAbsolutePath()));
            }
            return found;
        }
    }

    private static ScenarioRun.Report run(Path file) throws IOException {
        try {
            var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
            return ScenarioRun.of(ScenarioFile.read(file), new ModuleFiles(folder));
        } catch (BadScenario e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
    }

    /** One scenario, as {@code --json} shows it. */
    private record ScenarioView(
            String file,
            String name,
            boolean passed,
            @Nullable String failure,
            int steps,
            List<GasReport.Row> gas) {}

    private static List<ScenarioView> view(List<Path> files, List<ScenarioRun.Report> reports) {
        var views = new ArrayList<ScenarioView>();
        for (int i = 0; i < reports.size(); i++) {
            var report = reports.get(i);
            views.add(
                    new ScenarioView(
                            files.get(i).toString(),
                            report.scenario().name(),
                            report.passed(),
                            report.failure(),
                            report.steps(),
                            report.gas().rows()));
        }
        return views;
    }

    private void describe(List<ScenarioRun.Report> reports, Lines lines) {
        var gas =
                new Table<GasReport.Row>()
                        .text("METHOD", GasReport.Row::method)
                        .number("CALLS", GasReport.Row::calls)
                        .number("FAILED", GasReport.Row::failed)
                        .number("LEAST GAS", row -> "%,d".formatted(row.least()))
                        .number("MEAN", row -> "%,d".formatted(row.mean()))
                        .number("MOST", row -> "%,d".formatted(row.most()));
        for (var report : reports) {
            lines.line(
                    report.passed()
                            ? "%s  %s, %d steps"
                                    .formatted(
                                            xwasm.terminal().green("passed"),
                                            report.scenario().name(),
                                            report.steps())
                            : "%s  %s: %s"
                                    .formatted(
                                            xwasm.terminal().red("FAILED"),
                                            report.scenario().name(),
                                            report.failure()));
            lines.table(report.gas().rows(), gas);
            if (diff) {
                report.diffs().forEach(d -> lines.line("").line(d.toString()));
            }
            lines.line("");
        }
    }
}
