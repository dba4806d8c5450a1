package io.xwasm.deploy.cli;

import io.xwasm.controlplane.api.CreateToken;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.TokenView;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm tokens}. */
@Command(
        name = "tokens",
        description = "Makes and revokes API tokens.",
        footer = {
            "  xwasm tokens create ci --role viewer --expires 30d",
            "  xwasm tokens revoke ID"
        })
final class TokensCommand {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    private final XwasmCommand xwasm;

    TokensCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    @Command(
            name = "create",
            description = "Makes a token and shows it once.",
            footer = {
                "  xwasm tokens create ci --role viewer --expires 30d",
                "  xwasm tokens create laptop --json"
            })
    int create(
            @Parameters(paramLabel = "NAME", description = "What it is for.") String name,
            @Option(
                            names = "--role",
                            paramLabel = "viewer|operator",
                            description = "What it may do; else what you may.")
                    @Nullable Role role,
            @Option(
                            names = "--expires",
                            paramLabel = "TIME",
                            description = "After so many seconds, minutes, hours or days: 90d.")
                    @Nullable String expires) {
        var token = xwasm.client().createToken(new CreateToken(name, role, seconds(expires)));
        xwasm.screen()
                .show(
                        token,
                        lines ->
                                lines.line(token.token())
                                        .line(
                                                "Token %s, until %s. It is not shown again."
                                                        .formatted(
                                                                token.id(),
                                                                Wording.time(token.expiresAt()))));
        return ExitCode.OK;
    }

    @Command(
            name = "list",
            description = "Lists tokens, without their secrets.",
            footer = {"  xwasm tokens list"})
    int list(@Mixin Paging paging) {
        var table =
                new Table<TokenView>()
                        .text("TOKEN", TokenView::id)
                        .text("NAME", TokenView::name)
                        .text("USER", TokenView::user)
                        .text("ROLE", token -> UsersCommand.role(token.role()))
                        .text("EXPIRES", token -> Wording.time(token.expiresAt()))
                        .text("LAST USED", token -> Wording.time(token.lastUsedAt()))
                        .text("", token -> token.revoked() ? "revoked" : "");
        xwasm.screen()
                .list(
                        xwasm.client().tokens(paging.cursor, paging.limit),
                        "There is no token.",
                        table);
        return ExitCode.OK;
    }

    @Command(
            name = "revoke",
            description = "Takes a token back; it is refused from then on.",
            footer = {"  xwasm tokens revoke ID"})
    int revoke(@Parameters(paramLabel = "ID", description = "Its id.") String id) {
        xwasm.client().revokeToken(id);
        xwasm.screen()
                .show(
                        Map.of("id", id, "revoked", true),
                        lines -> lines.line("Token %s is revoked.".formatted(id)));
        return ExitCode.OK;
    }

    private static @Nullable Long seconds(@Nullable String text) {
        if (text == null) {
            return null;
        }
        var match = DURATION.matcher(text);
        if (!match.matches()) {
            throw new BadInput("'%s' is no time: write 3600s, 60m, 24h or 90d".formatted(text));
        }
        var unit =
                switch (match.group(2)) {
                    case "s" -> TimeUnit.SECONDS;
                    case "m" -> TimeUnit.MINUTES;
                    case "h" -> TimeUnit.HOURS;
                    default -> TimeUnit.DAYS;
                };
        return unit.toSeconds(Long.parseLong(match.group(1)));
    }
}
