package io.xwasm.agent.ledger.store;

import io.xwasm.agent.ledger.state.Change;
import io.xwasm.agent.protocol.Receipt;
import java.util.List;

/**
 * What executing a block led to.
 *
 * @param height of the block
 * @param changes of the state
 * @param receipts of its calls, in order
 * @param sumBefore the state root's sum before the block, kept with the undo set
 * @param sumAfter and after it
 */
public record Executed(
        long height,
        List<Change> changes,
        List<Receipt> receipts,
        byte[] sumBefore,
        byte[] sumAfter) {}
