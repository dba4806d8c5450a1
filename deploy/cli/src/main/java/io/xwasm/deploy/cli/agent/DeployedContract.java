package io.xwasm.deploy.cli.agent;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.abi.ContractInterface;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says about a contract.
 *
 * @param name as deployed
 * @param address in its group
 * @param code that the address runs
 * @param implementation what a proxy delegates to, else null
 * @param contractInterface as callers see it
 * @param height of the block whose state answered
 */
public record DeployedContract(
        String name,
        Address address,
        CodeHash code,
        @Nullable CodeHash implementation,
        ContractInterface contractInterface,
        long height) {}
