package io.xwasm.controlplane.api;

import io.xwasm.agent.protocol.CodeHash;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Takes a contract to other code.
 *
 * @param code uploaded before
 * @param migration arguments of migrate
 */
public record UpgradeContract(CodeHash code, @Nullable JsonNode migration) {}
