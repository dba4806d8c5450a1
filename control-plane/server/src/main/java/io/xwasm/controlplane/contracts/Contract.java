package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import java.time.Instant;

/** A deployed contract. */
record Contract(
        ContractName name, GroupId group, Address address, String deployedBy, Instant deployedAt) {}
