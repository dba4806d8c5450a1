package io.xwasm.controlplane.account;

import io.xwasm.agent.protocol.AccountKey;
import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.agent.protocol.SignedCall;
import io.xwasm.controlplane.keys.Sealer;
import io.xwasm.controlplane.metadata.Database;
import io.xwasm.controlplane.metadata.Sql;
import java.math.BigInteger;
import java.time.Duration;
import java.time.InstantSource;

/** The key that owns the proxies. */
public final class FleetAccount {
    private static final String NAME = "fleet account";
    private static final long GAS_LIMIT = 10_000_000_000L;

    /** Within it, a call whose answer was lost can be sent again and is not executed twice. */
    static final Duration VALID = Duration.ofMinutes(2);

    private final Database database;
    private final AccountKey key;
    private final InstantSource clock;

    private FleetAccount(Database database, AccountKey key, InstantSource clock) {
        this.database = database;
        this.key = key;
        this.clock = clock;
    }

    /**
     * Reads the key, or makes it at the first start.
     *
     * @throws Sealer.CannotOpen when the keyset file is not the one that sealed it
     */
    public static FleetAccount open(Database database, Sealer sealer, InstantSource clock) {
        var fresh = sealer.seal(AccountKey.generate().secret(), NAME);
        var sealed = database.write(sql -> storedOrNew(sql, fresh));
        return new FleetAccount(database, AccountKey.of(sealer.open(sealed, NAME)), clock);
    }

    private static byte[] storedOrNew(Sql sql, byte[] fresh) {
        var stored =
                sql.first(
                        "SELECT sealed FROM secret WHERE name = ?",
                        row -> row.bytes("sealed"),
                        NAME);
        if (stored.isPresent()) {
            return stored.get();
        }
        var _ = sql.run("INSERT INTO secret (name, sealed) VALUES (?, ?)", NAME, fresh);
        return fresh;
    }

    public Address address() {
        return key.address();
    }

    /** Signs a call under a nonce that no other call of this group has. */
    public SignedCall sign(
            GroupId group, Address contract, String method, byte[] arguments, BigInteger value) {
        return SignedCall.sign(
                key,
                group,
                nextNonce(group),
                contract,
                method,
                arguments,
                value,
                GAS_LIMIT,
                clock.instant().plus(VALID).toEpochMilli());
    }

    private long nextNonce(GroupId group) {
        return database.write(sql -> {
            var _ =
                    sql.run(
                            "INSERT INTO account_nonce (group_id, next) VALUES (?, 1)"
                                    + " ON CONFLICT (group_id) DO UPDATE SET next = next + 1",
                            group.value());
            return sql.number("SELECT next FROM account_nonce WHERE group_id = ?", group.value())
                    - 1;
        });
    }
}
