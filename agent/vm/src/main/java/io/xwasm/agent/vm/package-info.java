/**
 * Runs contract code, the same way on every node.
 *
 * <p>{@link io.xwasm.agent.vm.ContractVm} takes a module in ({@code install}) and carries out one
 * call at a time against a {@link io.xwasm.agent.vm.World}, which the ledger supplies. A module is
 * checked first, function by function, then rewritten so that it counts its own gas and call depth,
 * then compiled to Java byte code. What a contract does wrong is a value ({@link
 * io.xwasm.agent.vm.Outcome.Failed}), never an exception, and leaves the world as it was. Read
 * {@link io.xwasm.agent.vm.ContractVm} first, then {@code ChicoryContractVm} and {@code
 * MeteredModule}; the binary interface that contracts see is written down in {@code
 * agent/contract-sdk/ABI.md}.
 */
@NullMarked
package io.xwasm.agent.vm;

import org.jspecify.annotations.NullMarked;
