package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Exchange.OWNER;
import static io.xwasm.agent.vm.Exchange.TRADER;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.abi.Method;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ProxyTest {
    private final Sandbox sandbox = new Sandbox();
    private final Exchange exchange = Exchange.behindProxy(sandbox);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void calls_reach_the_implementation_and_its_errors_come_back_as_they_are() {
        swap(100);

        assertThat(exchange.reserves()).isEqualTo("1100/3638");
        assertThat(sandbox.refused(TRADER, exchange.dex(), "swap", exchange.swapArguments(0, 0)))
                .extracting(Outcome.Failed::kind, Outcome.Failed::message)
                .containsExactly(FailureKind.VALIDATION, "amounts must be positive");
        assertThat(proxy("version").asString()).isEqualTo("1");
    }

    @Test
    void an_upgrade_migrates_the_state_and_keeps_it() {
        swap(100);

        var receipt = upgrade("dex-2");

        assertThat(receipt.get("version").asString()).isEqualTo("2");
        assertThat(receipt.get("kind").asString()).isEqualTo("upgrade");
        assertThat(exchange.reserves()).isEqualTo("1100/3638");
        swap(100);
        assertThat(poolState().get("trades").asString()).isEqualTo("1");
        assertThat(poolState().get("volume_a").asString()).isEqualTo("100");
    }

    @Test
    void a_rollback_keeps_what_was_written_since() {
        upgrade("dex-2");
        swap(100);

        var receipt = rollback(0);
        sandbox.speak(exchange.dex(), "dex");

        assertThat(receipt.get("version").asString()).isEqualTo("1");
        assertThat(receipt.get("kind").asString()).isEqualTo("rollback");
        assertThat(exchange.reserves()).isEqualTo("1100/3638");
        swap(100);
        assertThat(poolState().has("trades")).isFalse();
    }

    @Test
    void an_upgrade_after_a_rollback_gets_a_number_of_its_own_and_remembers_where_it_came_from() {
        upgrade("dex-2");
        rollback(1);
        var again = upgrade("dex-2");

        assertThat(again.get("version").asString()).isEqualTo("3");
        assertThat(
                        sandbox.refusedByProxy(
                                        OWNER,
                                        exchange.dex(),
                                        "rollback",
                                        "{\"target_version\": 2}")
                                .message())
                .isEqualTo("the version is not one that the current one came from");
        rollback(0);
        assertThat(proxy("version").asString()).isEqualTo("1");
        assertThat(kinds()).containsExactly("deploy", "upgrade", "rollback", "upgrade", "rollback");
    }

    @Test
    void a_rollback_over_several_versions_undoes_every_migration_between() {
        upgrade("dex-2");
        // The same schema again: migrate finds nothing to do, and nothing is undone for it.
        upgrade("dex-2");
        swap(100);

        rollback(1);
        sandbox.speak(exchange.dex(), "dex");

        assertThat(exchange.reserves()).isEqualTo("1100/3638");
        assertThat(proxy("implementation").asString()).isEqualTo(hashOf("dex").toString());
    }

    @Test
    void an_upgrade_whose_author_forgot_the_state_fails_its_calls_but_can_be_rolled_back() {
        upgrade("dex-2-unmigrated");

        var refused =
                sandbox.refused(TRADER, exchange.dex(), "swap", exchange.swapArguments(100, 1));
        assertThat(refused.kind()).isEqualTo(FailureKind.STATE);
        assertThat(refused.message())
                .isEqualTo("stored state has another form than this code expects");

        rollback(0);
        sandbox.speak(exchange.dex(), "dex");
        assertThat(exchange.reserves()).isEqualTo("1000/4000");
    }

    @Test
    void a_rollback_without_a_way_back_is_refused_with_the_reason_and_changes_nothing() {
        upgrade("probe");
        var before = sandbox.world().snapshot();

        var refused = sandbox.refusedByProxy(OWNER, exchange.dex(), "rollback", "[0]");

        assertThat(refused.kind()).isEqualTo(FailureKind.STATE);
        assertThat(refused.message())
                .isEqualTo(
                        "the code being left has no migrate_back, so its migration cannot be undone");
        assertThat(sandbox.world().snapshot()).isEqualTo(before);
    }

    @Test
    void code_without_a_migration_is_taken_only_without_migration_data() {
        assertThat(
                        sandbox.refusedByProxy(
                                        OWNER,
                                        exchange.dex(),
                                        "upgrade",
                                        upgradeArguments(sandbox.upload("token"), "00"))
                                .kind())
                .isEqualTo(FailureKind.VALIDATION);
        sandbox.callProxy(
                OWNER, exchange.dex(), "upgrade", upgradeArguments(sandbox.upload("token"), ""));
        rollback(0);
        assertThat(exchange.reserves()).isEqualTo("1000/4000");
    }

    @Test
    void unknown_code_is_refused() {
        var unknown = CodeHash.ofCode(new byte[] {1});

        assertThat(
                        sandbox.refusedByProxy(
                                        OWNER,
                                        exchange.dex(),
                                        "upgrade",
                                        upgradeArguments(unknown, ""))
                                .message())
                .startsWith("there is no such code");
    }

    @Test
    void code_that_this_node_compiled_but_the_ledger_does_not_hold_is_refused_all_the_same() {
        var compiledOnly = sandbox.vm().install(new HandMadeModule().method("x", 0).build()).hash();

        assertThat(
                        sandbox.refusedByProxy(
                                        OWNER,
                                        exchange.dex(),
                                        "upgrade",
                                        upgradeArguments(compiledOnly, ""))
                                .message())
                .startsWith("there is no such code");
    }

    @Test
    void code_with_a_method_that_the_proxy_would_answer_is_refused_by_name() {
        for (var own : new String[] {"owner", "history_page"}) {
            var hidden = new GuestModule().method(own, new GuestCode()).build();
            sandbox.vm().install(hidden);

            var refused =
                    sandbox.refusedByProxy(
                            OWNER,
                            exchange.dex(),
                            "upgrade",
                            upgradeArguments(sandbox.world().upload(hidden), ""));

            assertThat(refused)
                    .extracting(Outcome.Failed::kind, Outcome.Failed::message)
                    .containsExactly(
                            FailureKind.VALIDATION,
                            "the code has a method '%s', which the proxy answers itself: rename it"
                                    .formatted(own));
        }
        assertThat(proxy("version").asString()).isEqualTo("1");
    }

    @Test
    void no_shipped_contract_has_a_method_that_a_proxy_would_answer() {
        var own =
                sandbox.interfaceOf("proxy").contract().methods().stream()
                        .map(Method::name)
                        .filter(name -> !name.equals("init") && !name.equals("fallback"))
                        .toList();

        for (var shipped : ShippedContracts.names()) {
            if (!shipped.equals("proxy")) {
                var methods = sandbox.interfaceOf(shipped).contract().methods();
                assertThat(methods).extracting(Method::name).doesNotContainAnyElementsOf(own);
            }
        }
    }

    @Test
    void only_the_owner_upgrades_and_rolls_back() {
        var arguments = upgradeArguments(sandbox.upload("dex-2"), "");

        assertThat(sandbox.refusedByProxy(TRADER, exchange.dex(), "upgrade", arguments).kind())
                .isEqualTo(FailureKind.PERMISSION);
        assertThat(sandbox.refusedByProxy(TRADER, exchange.dex(), "rollback", "[0]").kind())
                .isEqualTo(FailureKind.PERMISSION);
    }

    @Test
    void nobody_runs_a_migration_or_init_by_calling_it_through_the_proxy() {
        upgrade("dex-2");

        for (var method : new String[] {"migrate", "migrate_back", "init"}) {
            var outcome =
                    sandbox.send(OWNER, exchange.dex(), method, new byte[] {}, 0, Sandbox.PLENTY);
            assertThat(Sandbox.failure(outcome).kind()).isEqualTo(FailureKind.PERMISSION);
        }
    }

    @Test
    void the_history_says_who_changed_what_and_when() {
        upgrade("dex-2");

        var records = proxy("history");

        assertThat(records.size()).isEqualTo(2);
        var last = records.get(1);
        assertThat(last.get("by").asString()).isEqualTo(OWNER.toString());
        assertThat(last.get("previous").asString()).isEqualTo(hashOf("dex").toString());
        assertThat(last.get("implementation").asString()).isEqualTo(hashOf("dex-2").toString());
        assertThat(Long.parseLong(last.get("time").asString())).isPositive();
        assertThat(last.get("call").asString()).hasSize(64).isNotEqualTo("0".repeat(64));
    }

    @Test
    void migrating_a_thousand_pools_fits_one_call() {
        for (int i = 0; i < 1000; i++) {
            sandbox.call(
                    OWNER,
                    exchange.dex(),
                    "create_pool",
                    "{\"pool\": \"pool-%d\", \"token_a\": \"%s\", \"token_b\": \"%s\"}"
                            .formatted(i, exchange.gold(), exchange.silver()));
        }

        upgrade("dex-2");
        rollback(0);

        sandbox.speak(exchange.dex(), "dex");
        assertThat(exchange.reserves()).isEqualTo("1000/4000");
    }

    private JsonNode upgrade(String to) {
        var receipt =
                sandbox.callProxy(
                        OWNER, exchange.dex(), "upgrade", upgradeArguments(sandbox.upload(to), ""));
        sandbox.speak(exchange.dex(), to);
        return receipt;
    }

    private JsonNode rollback(long target) {
        return sandbox.callProxy(
                OWNER, exchange.dex(), "rollback", "{\"target_version\": %d}".formatted(target));
    }

    private static String upgradeArguments(CodeHash code, String data) {
        return "{\"new_implementation\": \"%s\", \"migration_data\": \"%s\"}".formatted(code, data);
    }

    private JsonNode proxy(String method) {
        return sandbox.callProxy(TRADER, exchange.dex(), method, "");
    }

    private Iterable<String> kinds() {
        return StreamSupport.stream(proxy("history").spliterator(), false)
                .map(r -> r.get("kind").asString())
                .toList();
    }

    private CodeHash hashOf(String shipped) {
        return sandbox.upload(shipped);
    }

    private JsonNode poolState() {
        return sandbox.call(TRADER, exchange.dex(), "pool_state", "{\"pool\": \"main\"}");
    }

    private void swap(long amount) {
        sandbox.call(TRADER, exchange.dex(), "swap", exchange.swapArguments(amount, 1));
    }
}
