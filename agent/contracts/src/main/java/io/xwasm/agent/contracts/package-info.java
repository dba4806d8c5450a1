/**
 * The contracts that come with the product, compiled.
 *
 * <p>Their sources are Rust and lie one folder each beside this module: token, dex, lending,
 * nft-market, game and supply-chain, a second version of each ({@code token-2}), which is version
 * 1's sources but for what it changes, and the proxy that leads from one to the other. {@code
 * build} compiles them, the same bytes every time, and writes {@code SHA256SUMS}. The modules are
 * committed, so building everything else needs no Rust. Modules that exist to be tested with
 * ({@code dex-2-unmigrated}, {@code probe}) are beside them. Read {@link
 * io.xwasm.agent.contracts.ShippedContracts}, then {@code agent/contract-sdk/ABI.md}.
 */
@NullMarked
package io.xwasm.agent.contracts;

import org.jspecify.annotations.NullMarked;
