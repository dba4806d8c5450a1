package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.ledger.state.CallExecutor;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.protocol.Configuration;
import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.vm.ContractVm;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A ledger while a member has it open.
 *
 * @param openedIn the epoch that was known when it was opened: the member must not act as primary
 *     in it (rule 9)
 */
record OpenLedger(LedgerFolder folder, Chain chain, Epoch openedIn) {
    /** Of a folder that no member has open. */
    static OpenLedger of(LedgerFolder folder, ContractVm vm) {
        return new OpenLedger(
                folder,
                new Chain(folder, new CallExecutor(vm, folder.genesis())),
                folder.configuration().map(Configuration::epoch).orElse(Epoch.NONE));
    }

    /**
     * Another ledger in a ledger's place.
     *
     * @param aside where the ledger before lies now
     */
    record Replaced(OpenLedger ledger, Path aside) {}

    /**
     * Closes this ledger, sets it aside, and opens the other one in its place.
     *
     * @param known kept in the other one too: a new life does not forget which epochs are over
     * @param stamp tells what is set aside from what was before
     */
    Replaced replacedBy(
            LedgerFolder whole, @Nullable Configuration known, ContractVm vm, String stamp) {
        if (known != null) {
            whole.keep(known);
        }
        var path = folder.path();
        var from = whole.path();
        whole.close();
        folder.close();
        var aside = LedgerFolder.setAside(path, stamp);
        LedgerFolder.putInPlace(from, path);
        var opened = of(LedgerFolder.open(path), vm);
        opened.chain.compileStored();
        return new Replaced(opened, aside);
    }
}
