package io.xwasm.agent.vm;

import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.abi.ContractInterface;

/** What is known of a module once it has been accepted. */
public record CodeDescription(
        CodeHash hash, int size, ContractInterface contractInterface, int compiledFunctions) {}
