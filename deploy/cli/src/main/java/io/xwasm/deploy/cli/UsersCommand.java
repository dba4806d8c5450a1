package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.AddUser;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.UserView;
import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm users}. */
@Command(
        name = "users",
        description = "Shows and adds the people who may sign in.",
        footer = {"  xwasm users list", "  xwasm users add ada --role viewer"})
final class UsersCommand {
    private final XwasmCommand xwasm;

    UsersCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "list",
            description = "Lists users.",
            footer = {"  xwasm users list"})
    int list(@Mixin Paging paging) {
        var table =
                new Table<UserView>()
                        .text("USER", UserView::name)
                        .text("ROLE", user -> role(user.role()))
                        .text("CREATED", user -> Wording.time(user.createdAt()))
                        .text("LAST SEEN", user -> Wording.time(user.lastSeenAt()));
        xwasm.screen()
                .list(
                        xwasm.client().users(paging.cursor, paging.limit),
                        "There is no user.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "add",
            description = {
                "Adds a user. The password is asked for, or read as one line from standard input:",
                "never from the command line, which others on this machine can read."
            },
            footer = {
                "  xwasm users add ada --role viewer",
                "  xwasm users add ada --role operator < password-file"
            })
    int add(
            @Parameters(paramLabel = "NAME", description = "Unique.") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "viewer|operator",
                            description = "A viewer sees everything, an operator changes things.")
                    Role role) {
        var user = xwasm.client().addUser(new AddUser(name, password(), role));
        xwasm.screen()
                .show(
                        user,
                        lines ->
                                lines.line(
                                        "User %s may sign in as %s."
                                                .formatted(user.name(), role(user.role()))));
        return ExitCode.OK;
    }

    static String role(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    private String password() {
        if (xwasm.terminal().interactive()) {
            var typed = Terminal.console().map(console -> console.readPassword("Password: "));
            return typed.map(String::new).orElse("");
        }
        try {
            var line = xwasm.terminal().in().readLine();
            if (line == null || line.isEmpty()) {
                throw new BadInput("no password came on standard input");
            }
            return line;
        } catch (IOException e) {
            throw new BadInput("the password could not be read from standard input", e);
        }
    }
}
