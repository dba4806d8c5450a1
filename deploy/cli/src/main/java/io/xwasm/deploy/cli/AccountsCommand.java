package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.FundAccount;
import io.xwasm.controlplane.api.Page;
import io.xwasm.deploy.cli.agent.AgentClient;
import io.xwasm.deploy.cli.agent.NoAgentAnswers;
import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code xwasm accounts}: keys on this machine, and their balances on a ledger. */
@Command(
        name = "accounts",
        description = "Makes, lists and funds the accounts that sign calls.",
        footer = {"  xwasm accounts new alice", "  xwasm accounts fund alice 1000000 --wait"})
final class AccountsCommand {
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f]{64}");

    private final XwasmCommand xwasm;

    AccountsCommand(XwasmCommand xwasm) {
        this.xwasm = xwasm;
    }

    /**
     * A key here and what a ledger says of it.
     *
     * @param balance null when no ledger could be asked
     */
    record LocalAccount(
            String name, Address address, @Nullable BigInteger balance, @Nullable Long nextNonce) {}

    @Command(
            name = "new",
            description = "Makes a key on this machine; its file is readable by you alone.",
            footer = {"  xwasm accounts new alice"})
    int create(@Parameters(paramLabel = "NAME", description = "Its name here.") String name) {
        var keys = keys();
        var account = new LocalAccount(name, keys.create(name).address(), null, null);
        xwasm.screen()
                .show(
                        account,
                        lines ->
                                lines.line("Account %s: %s".formatted(name, account.address()))
                                        .line("Its key is in %s.".formatted(keys.folder())));
        return ExitCode.OK;
    }

    @Command(
            name = "list",
            description = "Lists the accounts on this machine with their balances.",
            footer = {"  xwasm accounts list", "  xwasm accounts list --group main"})
    int list(
            @Option(names = "--group", paramLabel = "GROUP", description = "Whose ledger is asked.")
                    @Nullable GroupId group) {
        var keys = keys();
        var names = keys.names();
        Page<LocalAccount> accounts;
        if (names.isEmpty()) {
            accounts = new Page<>(List.of(), null);
        } else {
            try (var client = new Agents(xwasm).of(OnlyGroup.unless(group, xwasm.client()))) {
                accounts =
                        new Page<>(
                                names.stream().map(name -> asked(keys, name, client)).toList(),
                                null);
            }
        }
        xwasm.screen()
                .list(
                        accounts,
                        "There is no account here yet; make one with: xwasm accounts new NAME",
                        new Table<LocalAccount>()
                                .text("ACCOUNT", LocalAccount::name)
                                .number("BALANCE", account -> Wording.orNone(account.balance()))
                                .number("NONCE", account -> Wording.orNone(account.nextNonce()))
                                .text("ADDRESS", LocalAccount::address));
        return ExitCode.OK;
    }

    @Command(
            name = "fund",
            description = "Gives native balance to an account, from the fleet's own.",
            footer = {"  xwasm accounts fund alice 1000000 --wait"})
    int fund(
            @Parameters(
                            index = "0",
                            paramLabel = "ACCOUNT",
                            description = "An account here, or an address.")
                    String account,
            @Parameters(index = "1", paramLabel = "AMOUNT", description = "How much.")
                    BigInteger amount,
            @Option(names = "--group", paramLabel = "GROUP", description = "On whose ledger.")
                    @Nullable GroupId group,
            @Mixin Waiting waiting) {
        if (amount.signum() <= 0) {
            throw new BadInput("an amount is above 0, was " + amount);
        }
        var address =
                ADDRESS.matcher(account).matches()
                        ? Address.parse(account)
                        : keys().require(account).address();
        var client = xwasm.client();
        return xwasm.operations()
                .started(
                        client.fund(
                                OnlyGroup.unless(group, client), new FundAccount(address, amount)),
                        waiting.wait);
    }

    private Keystore keys() {
        return Keystore.of(xwasm.terminal().environment(), !xwasm.serverNamed());
    }

    private static LocalAccount asked(Keystore keys, String name, AgentClient client) {
        var address = keys.require(name).address();
        try {
            var state = client.account(address);
            return new LocalAccount(name, address, state.balance(), state.nextNonce());
        } catch (NoAgentAnswers _) {
            return new LocalAccount(name, address, null, null);
        }
    }
}
