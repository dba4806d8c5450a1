package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Deploys code behind a new proxy.
 *
 * @param name unique in the fleet
 * @param group where
 * @param code uploaded before
 * @param init arguments of init by name
 */
public record DeployContract(
        ContractName name, GroupId group, CodeHash code, @Nullable JsonNode init) {}
