package io.xwasm.agent.testing.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioTest {
    @TempDir private Path folder;

    private static Path swap() throws URISyntaxException {
        return Path.of(Objects.requireNonNull(ScenarioTest.class.getResource("swap.yaml")).toURI());
    }

    private ScenarioRun.Report run(String yaml) throws IOException {
        var file = folder.resolve("scenario.yaml");
        Files.writeString(file, yaml);
        return ScenarioRun.of(ScenarioFile.read(file), new ShippedModules());
    }

    private static String withToken(String steps) {
        return """
        users: {alice: 10}
        contracts:
          token: {code: token, init: {name: T, symbol: T, decimals: 0, supply: 100, owner: $alice}}
        steps:
        """
                + steps.indent(2);
    }

    @Test
    void the_exchange_s_scenario_passes_with_the_right_numbers() throws Exception {
        var report = ScenarioRun.of(ScenarioFile.read(swap()), new ShippedModules());

        assertThat(report.failure()).isNull();
        assertThat(report.steps()).isEqualTo(report.scenario().steps().size());
        assertThat(report.gas().rows())
                .filteredOn(r -> r.method().equals("dex.swap"))
                .singleElement()
                .satisfies(r -> {
                    assertThat(r.calls()).isEqualTo(2);
                    assertThat(r.failed()).isEqualTo(1);
                    assertThat(r.most()).isGreaterThan(r.least());
                });
    }

    @Test
    void a_wrong_number_fails_with_its_place() throws Exception {
        var wrong = Files.readString(swap()).replace("reserve_b: 3638}}", "reserve_b: 3636}}");

        assertThat(run(wrong).failure())
                .isEqualTo("step 10: dex.pool_state → reserve_b is \"3638\" instead of 3636");
    }

    @Test
    void a_call_that_must_fail_and_does_not_fails_the_scenario() throws Exception {
        var report =
                run(
                        withToken(
                                "- {call: token.transfer, as: alice, arguments: [$alice, 1], fails: resources}"));

        assertThat(report.failure())
                .isEqualTo("step 1: token.transfer succeeded instead of failing with resources");
    }

    @Test
    void what_a_call_changed_is_told_by_key() throws Exception {
        var report = run(withToken("- {call: token.transfer, as: alice, arguments: [$bob, 30]}"));

        assertThat(report.failure()).isNull();
        assertThat(report.diffs())
                .singleElement()
                .satisfies(diff -> {
                    assertThat(diff.entries()).hasSize(2);
                    assertThat(diff.entries()).allMatch(e -> e.owner().equals("token"));
                    assertThat(diff.entries()).filteredOn(e -> e.before() == null).hasSize(1);
                });
    }

    @Test
    void arguments_that_do_not_fit_are_told() throws Exception {
        assertThat(
                        run(withToken(
                                        "- {call: token.transfer, as: alice, arguments: {too: $bob}}"))
                                .failure())
                .startsWith("step 1: ")
                .contains("transfer has no argument 'too'");
    }

    @Test
    void every_mistake_of_a_file_is_told_at_once() {
        var yaml =
                """
                users: {alice: lots}
                contract: {}
                steps:
                  - {call: token, as: alice}
                  - {travel: soon}
                  - {quarry: token.supply}
                """;

        assertThatThrownBy(() -> run(yaml))
                .isInstanceOf(BadScenario.class)
                .hasMessageContaining("unknown key 'contract'")
                .hasMessageContaining("users.alice: 'lots' is no whole number")
                .hasMessageContaining("step 1: 'token' is not CONTRACT.METHOD")
                .hasMessageContaining("step 2: 'soon' is no time")
                .hasMessageContaining("step 3 is not exactly one of");
    }
}
