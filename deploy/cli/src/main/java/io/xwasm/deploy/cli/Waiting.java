package io.xwasm.deploy.cli;

import picocli.CommandLine.Option;

/** Whether to stay until an operation has ended. */
final class Waiting {
    @Option(
            names = "--wait",
            description =
                    "Follow the operation to its end. Without it the command returns at once; either way the operation goes on by itself.")
    boolean wait;
}
