package io.xwasm.agent.daemon;

import io.xwasm.agent.ledger.replication.CallObserver;
import io.xwasm.agent.ledger.replication.GroupEvents;
import io.xwasm.agent.ledger.replication.GroupMember;
import io.xwasm.agent.ledger.store.LedgerFolder;
import io.xwasm.agent.protocol.Genesis;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.MemberReport;
import io.xwasm.agent.vm.ContractVm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The groups whose ledgers this node keeps. */
final class Ledgers implements AutoCloseable {
    private final Path folder;
    private final ContractVm vm;
    private final GroupEvents events;
    private final CallObserver observer;
    private final InstantSource clock;
    private final Consumer<Throwable> fail;
    private final Map<GroupId, GroupMember> members = new ConcurrentHashMap<>();

    Ledgers(
            Path folder,
            ContractVm vm,
            GroupEvents events,
            CallObserver observer,
            InstantSource clock,
            Consumer<Throwable> fail) {
        this.folder = folder;
        this.vm = vm;
        this.events = events;
        this.observer = observer;
        this.clock = clock;
        this.fail = fail;
    }

    /** Opens every ledger that is on the disk. */
    void openAll() throws IOException {
        Files.createDirectories(folder);
        try (var folders = Files.list(folder)) {
            for (Path path : folders.filter(Ledgers::isInUse).toList()) {
                var opened = LedgerFolder.open(path);
                var genesis = opened.genesis();
                opened.close();
                host(genesis);
            }
        }
    }

    private static boolean isInUse(Path path) {
        var name = path.getFileName().toString();
        return LedgerFolder.exists(path)
                && !name.contains(".aside-")
                && !name.endsWith(".seeding")
                && !name.endsWith(".restoring");
    }

    /** Keeps this group's ledger from now on; an empty one is made where there is none. */
    synchronized GroupMember host(Genesis genesis) {
        var known = members.get(genesis.group());
        if (known != null) {
            return known;
        }
        var member =
                GroupMember.open(path(genesis.group()), genesis, vm, events, observer, clock, fail);
        members.put(genesis.group(), member);
        return member;
    }

    Path path(GroupId group) {
        return folder.resolve(group.value());
    }

    @Nullable GroupMember find(GroupId group) {
        return members.get(group);
    }

    Collection<GroupMember> all() {
        return members.values();
    }

    List<MemberReport> reports() {
        return members.values().stream().map(GroupMember::report).toList();
    }

    @Override
    public void close() {
        members.values().forEach(GroupMember::close);
    }
}
