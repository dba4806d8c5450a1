package io.xwasm.deploy.cli.agent;

import io.xwasm.agent.protocol.Receipt;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave.
 *
 * @param result Borsh, as the contract's interface says; empty when it failed
 * @param failure null when it succeeded
 * @param height of the committed block whose state answered
 */
public record QueryAnswer(
        byte[] result, Receipt.@Nullable Failure failure, long gasUsed, long height) {}
