package io.xwasm.controlplane.access;

import io.xwasm.controlplane.api.AddUser;
import io.xwasm.controlplane.api.CreateToken;
import io.xwasm.controlplane.api.Login;
import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import java.util.List;
import java.util.Map;

/** Sessions, users and tokens over HTTP. */
public final class AccessRoutes {
    private final Access access;

    public AccessRoutes(Access access) {
        this.access = access;
    }

    public List<Route> routes() {
        return List.of(
                Route.open("POST", "/sessions", "sessions.login", this::login),
                Route.own("DELETE", "/sessions/current", "sessions.logout", this::logout),
                Route.get("/me", request -> Answer.ok(access.user(request.caller().user()))),
                Route.get("/users", this::users),
                Route.post("/users", "users.add", this::addUser),
                Route.get("/tokens", this::tokens),
                Route.post("/tokens", "tokens.create", this::createToken),
                Route.delete("/tokens/{id}", "tokens.revoke", this::revokeToken));
    }

    private Answer login(Request request) {
        var login = request.body(Login.class);
        request.about(login.user());
        return Answer.created(access.login(login));
    }

    private Answer logout(Request request) {
        request.about(request.caller().user());
        access.logout(request.caller());
        return Answer.nothing();
    }

    private Answer users(Request request) {
        var stretch = request.stretch();
        return Answer.page(
                access.users(stretch.textCursor(""), stretch.limit() + 1),
                stretch.limit(),
                user -> user.name());
    }

    private Answer addUser(Request request) {
        var add = request.body(AddUser.class);
        request.about(add.name());
        request.after(Map.of("name", add.name(), "role", add.role()));
        return Answer.created(access.addUser(add));
    }

    private Answer tokens(Request request) {
        var stretch = request.stretch();
        var rows = access.tokens(stretch.numberCursor(Long.MAX_VALUE), stretch.limit() + 1);
        return Answer.page(
                rows, stretch.limit(), row -> Long.toString(row.seq()), SqlAccess.TokenRow::view);
    }

    private Answer createToken(Request request) {
        var create = request.body(CreateToken.class);
        request.about(create.name());
        return Answer.created(
                access.createToken(request.caller().user(), request.caller().role(), create));
    }

    private Answer revokeToken(Request request) {
        request.about(request.path("id"));
        access.revokeToken(request.path("id"));
        return Answer.nothing();
    }
}
