package io.xwasm.controlplane.contracts;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.Hash;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Row;
import io.xwasm.controlplane.metadata.Sql;
import io.xwasm.controlplane.problems.ProblemKind;
import io.xwasm.controlplane.problems.Refusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which contracts there are and what ran on them; entries are only ever added. */
public final class ContractHistory {
    static final String RESTORED = "restore";
    private static final String DEPLOYED = "deploy";

    private final Database database;

    public ContractHistory(Database database) {
        this.database = database;
    }

    /**
     * @param sequence place in the history, from 1
     * @param version that ran from then on
     * @param call that brought the version
     * @param height the call's block; of a restore, the block that the ledger went back to
     */
    record Entry(
            long sequence,
            long version,
            String kind,
            CodeHash code,
            @Nullable CodeHash previousCode,
            String label,
            String by,
            Instant at,
            Hash call,
            long height,
            @Nullable String operation) {}

    Optional<Contract> find(ContractName name) {
        return database.read(sql ->
                sql.first(
                        "SELECT * FROM contract WHERE name = ? AND gone_at IS NULL",
                        ContractHistory::contract,
                        name.value()));
    }

    /**
     * @throws Refusal when there is no such contract
     */
    Contract require(ContractName name) {
        return find(name)
                .orElseThrow(() ->
                        Refusal.of(
                                ProblemKind.UNKNOWN_CONTRACT,
                                "there is no contract '%s'".formatted(name)));
    }

    List<Contract> after(String name, int limit) {
        return database.read(sql ->
                sql.list(
                        "SELECT * FROM contract WHERE name > ? AND gone_at IS NULL"
                                + " ORDER BY name LIMIT ?",
                        ContractHistory::contract,
                        name,
                        limit));
    }

    /** A contract and where it lives. */
    public record Place(ContractName name, GroupId group, Address address, Instant deployedAt) {}

    public List<Place> all() {
        return after("", Integer.MAX_VALUE).stream()
                .map(c -> new Place(c.name(), c.group(), c.address(), c.deployedAt()))
                .toList();
    }

    public int count() {
        return Math.toIntExact(
                database.read(
                        sql -> sql.number("SELECT COUNT(*) FROM contract WHERE gone_at IS NULL")));
    }

    /** What it is now: the newest entry. */
    Entry running(ContractName name) {
        return entries(name, Long.MAX_VALUE, 1).getFirst();
    }

    /** Newest first, below a sequence. */
    List<Entry> entries(ContractName name, long below, int limit) {
        return database.read(sql ->
                sql.list(
                        "SELECT * FROM contract_version WHERE contract = ? AND sequence < ?"
                                + " ORDER BY sequence DESC LIMIT ?",
                        ContractHistory::entry,
                        name.value(),
                        below,
                        limit));
    }

    Optional<Entry> version(ContractName name, long version) {
        return standing(name).stream().filter(e -> e.version() == version).findFirst();
    }

    /**
     * The entries that the ledger knows too, newest first: not those of blocks that a restore took
     * away, nor those of a contract that had the name before.
     */
    List<Entry> standing(ContractName name) {
        var standing = new ArrayList<Entry>();
        long reach = Long.MAX_VALUE;
        for (var entry : entries(name, Long.MAX_VALUE, Integer.MAX_VALUE)) {
            if (entry.height() > reach) {
                continue;
            }
            standing.add(entry);
            if (entry.kind().equals(DEPLOYED)) {
                break;
            }
            if (entry.kind().equals(RESTORED)) {
                reach = entry.height();
            }
        }
        return standing;
    }

    /**
     * Adds the contract, or one of a free name again, and its first entry; nothing when both are
     * there.
     */
    void deployed(Contract contract, Entry first) {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "INSERT INTO contract"
                                    + " (name, group_id, address, deployed_by, deployed_at)"
                                    + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                                    + " group_id = excluded.group_id, address = excluded.address,"
                                    + " deployed_by = excluded.deployed_by,"
                                    + " deployed_at = excluded.deployed_at, gone_at = NULL"
                                    + " WHERE contract.gone_at IS NOT NULL",
                            contract.name().value(),
                            contract.group().value(),
                            contract.address().toString(),
                            contract.deployedBy(),
                            contract.deployedAt().toEpochMilli());
            append(sql, contract.name(), first);
        });
    }

    /** Every contract of a group that ever was, also those that are gone. */
    List<Contract> everOf(GroupId group) {
        return database.read(sql ->
                sql.list(
                        "SELECT * FROM contract WHERE group_id = ? ORDER BY name",
                        ContractHistory::contract,
                        group.value()));
    }

    /** The ledger does not have it any more; its entries stay. */
    void gone(ContractName name, Instant at) {
        database.change(sql -> {
            var _ =
                    sql.run(
                            "UPDATE contract SET gone_at = ? WHERE name = ? AND gone_at IS NULL",
                            at.toEpochMilli(),
                            name.value());
        });
    }

    /**
     * The ledger has it, at another change than the newest entry's or after it was gone.
     *
     * @param entry null when the newest entry is that of the ledger
     */
    void restored(ContractName name, @Nullable Entry entry) {
        database.change(sql -> {
            var _ = sql.run("UPDATE contract SET gone_at = NULL WHERE name = ?", name.value());
            if (entry != null) {
                append(sql, name, entry);
            }
        });
    }

    /** Adds an entry at the end; nothing when its call is there already. */
    void changed(ContractName name, Entry entry) {
        database.change(sql -> append(sql, name, entry));
    }

    private static void append(Sql sql, ContractName name, Entry entry) {
        long next =
                sql.number(
                                "SELECT MAX(sequence) FROM contract_version WHERE contract = ?",
                                name.value())
                        + 1;
        var previous = entry.previousCode();
        var _ =
                sql.run(
                        "INSERT INTO contract_version (contract, sequence, version, kind, code,"
                                + " previous_code, label, actor, at, call, height, operation)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT DO NOTHING",
                        name.value(),
                        next,
                        entry.version(),
                        entry.kind(),
                        entry.code().toString(),
                        previous == null ? null : previous.toString(),
                        entry.label(),
                        entry.by(),
                        entry.at().toEpochMilli(),
                        entry.call().toString(),
                        entry.height(),
                        entry.operation());
    }

    private static Contract contract(Row row) {
        return new Contract(
                new ContractName(row.text("name")),
                new GroupId(row.text("group_id")),
                Address.parse(row.text("address")),
                row.text("deployed_by"),
                row.time("deployed_at"));
    }

    private static Entry entry(Row row) {
        var previous = row.textOrNull("previous_code");
        return new Entry(
                row.number("sequence"),
                row.number("version"),
                row.text("kind"),
                CodeHash.parse(row.text("code")),
                previous == null ? null : CodeHash.parse(previous),
                row.text("label"),
                row.text("actor"),
                row.time("at"),
                Hash.parse(row.text("call")),
                row.number("height"),
                row.textOrNull("operation"));
    }
}
