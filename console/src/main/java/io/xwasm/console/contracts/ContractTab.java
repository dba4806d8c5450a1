package io.xwasm.console.contracts;

import io.xwasm.controlplane.api.ContractView;

/** A tab that shows what the contract is like now. */
interface ContractTab {
    void refresh(ContractView contract);
}
