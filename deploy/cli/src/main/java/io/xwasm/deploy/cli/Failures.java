package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Json;
import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.RequestRefused;
import io.xwasm.deploy.cli.agent.CallRefused;
import io.xwasm.deploy.cli.agent.NoAgentAnswers;

/** Turns what went wrong into one sentence and an exit code. */
final class Failures {
    private final XwasmCommand xwasm;

    Failures(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    int exitCode(Exception e) {
        return switch (e) {
            case RequestRefused refused -> refused(refused);
            case CallRefused refused -> ending(refused, ExitCode.REFUSED);
            case ControlPlaneUnreachable unreachable -> ending(unreachable, ExitCode.UNREACHABLE);
            case NoAgentAnswers unreachable -> ending(unreachable, ExitCode.UNREACHABLE);
            case BadInput bad -> ending(bad, ExitCode.USAGE);
            default -> {
                xwasm.complain("this should not have happened: " + e);
                e.printStackTrace(xwasm.terminal().err());
                yield ExitCode.REFUSED;
            }
        };
    }

    private int refused(RequestRefused refused) {
        var problem = refused.problem();
        if (xwasm.screen().json()) {
            xwasm.terminal()
                    .out()
                    .println(
                            Json.MAPPER
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(problem));
        }
        xwasm.complain(problem.detail());
        if (problem.errors() != null) {
            problem.errors().forEach(error -> xwasm.terminal().err().println("  " + error));
        }
        return ExitCode.REFUSED;
    }

    private int ending(Exception e, int code) {
        xwasm.complain(String.valueOf(e.getMessage()));
        return code;
    }
}
