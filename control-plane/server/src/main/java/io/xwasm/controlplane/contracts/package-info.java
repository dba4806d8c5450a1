/**
 * Contracts: code by its hash, what runs where, and how it got there.
 *
 * <p>{@link io.xwasm.controlplane.contracts.CodeCatalogue} keeps uploaded modules with their
 * interface. Deploying, upgrading, rolling back and funding are operations in {@link
 * io.xwasm.controlplane.contracts.ContractKinds}: each signs a call of the fleet's account, sends
 * it until its fate is known, and copies what the chain's own history says into {@link
 * io.xwasm.controlplane.contracts.ContractHistory}, which is only ever added to. Previews say
 * beforehand what would change. Read {@link io.xwasm.controlplane.contracts.ContractKinds} first.
 */
@NullMarked
package io.xwasm.controlplane.contracts;

import org.jspecify.annotations.NullMarked;
