package io.xwasm.controlplane.access;

import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.TokenView;
import io.xwasm.controlplane.api.UserView;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements behind {@link Access}. */
final class SqlAccess {
    private SqlAccess() {}

    record Person(String name, String passwordHash, Role role) {}

    record Token(
            String id,
            String kind,
            String name,
            String person,
            Role role,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            boolean revoked) {}

    static boolean empty(Sql sql) {
        return sql.number("SELECT COUNT(*) FROM person") == 0;
    }

    static Optional<Person> person(Sql sql, String name) {
        return sql.first(
                "SELECT name, password_hash, role FROM person WHERE name = ?",
                row -> new Person(row.text("name"), row.text("password_hash"), role(row)),
                name);
    }

    static void insertPerson(Sql sql, String name, String hash, Role role, Instant now) {
        var _ =
                sql.run(
                        "INSERT INTO person (name, password_hash, role, created_at)"
                                + " VALUES (?, ?, ?, ?)",
                        name,
                        hash,
                        text(role),
                        now.toEpochMilli());
    }

    static List<UserView> people(Sql sql, String after, int limit) {
        return sql.list(
                "SELECT * FROM person WHERE name > ? ORDER BY name LIMIT ?",
                row ->
                        new UserView(
                                row.text("name"),
                                role(row),
                                row.time("created_at"),
                                row.timeOrNull("last_seen_at")),
                after,
                limit);
    }

    static Optional<UserView> user(Sql sql, String name) {
        return sql.first(
                "SELECT * FROM person WHERE name = ?",
                row ->
                        new UserView(
                                row.text("name"),
                                role(row),
                                row.time("created_at"),
                                row.timeOrNull("last_seen_at")),
                name);
    }

    static void insertToken(Sql sql, Token token, String hash, Instant now) {
        var _ =
                sql.run(
                        "INSERT INTO access_token"
                                + " (id, kind, name, person, role, hash, created_at, expires_at)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        token.id(),
                        token.kind(),
                        token.name(),
                        token.person(),
                        text(token.role()),
                        hash,
                        now.toEpochMilli(),
                        token.expiresAt().toEpochMilli());
    }

    static Optional<Token> tokenByHash(Sql sql, String hash) {
        return sql.first("SELECT * FROM access_token WHERE hash = ?", SqlAccess::token, hash);
    }

    private static Token token(Row row) {
        return new Token(
                row.text("id"),
                row.text("kind"),
                row.text("name"),
                row.text("person"),
                role(row),
                row.time("expires_at"),
                row.timeOrNull("last_used_at"),
                row.timeOrNull("revoked_at") != null);
    }

    static void used(Sql sql, Token token, Instant now) {
        var _ =
                sql.run(
                        "UPDATE access_token SET last_used_at = ? WHERE id = ?",
                        now.toEpochMilli(),
                        token.id());
        var _ =
                sql.run(
                        "UPDATE person SET last_seen_at = ? WHERE name = ?",
                        now.toEpochMilli(),
                        token.person());
    }

    static boolean revoke(Sql sql, String id, String kind, Instant now) {
        return sql.run(
                        "UPDATE access_token SET revoked_at = COALESCE(revoked_at, ?)"
                                + " WHERE id = ? AND kind = ?",
                        now.toEpochMilli(),
                        id,
                        kind)
                == 1;
    }

    record TokenRow(long seq, TokenView view) {}

    static List<TokenRow> tokens(Sql sql, long before, int limit) {
        return sql.list(
                "SELECT * FROM access_token WHERE kind = 'api' AND seq < ?"
                        + " ORDER BY seq DESC LIMIT ?",
                row ->
                        new TokenRow(
                                row.number("seq"),
                                new TokenView(
                                        row.text("id"),
                                        row.text("name"),
                                        row.text("person"),
                                        role(row),
                                        row.time("created_at"),
                                        row.time("expires_at"),
                                        row.timeOrNull("last_used_at"),
                                        row.timeOrNull("revoked_at") != null)),
                before,
                limit);
    }

    static void forgetSessions(Sql sql, Instant endedBefore) {
        var _ =
                sql.run(
                        "DELETE FROM access_token WHERE kind = 'session' AND expires_at < ?",
                        endedBefore.toEpochMilli());
    }

    private static Role role(Row row) {
        return Role.valueOf(row.text("role").toUpperCase(Locale.ROOT));
    }

    private static String text(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
