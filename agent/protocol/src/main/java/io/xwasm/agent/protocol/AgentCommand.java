package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * What the control plane tells an agent over its link. Each may be repeated: an agent does a thing
 * once.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "command")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AgentCommand.Host.class, name = "host"),
    @JsonSubTypes.Type(value = AgentCommand.Configure.class, name = "configure"),
    @JsonSubTypes.Type(value = AgentCommand.Request.class, name = "request"),
    @JsonSubTypes.Type(value = AgentCommand.Farewell.class, name = "farewell")
})
public sealed interface AgentCommand {
    /** Keep a ledger of this group: an empty one is made where there is none. */
    record Host(Genesis genesis) implements AgentCommand {}

    /** The newest configuration of a group that the agent hosts (protocol rule 24). */
    record Configure(Configuration configuration) implements AgentCommand {}

    /**
     * A question that wants an {@link AgentEvent.Answer}.
     *
     * @param id unique per link; the answer repeats it
     */
    record Request(String id, Ask ask) implements AgentCommand {}

    /**
     * The link is refused or closed for good; the agent says why in its log and tries again later.
     */
    record Farewell(String reason) implements AgentCommand {}
}
