package io.xwasm.agent.protocol;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Who leads a group and who holds its blocks: one row of the control plane's metadata (protocol
 * rule 2).
 *
 * <p>Every member fsyncs the newest one that it has seen before it acts on it, and refuses messages
 * of an older epoch (rule 3).
 *
 * @param group which group
 * @param metadata the incarnation of the metadata that this row comes from
 * @param epoch rises with every change of primary or in-sync set
 * @param primary may acknowledge calls in this epoch
 * @param members all that are known, in sync or not
 * @param inSync those that must hold a block before its calls are acknowledged; contains the
 *     primary
 * @param minimumSize below this many in sync, writes are refused
 * @param leaseVersion counts renewals of a lone primary's lease
 * @param version counts every change of the row, for compare-and-set
 */
public record Configuration(
        GroupId group,
        UUID metadata,
        Epoch epoch,
        Incarnation primary,
        List<Member> members,
        SortedSet<Incarnation> inSync,
        int minimumSize,
        long leaseVersion,
        long version) {
    public Configuration {
        members = List.copyOf(members);
        inSync = new TreeSet<>(inSync);
        if (!inSync.contains(primary)) {
            throw new MalformedMessage(
                    "the configuration of %s in epoch %s names a primary that is not in sync: %s"
                            .formatted(group, epoch, primary));
        }
        if (minimumSize < 1) {
            throw new MalformedMessage("a minimum size is at least 1, was " + minimumSize);
        }
    }

    public Optional<Member> member(Incarnation incarnation) {
        return members.stream().filter(m -> m.incarnation().equals(incarnation)).findFirst();
    }

    public Optional<Member> memberOn(NodeId node) {
        return members.stream().filter(m -> m.node().equals(node)).findFirst();
    }

    @JsonIgnore
    public Member primaryMember() {
        return member(primary)
                .orElseThrow(() ->
                        new MalformedMessage(
                                "the configuration of %s in epoch %s does not list its primary"
                                        .formatted(group, epoch)));
    }

    public boolean isInSync(Incarnation incarnation) {
        return inSync.contains(incarnation);
    }

    /** In sync and not the primary, in a stable order. */
    @JsonIgnore
    public List<Member> inSyncStandbys() {
        return members.stream()
                .filter(m -> inSync.contains(m.incarnation()) && !m.incarnation().equals(primary))
                .toList();
    }

    public boolean newerThan(Configuration other) {
        return version > other.version || other.epoch.olderThan(epoch);
    }
}
