package io.xwasm.agent.daemon;

import static io.xwasm.agent.daemon.VertxAnswers.part;
import static io.xwasm.agent.daemon.VertxAnswers.refuse;
import static io.xwasm.agent.daemon.VertxAnswers.send;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.abi.ContractInterface;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** What callers may look up: contracts, accounts, and how this node's ledger is. */
final class VertxStateRoutes {
    private final VertxAnswers answers;
    private final Contracts contracts;

    VertxStateRoutes(VertxAnswers answers, Contracts contracts) {
        this.answers = answers;
        this.contracts = contracts;
    }

    void addTo(Router router) {
        router.get("/v1/contracts/:name").handler(this::contract);
        router.get("/v1/accounts/:address").handler(this::account);
        router.get("/v1/ledger").handler(this::ledger);
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
        var member = answers.member(request, null);
        if (member != null) {
            answers.answer(
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
        var member = answers.member(request, null);
        if (member != null) {
            answers.answer(
                    request,
                    member.reads()
                            .state(state ->
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
        var member = answers.member(request, null);
        if (member != null) {
            send(request, 200, member.report());
        }
    }
}
