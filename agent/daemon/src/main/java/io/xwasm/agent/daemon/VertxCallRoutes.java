package io.xwasm.agent.daemon;

import static io.xwasm.agent.daemon.VertxAnswers.body;
import static io.xwasm.agent.daemon.VertxAnswers.part;
import static io.xwasm.agent.daemon.VertxAnswers.refuse;
import static io.xwasm.agent.daemon.VertxAnswers.send;
import static io.xwasm.agent.daemon.VertxAnswers.sendElsewhere;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.xwasm.agent.ledger.replication.CommittedReads;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.ledger.replication.Submission;
import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.Signatures;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.agent.vm.Outcome;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What callers may ask an agent: {@code /v1/…}. Nothing here waits on the event loop. */
final class VertxCallRoutes {
    /** Of a request, in bytes. */
    static final long BODY_LIMIT = SignedCall.SIZE_LIMIT + 1_024L;

    private final Ledgers ledgers;
    private final VertxAnswers answers;

    VertxCallRoutes(Ledgers ledgers, VertxAnswers answers) {
        this.ledgers = ledgers;
        this.answers = answers;
    }

    void addTo(Router router) {
        router.post("/v1/calls").handler(this::submit);
        router.post("/v1/queries").handler(this::query);
        router.get("/v1/receipts/:hash").handler(this::receipt);
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
            refuse(request, VertxAnswers.unknownGroup(call.group()));
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
        answers.answer(request, onWorkerIfSlow(request, call, member), this::submitted);
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
        var member = answers.member(request, query.group());
        if (member != null) {
            answers.answer(
                    request,
                    member.reads().query(query.contract(), query.method(), arguments),
                    (to, found) -> send(to, 200, view(found)));
        }
    }

    private static QueryAnswer view(CommittedReads.Answer answer) {
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
        var member = answers.member(request, null);
        if (member != null) {
            answers.answer(
                    request,
                    member.reads().receipt(call),
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
}
