/**
 * Contracts: the list, one with its versions and methods, and changing what it runs.
 *
 * <p>Upgrade and rollback are one panel: what the change means comes from the API's preview, the
 * confirmation asks for the name in production, and the steps run in the same place. Code is
 * uploaded or chosen in one way for upgrade and deployment. Tabs and panels are in the address, so
 * every state can be linked. Read {@link io.xwasm.console.contracts.ContractPage} first.
 */
@NullMarked
package io.xwasm.console.contracts;

import org.jspecify.annotations.NullMarked;
