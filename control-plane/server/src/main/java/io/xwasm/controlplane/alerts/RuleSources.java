package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.signals.Tally;
import java.time.Duration;
import java.util.List;

/** What rules are measured on, at one moment. */
public interface RuleSources {
    /**
     * What the calls of a contract did within the window.
     *
     * @param watched for how long its calls have been counted; a shorter time than the window does
     *     not tell how few they are
     */
    record ContractCalls(String contract, Tally calls, Duration watched) {}

    /**
     * @param down whether it has no link
     * @param silence since it was last heard
     */
    record NodeSilence(String node, boolean down, Duration silence) {}

    /** A group that has backups or a schedule, and the age of what it can go back to. */
    record BackupAge(String group, Duration age) {}

    List<ContractCalls> contracts(Duration window);

    List<NodeSilence> nodes();

    List<BackupAge> backups();
}
