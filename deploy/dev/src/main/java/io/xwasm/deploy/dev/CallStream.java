package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.Receipt;

/** Calls of one sample contract that can go on for ever: nobody runs dry of anything. */
interface CallStream {
    /** What one call is, in the plural: {@code swaps}. */
    String unit();

    /**
     * Sends the n-th call, from 0, and waits for its receipt. Several are under way at once.
     *
     * @throws io.xwasm.deploy.cli.agent.CallRefused when it was not taken
     * @throws io.xwasm.deploy.cli.agent.NoAgentAnswers when nobody was there
     */
    Receipt call(long number);
}
