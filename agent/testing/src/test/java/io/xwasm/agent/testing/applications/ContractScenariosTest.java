package io.xwasm.agent.testing.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.testing.scenario.ScenarioFile;
import io.xwasm.agent.testing.scenario.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The workflows that lie beside the contracts, on the shipped modules. */
class ContractScenariosTest {
    private static final Path CONTRACTS = Path.of("..", "contracts");

    static List<Path> scenarios() throws IOException {
        try (var files = Files.walk(CONTRACTS, 3)) {
            var found =
                    files.filter(file -> file.toString().matches(".*/scenarios/[^/]*\\.yaml"))
                            .sorted()
                            .toList();
            assertThat(found).isNotEmpty();
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void every_step_does_what_the_scenario_says(Path scenario) throws IOException {
        var report =
                ScenarioRun.of(
                        ScenarioFile.read(scenario),
                        new ScenarioRun.Modules() {
                            @Override
                            public byte[] module(String code) {
                                return ShippedContracts.code(code);
                            }

                            @Override
                            public byte[] proxy() {
                                return ShippedContracts.code("proxy");
                            }
                        });

        assertThat(report.failure()).isNull();
    }
}
