package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What an agent tells the control plane over its link. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentEvent.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = AgentEvent.Heartbeat.class, name = "heartbeat"),
    @JsonSubTypes.Type(value = AgentEvent.PrimaryLost.class, name = "primary-lost"),
    @JsonSubTypes.Type(value = AgentEvent.WantsRemoval.class, name = "wants-removal"),
    @JsonSubTypes.Type(value = AgentEvent.WantsSwitchover.class, name = "wants-switchover"),
    @JsonSubTypes.Type(value = AgentEvent.WantsAddition.class, name = "wants-addition"),
    @JsonSubTypes.Type(value = AgentEvent.RoleTaken.class, name = "role-taken"),
    @JsonSubTypes.Type(value = AgentEvent.Measured.class, name = "measured"),
    @JsonSubTypes.Type(value = AgentEvent.Progress.class, name = "progress"),
    @JsonSubTypes.Type(value = AgentEvent.Answer.class, name = "answer")
})
public sealed interface AgentEvent {
    /** The first message on a link. */
    record Hello(
            NodeId node, String version, String replication, String api, List<MemberReport> groups)
            implements AgentEvent {}

    /** Each second. */
    record Heartbeat(NodeHealth health, List<MemberReport> groups) implements AgentEvent {}

    /**
     * A standby no longer hears the primary of this epoch: its connection closed, or a second
     * passed in silence.
     */
    record PrimaryLost(GroupId group, Epoch epoch, Incarnation primary, String why)
            implements AgentEvent {}

    /**
     * A primary thinks that it is at fault itself, and not its members (protocol rule 15).
     *
     * @param epoch the one that the primary knows
     */
    record WantsSwitchover(GroupId group, Epoch epoch, String why) implements AgentEvent {}

    /**
     * The primary of this epoch asks to shrink the in-sync set (protocol rule 15). It repeats
     * itself until the epoch rises.
     */
    record WantsRemoval(GroupId group, Epoch epoch, Incarnation member, String why)
            implements AgentEvent {}

    /**
     * The primary of this epoch asks to add a member that has caught up (protocol rule 14). It
     * repeats itself until the epoch rises.
     */
    record WantsAddition(GroupId group, Epoch epoch, Member member) implements AgentEvent {}

    /**
     * This member now serves as primary in this epoch: everything it held is committed.
     *
     * @param millis from the configuration's arrival to the first moment at which it could
     *     acknowledge
     */
    record RoleTaken(GroupId group, Epoch epoch, Incarnation primary, long height, long millis)
            implements AgentEvent {}

    /** What calls did since the last one, about each second. */
    record Measured(List<CallSample> calls) implements AgentEvent {}

    /** How far a long {@link Ask} is. */
    record Progress(String request, long done, long total, String sentence) implements AgentEvent {}

    /** Answers an {@link AgentCommand.Request}. */
    record Answer(String request, Reply reply) implements AgentEvent {}
}
