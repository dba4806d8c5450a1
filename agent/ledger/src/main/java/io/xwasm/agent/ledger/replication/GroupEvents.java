package io.xwasm.agent.ledger.replication;

import io.xwasm.agent.protocol.Epoch;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Incarnation;
import io.xwasm.agent.protocol.Member;

/**
 * What a group member has to tell the control plane at once. Each may be told again; none waits.
 */
public interface GroupEvents {
    void primaryLost(GroupId group, Epoch epoch, Incarnation primary, String why);

    void wantsRemoval(GroupId group, Epoch epoch, Incarnation member, String why);

    void wantsAddition(GroupId group, Epoch epoch, Member member);

    /** The primary thinks that it is at fault itself, and not its members (rule 15). */
    void wantsSwitchover(GroupId group, Epoch epoch, String why);

    void roleTaken(GroupId group, Epoch epoch, Incarnation primary, long height, long millis);

    /**
     * Something else about the member changed that the next heartbeat should not wait for, such as
     * its incarnation.
     */
    void changed(GroupId group);
}
