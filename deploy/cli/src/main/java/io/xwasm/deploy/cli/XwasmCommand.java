package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.deploy.cli.agent.Pause;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every command takes, and what all commands share. */
@Command(
        name = "xwasm",
        description = {
            "Operates a fleet of nodes that run WebAssembly smart contracts.",
            "",
            "The fleet is the one at --server, or at XWASM_SERVER, or the development fleet that runs on this machine."
        },
        mixinStandardHelpOptions = true,
        version = "xwasm 0.1.0",
        scope = ScopeType.INHERIT,
        usageHelpAutoWidth = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  xwasm dev                             start a fleet on this machine",
            "  xwasm status                          how it is",
            "  xwasm contracts call token transfer '{\"to\": \"…\", \"amount\": 5}'",
            "  xwasm --json groups show main         for scripts",
            "",
            "Exit codes: 0 done; 1 refused or failed; 2 typed wrong, nothing was sent; 3 nobody answered.",
            "With --json the answer is one JSON document on standard output; errors are one sentence on",
            "standard error, and with --json the API's problem on standard output as well."
        })
final class XwasmCommand {
    private final Terminal terminal;
    private final InstantSource clock;
    private final Pause pause;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Answer in JSON, as the API does.")
    private boolean json;

    @Option(
            names = "--server",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "The control plane, such as http://127.0.0.1:7400.")
    private @Nullable String server;

    @Option(
            names = "--token",
            scope = ScopeType.INHERIT,
            paramLabel = "TOKEN",
            description = "An API token; better in XWASM_TOKEN, where no process list shows it.")
    private @Nullable String token;

    private @Nullable ControlPlaneClient client;

    XwasmCommand(Terminal terminal, InstantSource clock, Pause pause) {
        this.terminal = terminal;
        this.clock = clock;
        this.pause = pause;
    }

    Terminal terminal() {
        return terminal;
    }

    Wording wording() {
        return new Wording(terminal);
    }

    Screen screen() {
        return new Screen(terminal, json);
    }

    InstantSource clock() {
        return clock;
    }

    Pause pause() {
        return pause;
    }

    ControlPlaneClient client() {
        if (client == null) {
            var address = FleetAddress.find(server, token, terminal.environment());
            client = new ControlPlaneClient(address.server(), address.token());
        }
        return client;
    }

    /** Whether a fleet was named, so that the one on this machine is not meant. */
    boolean serverNamed() {
        return server != null || terminal.environment().containsKey("XWASM_SERVER");
    }

    OperationFollower operations() {
        return new OperationFollower(this, client(), pause);
    }

    /** One sentence, where errors go. */
    void complain(String sentence) {
        terminal.err().println("xwasm: " + sentence);
        terminal.err().flush();
    }
}
