package io.xwasm.controlplane.groups;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.controlplane.api.FailoverPolicy;
import io.xwasm.controlplane.api.Switchover;
import io.xwasm.controlplane.http.Answer;
import io.xwasm.controlplane.http.Request;
import io.xwasm.controlplane.http.Route;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.util.List;
import java.util.function.Function;

/** Nodes and groups over HTTP. */
public final class GroupRoutes {
    private final Groups groups;
    private final GroupViews views;
    private final NodeViews nodes;
    private final Takeover takeover;

    public GroupRoutes(Groups groups, GroupViews views, NodeViews nodes, Takeover takeover) {
        this.groups = groups;
        this.views = views;
        this.nodes = nodes;
        this.takeover = takeover;
    }

    public List<Route> routes() {
        return List.of(
                Route.get("/nodes", this::nodes),
                Route.get("/nodes/{node}", this::node),
                Route.get("/groups", this::groups),
                Route.get("/groups/{group}", this::group),
                Route.put("/groups/{group}/policy", "groups.set-policy", this::setPolicy),
                Route.post("/groups/{group}/switchover", "groups.switchover", this::switchover),
                Route.post("/groups/{group}/failover", "groups.failover", this::failover));
    }

    private Answer nodes(Request request) {
        return Answer.pageOf(nodes.all(), request.stretch(), view -> view.node().value());
    }

    private Answer node(Request request) {
        return Answer.ok(nodes.view(name(request, "node", NodeId::new, ProblemKind.UNKNOWN_NODE)));
    }

    private Answer groups(Request request) {
        return Answer.pageOf(views.all(), request.stretch(), view -> view.group().value());
    }

    private Answer group(Request request) {
        var view = views.view(id(request));
        return Answer.versioned(view, view.policy().version());
    }

    private Answer setPolicy(Request request) {
        var group = groups.group(id(request)).group();
        request.before(groups.policy(group));
        var set = groups.setPolicy(group, request.body(FailoverPolicy.class), request.ifMatch());
        request.after(set);
        return Answer.versioned(set, set.version());
    }

    private Answer switchover(Request request) {
        var group = groups.group(id(request)).group();
        return Answer.accepted(
                takeover.switchover(group, request.body(Switchover.class), request.actor()));
    }

    private Answer failover(Request request) {
        return Answer.accepted(
                takeover.failover(groups.group(id(request)).group(), request.actor()));
    }

    private static GroupId id(Request request) {
        return name(request, "group", GroupId::new, ProblemKind.UNKNOWN_GROUP);
    }

    /** What cannot even be a name names nothing. */
    private static <T> T name(
            Request request, String parameter, Function<String, T> make, ProblemKind unknown) {
        try {
            return make.apply(request.path(parameter));
        } catch (IllegalArgumentException e) {
            throw Refusal.of(unknown, String.valueOf(e.getMessage()));
        }
    }
}
