package io.xwasm.agent.daemon;

import io.xwasm.agent.ledger.replication.CommittedState;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.abi.ContractInterface;
import io.xwasm.agent.vm.ContractVm;
import io.xwasm.agent.vm.Outcome;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is deployed at an address, seen through its proxy. */
final class Contracts {
    /** The name that a proxy's own interface has. */
    private static final String PROXY = "proxy";

    private static final String IMPLEMENTATION = "implementation";

    private final ContractVm vm;

    Contracts(ContractVm vm) {
        this.vm = vm;
    }

    /**
     * A deployed contract.
     *
     * @param code what the address runs
     * @param implementation what a proxy delegates to, else null
     * @param contractInterface that callers see: the implementation's behind a proxy
     * @param codeSize of the same, in bytes
     */
    record Deployed(
            Address address,
            CodeHash code,
            @Nullable CodeHash implementation,
            ContractInterface contractInterface,
            int codeSize,
            long height) {}

    /** Looks at the committed state, after a confirmation round; empty when nothing is there. */
    CompletableFuture<Optional<Deployed>> find(GroupMember member, Address address) {
        return member.reads()
                .<@Nullable Deployed>state(state -> {
                    var code = state.codeOf(address);
                    return code == null
                            ? null
                            : deployed(state, address, code, null, state.height());
                })
                .thenCompose(own ->
                        own != null && own.contractInterface().name().equals(PROXY)
                                ? throughProxy(member, own)
                                : CompletableFuture.completedFuture(Optional.ofNullable(own)));
    }

    private CompletableFuture<Optional<Deployed>> throughProxy(GroupMember member, Deployed proxy) {
        return member.reads()
                .query(proxy.address(), IMPLEMENTATION, new byte[0])
                .thenCompose(answer -> {
                    if (!(answer.outcome() instanceof Outcome.Returned returned)) {
                        return CompletableFuture.completedFuture(Optional.empty());
                    }
                    var implementation = CodeHash.of(returned.result());
                    return member.reads()
                            .state(state ->
                                    Optional.of(
                                            deployed(
                                                    state,
                                                    proxy.address(),
                                                    proxy.code(),
                                                    implementation,
                                                    answer.height())));
                });
    }

    private Deployed deployed(
            CommittedState state,
            Address address,
            CodeHash code,
            @Nullable CodeHash implementation,
            long height) {
        var seen = implementation == null ? code : implementation;
        var bytes = state.code(seen);
        if (bytes == null) {
            throw new IllegalStateException("the state names code %s and lacks it".formatted(seen));
        }
        var description = vm.install(bytes);
        return new Deployed(
                address,
                code,
                implementation,
                description.contractInterface(),
                description.size(),
                height);
    }
}
