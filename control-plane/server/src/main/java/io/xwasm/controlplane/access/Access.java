package io.xwasm.controlplane.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Hash;
import io.xwasm.controlplane.access.SqlAccess.Token;
import io.xwasm.controlplane.api.AddUser;
import io.xwasm.controlplane.api.CreateToken;
import io.xwasm.controlplane.api.Login;
import io.xwasm.controlplane.api.Role;
import io.xwasm.controlplane.api.Session;
import io.xwasm.controlplane.api.TokenCreated;
import io.xwasm.controlplane.api.UserView;
import io.xwasm.controlplane.http.Doorkeeper;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Caller;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/** Lets people and programs in. */
public final class Access implements Doorkeeper {
    private static final Duration SESSION = Duration.ofHours(12);
    private static final Duration TOKEN = Duration.ofDays(90);
    private static final Duration LONGEST_TOKEN = Duration.ofDays(3650);
    private static final Duration KEPT_AFTER_END = Duration.ofDays(7);

    /** Last use is noted at most this often: a note is a write to disk. */
    private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final int PASSWORD_LENGTH = 10;

    private final Database database;
    private final InstantSource clock;
    private final LoginLimit limit = new LoginLimit();
    private final SecureRandom random = new SecureRandom();

    /** Compared against when the user does not exist, so that both answers take the same time. */
    private final String nobodysHash = Password4jHashing.hash("nobody has this password");

    public Access(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    boolean nobodyYet() {
        return database.read(SqlAccess::empty);
    }

    Session login(Login login) {
        var now = clock.instant();
        if (limit.reached(login.user(), now)) {
            throw Refusal.of(
                    ProblemKind.TOO_MANY_ATTEMPTS,
                    "there were too many wrong passwords for '%s': try again in a minute"
                            .formatted(login.user()));
        }
        var person = database.read(sql -> SqlAccess.person(sql, login.user()));
        var hash = person.map(SqlAccess.Person::passwordHash).orElse(nobodysHash);
        if (!Password4jHashing.matches(login.password(), hash) || person.isEmpty()) {
            limit.failed(login.user(), now);
            throw Refusal.of(
                    ProblemKind.WRONG_PASSWORD,
                    "there is no user '%s' with this password".formatted(login.user()));
        }
        limit.succeeded(login.user());
        var user = person.get();
        var token =
                new Token(
                        UUID.randomUUID().toString(),
                        "session",
                        user.name(),
                        user.name(),
                        user.role(),
                        now.plus(SESSION),
                        null,
                        false);
        var secret = mint("xs_");
        database.change(sql -> {
            SqlAccess.forgetSessions(sql, now.minus(KEPT_AFTER_END));
            SqlAccess.insertToken(sql, token, hash(secret), now);
            SqlAccess.used(sql, token, now);
        });
        return new Session(secret, user.name(), user.role(), token.expiresAt());
    }

    void logout(Caller caller) {
        database.change(sql -> {
            var _ = SqlAccess.revoke(sql, caller.token(), "session", clock.instant());
        });
    }

    /**
     * Who holds this bearer token.
     *
     * @throws Refusal when nobody does, or no longer
     */
    @Override
    public Caller authenticate(String bearer) {
        var now = clock.instant();
        var token =
                database.read(sql -> SqlAccess.tokenByHash(sql, hash(bearer)))
                        .orElseThrow(() ->
                                Refusal.of(
                                        ProblemKind.NOT_SIGNED_IN,
                                        "this token is not known here: sign in again"));
        if (token.revoked()) {
            throw Refusal.of(
                    ProblemKind.NOT_SIGNED_IN,
                    "the %s '%s' was taken back".formatted(kind(token), token.name()));
        }
        if (!now.isBefore(token.expiresAt())) {
            throw Refusal.of(
                    ProblemKind.EXPIRED_TOKEN,
                    "the %s '%s' expired at %s: sign in again, or create a new one"
                            .formatted(kind(token), token.name(), token.expiresAt()));
        }
        var last = token.lastUsedAt();
        if (last == null || last.plus(NOTED_EVERY).isBefore(now)) {
            database.change(sql -> SqlAccess.used(sql, token, now));
        }
        return new Caller(token.person(), nameOf(token), token.role(), token.id());
    }

    private static String nameOf(Token token) {
        return token.kind().equals("session")
                ? token.person()
                : "%s (token %s)".formatted(token.person(), token.name());
    }

    private static String kind(Token token) {
        return token.kind().equals("session") ? "session of" : "token";
    }

    UserView user(String name) {
        return database.read(sql -> SqlAccess.user(sql, name)).orElseThrow();
    }

    List<UserView> users(String after, int limit) {
        return database.read(sql -> SqlAccess.people(sql, after, limit));
    }

    UserView addUser(AddUser add) {
        Refusal.require(
                USER.matcher(add.name()).matches(),
                "'%s' is no user name: up to 64 letters, digits, dots, dashes, @ and _"
                        .formatted(add.name()));
        Refusal.require(
                !Actor.RESERVED.contains(add.name()),
                "'%s' is what the audit log calls somebody else: take another name"
                        .formatted(add.name()));
        Refusal.require(
                add.password().length() >= PASSWORD_LENGTH,
                "a password has at least %d characters".formatted(PASSWORD_LENGTH));
        var hash = Password4jHashing.hash(add.password());
        database.change(sql -> {
            if (SqlAccess.person(sql, add.name()).isPresent()) {
                throw Refusal.of(
                        ProblemKind.TAKEN, "there is already a user '%s'".formatted(add.name()));
            }
            SqlAccess.insertPerson(sql, add.name(), hash, add.role(), clock.instant());
        });
        return user(add.name());
    }

    List<SqlAccess.TokenRow> tokens(long before, int limit) {
        return database.read(sql -> SqlAccess.tokens(sql, before, limit));
    }

    TokenCreated createToken(String user, Role makersRole, CreateToken create) {
        Refusal.require(!create.name().isBlank(), "a token needs a name that says what it is for");
        var role = Objects.requireNonNullElse(create.role(), makersRole);
        Refusal.require(
                makersRole == Role.OPERATOR || role == Role.VIEWER,
                "a viewer cannot make an operator's token");
        var lifetime =
                create.expiresInSeconds() == null
                        ? TOKEN
                        : Duration.ofSeconds(create.expiresInSeconds());
        Refusal.require(
                lifetime.isPositive() && lifetime.compareTo(LONGEST_TOKEN) <= 0,
                "a token lives between one second and ten years, not %d seconds"
                        .formatted(lifetime.toSeconds()));
        var now = clock.instant();
        var secret = mint("xt_");
        var token = apiToken(user, create.name(), role, now.plus(lifetime));
        database.change(sql -> SqlAccess.insertToken(sql, token, hash(secret), now));
        return new TokenCreated(token.id(), secret, token.expiresAt());
    }

    void revokeToken(String id) {
        boolean found = database.write(sql -> SqlAccess.revoke(sql, id, "api", clock.instant()));
        if (!found) {
            throw Refusal.of(ProblemKind.UNKNOWN_TOKEN, "there is no token '%s'".formatted(id));
        }
    }

    /** The first operator and a token of theirs, both or neither. */
    String bootstrap(Sql sql, String user, String passwordHash) {
        var now = clock.instant();
        var secret = mint("xt_");
        SqlAccess.insertPerson(sql, user, passwordHash, Role.OPERATOR, now);
        var token = apiToken(user, "local tools", Role.OPERATOR, now.plus(LONGEST_TOKEN));
        SqlAccess.insertToken(sql, token, hash(secret), now);
        return secret;
    }

    private static Token apiToken(String user, String name, Role role, Instant expiresAt) {
        return new Token(
                UUID.randomUUID().toString(), "api", name, user, role, expiresAt, null, false);
    }

    private String mint(String prefix) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String secret) {
        return Hash.sha256(secret.getBytes(UTF_8)).toString();
    }
}
