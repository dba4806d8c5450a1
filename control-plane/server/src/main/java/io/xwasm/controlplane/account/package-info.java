/**
 * The fleet's account: it owns the proxies and signs what operations do on a ledger.
 *
 * <p>Its key is made at the first start and lies sealed in the metadata. {@link
 * io.xwasm.controlplane.account.FleetAccount} hands out nonces from the metadata, each once; gaps
 * are allowed. A call is signed once and journaled before it is sent, because a second attempt must
 * be the same bytes: {@link io.xwasm.controlplane.account.FleetCalls} sends them until the fate of
 * the call is known. Read {@link io.xwasm.controlplane.account.FleetCalls} first.
 */
@NullMarked
package io.xwasm.controlplane.account;

import org.jspecify.annotations.NullMarked;
