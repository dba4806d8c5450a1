package io.xwasm.deploy.cli;

import io.xwasm.deploy.cli.project.NewProject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm contracts new}: no fleet is asked. */
@Command(
        name = "new",
        description = "Makes a new contract project that builds and is tested.",
        footer = {"  xwasm contracts new guest-book", "  xwasm contracts new shop --in src/shop"})
final class NewContractCommand implements Callable<Integer> {
    private final XwasmCommand xwasm;

    @Parameters(paramLabel = "NAME", description = "Of the contract.")
    private String name = "";

    @Option(
            names = "--in",
            paramLabel = "FOLDER",
            description = "Where (default: a folder of this name, here).")
    private @Nullable Path folder;

    NewContractCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Override
    public Integer call() throws IOException {
        var home =
                Objects.requireNonNull(
                        System.getProperty("xwasm.home"), "started by the distribution's xwasm");
        var target = folder == null ? Path.of(name) : folder;
        try {
            NewProject.create(name, target, Path.of(home).resolve("sdk"));
        } catch (IllegalArgumentException e) {
            throw new BadInput(String.valueOf(e.getMessage()), e);
        }
        xwasm.screen()
                .show(
                        Map.of("name", name, "folder", target.toString()),
                        lines ->
                                lines.line("%s holds a contract '%s'.".formatted(target, name))
                                        .line("")
                                        .line("  cd " + target)
                                        .line("  ./build --test          its native tests")
                                        .line("  ./build                 the module")
                                        .line(
                                                "  xwasm contracts test    its scenarios, in the real virtual machine"));
        return ExitCode.OK;
    }
}
