package io.xwasm.agent.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.ledger.replication.NotPrimary;
import io.xwasm.agent.ledger.replication.Submission;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.Signatures;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.vm.Outcome;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What callers may ask an agent: {@code /v1/…}. Nothing here waits on the event loop. */
final class VertxCallRoutes {
    private static final Logger log = LoggerFactory.getLogger(VertxCallRoutes.class);
    private static final long BODY_LIMIT = SignedCall.SIZE_LIMIT + 1_024L;

    private final Ledgers ledgers;
    private final Contracts contracts;
    private final PrometheusMeterRegistry registry;
    private final LedgerMetrics gauges;
    private final Health health;

    VertxCallRoutes(
            Ledgers ledgers,
            Contracts contracts,
            PrometheusMeterRegistry registry,
            LedgerMetrics gauges,
            Health health) {
        this.ledgers = ledgers;
        this.contracts = contracts;
        this.registry = registry;
        this.gauges = gauges;
        this.health = health;
    }

    void addTo(Router router) {
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_LIMIT));
        router.post("/v1/calls").handler(this::submit);
        router.post("/v1/queries").handler(this::query);
        router.get("/v1/receipts/:hash").handler(this::receipt);
        router.get("/v1/contracts/:name").handler(this::contract);
        router.get("/v1/accounts/:address").handler(this::account);
        router.get("/v1/ledger").handler(this::ledger);
        router.get("/livez").handler(request -> request.response().end("alive\n"));
        router.get("/readyz").handler(this::ready);
        router.get("/metrics").handler(this::metrics);
        router.errorHandler(413, request -> refuse(request, tooLarge()));
        router.errorHandler(404, request -> refuse(request, unknownPath(request)));
        router.errorHandler(405, request -> refuse(request, wrongMethod(request)));
        router.errorHandler(500, request -> failed(request, request.failure()));
    }

    private static CallProblem tooLarge() {
        return CallProblem.of(
                413, "too_large", "a request has at most %d bytes".formatted(BODY_LIMIT));
    }

    private static CallProblem unknownPath(RoutingContext request) {
        return CallProblem.of(404, "unknown_path", "nothing is at " + request.request().path());
    }

    private static CallProblem wrongMethod(RoutingContext request) {
        return CallProblem.of(
                405,
                "wrong_method",
                "%s does not take %s"
                        .formatted(request.request().path(), request.request().method()));
    }

    private void submit(RoutingContext request) {
        SignedCall call;
        try {
            call = SignedCall.parse(body(request));
        } catch (MalformedMessage e) {
            refuse(request, CallProblem.of(400, "malformed_call", e.getMessage()));
            return;
        }
        var member = ledgers.find(call.group());
        if (member == null) {
            refuse(request, unknownGroup(call.group()));
            return;
        }
        if (!Signatures.verify(call)) {
            refuse(
                    request,
                    CallProblem.of(
                            403,
                            "wrong_signature",
                            "the signature is not that of account %s over this call"
                                    .formatted(call.sender())));
            return;
        }
        answer(request, onWorkerIfSlow(request, call, member), this::submitted);
    }

    /** Code is compiled before it is queued, which takes longer than an event loop may be held. */
    private static CompletableFuture<Submission> onWorkerIfSlow(
            RoutingContext request, SignedCall call, GroupMember member) {
        if (!call.contract().equals(Address.SYSTEM)) {
            return member.submit(call);
        }
        return request.vertx()
                .executeBlocking(() -> member.submit(call), false)
                .toCompletionStage()
                .toCompletableFuture()
                .thenCompose(submission -> submission);
    }

    private void submitted(RoutingContext request, Submission submission) {
        switch (submission) {
            case Submission.Acknowledged(var receipt) ->
                    send(request, 200, ReceiptView.of(receipt));
            case Submission.Refused(var kind, var message) ->
                    refuse(request, CallProblem.of(status(kind), kind, message));
            case Submission.Elsewhere(var primary, var message) ->
                    sendElsewhere(request, primary == null ? null : primary.api(), message);
        }
    }

    private static int status(String kind) {
        return switch (kind) {
            case "nonce_used" -> 409;
            case "busy" -> 503;
            default -> 422;
        };
    }

    private static void sendElsewhere(
            RoutingContext request, @Nullable String primary, String message) {
        if (primary == null) {
            request.response().putHeader("Retry-After", "1");
            refuse(request, CallProblem.of(503, "no_primary", message));
            return;
        }
        request.response().putHeader("Location", primary + request.request().uri());
        refuse(request, CallProblem.of(307, "not_primary", message).askInstead(primary));
    }

    /** What {@code /v1/queries} takes; arguments are hex. */
    private record Query(
            @Nullable GroupId group, Address contract, String method, String arguments) {}

    /** And what it gives; the result is hex. */
    private record QueryAnswer(
            String result, Receipt.@Nullable Failure failure, long gasUsed, long height) {}

    private void query(RoutingContext request) {
        Query query;
        byte[] arguments;
        try {
            query = Json.read(new String(body(request), UTF_8), Query.class);
            arguments = HexFormat.of().parseHex(query.arguments());
        } catch (MalformedMessage | IllegalArgumentException e) {
            refuse(request, CallProblem.of(400, "malformed_query", e.getMessage()));
            return;
        }
        var member = member(request, query.group());
        if (member != null) {
            answer(
                    request,
                    member.query(query.contract(), query.method(), arguments),
                    (to, found) -> send(to, 200, view(found)));
        }
    }

    private static QueryAnswer view(GroupMember.Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Returned(var result, _, var gas) ->
                    new QueryAnswer(HexFormat.of().formatHex(result), null, gas, answer.height());
            case Outcome.Failed failed ->
                    new QueryAnswer(
                            "", CallExecutor.failure(failed), failed.gasUsed(), answer.height());
        };
    }

    private void receipt(RoutingContext request) {
        Hash call;
        try {
            call = Hash.parse(part(request, "hash"));
        } catch (IllegalArgumentException e) {
            refuse(request, CallProblem.of(400, "malformed_hash", e.getMessage()));
            return;
        }
        var member = member(request, null);
        if (member != null) {
            answer(
                    request,
                    member.receipt(call),
                    (to, receipt) -> {
                        if (receipt == null) {
                            refuse(
                                    to,
                                    CallProblem.of(
                                            404,
                                            "unknown_call",
                                            "no committed call has the hash " + call));
                        } else {
                            send(to, 200, ReceiptView.of(receipt));
                        }
                    });
        }
    }

    private record ContractAnswer(
            String name,
            Address address,
            CodeHash code,
            @Nullable CodeHash implementation,
            @JsonProperty("interface") ContractInterface contractInterface,
            int codeSize,
            GroupId group,
            long height) {}

    private void contract(RoutingContext request) {
        String name;
        try {
            name = new ContractName(part(request, "name")).value();
        } catch (IllegalArgumentException e) {
            refuse(request, CallProblem.of(400, "malformed_name", e.getMessage()));
            return;
        }
        var member = member(request, null);
        if (member != null) {
            answer(
                    request,
                    contracts.find(member, Address.ofContract(member.group(), name)),
                    (to, found) ->
                            found.ifPresentOrElse(
                                    c -> send(to, 200, view(name, member.group(), c)),
                                    () ->
                                            refuse(
                                                    to,
                                                    CallProblem.of(
                                                            404,
                                                            "unknown_contract",
                                                            "no contract is named '%s'"
                                                                    .formatted(name)))));
        }
    }

    private static ContractAnswer view(String name, GroupId group, Contracts.Deployed found) {
        return new ContractAnswer(
                name,
                found.address(),
                found.code(),
                found.implementation(),
                found.contractInterface(),
                found.codeSize(),
                group,
                found.height());
    }

    private record AccountAnswer(
            Address address, BigInteger balance, long nextNonce, long height) {}

    private void account(RoutingContext request) {
        Address address;
        try {
            address = Address.parse(part(request, "address"));
        } catch (IllegalArgumentException e) {
            refuse(request, CallProblem.of(400, "malformed_address", e.getMessage()));
            return;
        }
        var member = member(request, null);
        if (member != null) {
            answer(
                    request,
                    member.readState(state ->
                            new AccountAnswer(
                                    address,
                                    state.balance(address),
                                    state.nextNonce(address),
                                    state.height())),
                    (to, account) -> send(to, 200, new AccountView(account)));
        }
    }

    /** Balances exceed what JSON numbers hold everywhere, so they travel as text. */
    private record AccountView(Address address, String balance, long nextNonce, long height) {
        AccountView(AccountAnswer account) {
            this(
                    account.address(),
                    account.balance().toString(),
                    account.nextNonce(),
                    account.height());
        }
    }

    private void ledger(RoutingContext request) {
        var member = member(request, null);
        if (member != null) {
            send(request, 200, member.report());
        }
    }

    private void ready(RoutingContext request) {
        if (health.selfTest() != null) {
            refuse(request, CallProblem.of(503, "self_test", health.selfTest()));
        } else {
            request.response().end("ready\n");
        }
    }

    private void metrics(RoutingContext request) {
        gauges.refresh();
        request.response()
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(registry.scrape());
    }

    /**
     * The member that a request is for; with several groups the query parameter {@code group} says
     * which.
     */
    private @Nullable GroupMember member(RoutingContext request, @Nullable GroupId named) {
        var group = named;
        var parameter = request.request().getParam("group");
        if (group == null && parameter != null) {
            try {
                group = new GroupId(parameter);
            } catch (IllegalArgumentException e) {
                refuse(request, CallProblem.of(400, "malformed_name", e.getMessage()));
                return null;
            }
        }
        if (group != null) {
            var member = ledgers.find(group);
            if (member == null) {
                refuse(request, unknownGroup(group));
            }
            return member;
        }
        var all = ledgers.all();
        if (all.size() != 1) {
            refuse(
                    request,
                    CallProblem.of(
                            all.isEmpty() ? 503 : 400,
                            all.isEmpty() ? "no_ledger" : "which_group",
                            all.isEmpty()
                                    ? "this node keeps no ledger yet"
                                    : "this node keeps several ledgers: name one with ?group="));
            return null;
        }
        return all.iterator().next();
    }

    private static CallProblem unknownGroup(GroupId group) {
        return CallProblem.of(
                404, "unknown_group", "this node keeps no ledger of group '%s'".formatted(group));
    }

    private interface Sender<T extends @Nullable Object> {
        void send(RoutingContext to, T found);
    }

    private <T extends @Nullable Object> void answer(
            RoutingContext request, CompletableFuture<T> future, Sender<T> sender) {
        Context context = request.vertx().getOrCreateContext();
        future.whenComplete((found, e) ->
                context.runOnContext(_ -> {
                    if (e == null) {
                        sender.send(request, found);
                    } else {
                        failed(request, e);
                    }
                }));
    }

    private void failed(RoutingContext request, @Nullable Throwable e) {
        var cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof NotPrimary) {
            sendElsewhere(request, primaryElsewhere(), "this member does not serve as primary");
            return;
        }
        log.warn("answering {}", request.request().uri(), cause);
        refuse(request, CallProblem.of(500, "failed", "the agent failed to answer; see its log"));
    }

    private @Nullable String primaryElsewhere() {
        for (GroupMember member : ledgers.all()) {
            var primary = member.primary();
            if (primary != null && !primary.incarnation().equals(member.incarnation())) {
                return primary.api();
            }
        }
        return null;
    }

    /** A part of the path, which is there when the route matched. */
    private static String part(RoutingContext request, String name) {
        return String.valueOf(request.pathParam(name));
    }

    private static byte[] body(RoutingContext request) {
        var buffer = request.body().buffer();
        return buffer == null ? new byte[0] : buffer.getBytes();
    }

    private static void send(RoutingContext request, int status, Object body) {
        end(request, status, "application/json", body);
    }

    private static void refuse(RoutingContext request, CallProblem problem) {
        end(request, problem.status(), "application/problem+json", problem);
    }

    private static void end(RoutingContext request, int status, String type, Object body) {
        var response = request.response();
        if (!response.ended() && !response.closed()) {
            response.setStatusCode(status)
                    .putHeader("Content-Type", type)
                    .end(Buffer.buffer(Json.MAPPER.writeValueAsBytes(body)));
        }
    }
}
