package io.xwasm.agent.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ShippedContractsTest {
    @Test
    void every_module_is_the_one_that_was_built() throws Exception {
        var sums = Files.readAllLines(Path.of("SHA256SUMS"));

        assertThat(sums).hasSize(ShippedContracts.names().size() + 2);
        for (var line : sums) {
            var name = line.substring(line.lastIndexOf('/') + 1, line.lastIndexOf('.'));
            var digest = MessageDigest.getInstance("SHA-256").digest(ShippedContracts.code(name));
            assertThat(line).startsWith(HexFormat.of().formatHex(digest));
        }
    }

    @Test
    void modules_for_tests_are_no_contracts_to_deploy() {
        assertThat(ShippedContracts.names()).contains("token", "dex", "dex-2", "proxy");
        assertThat(ShippedContracts.names()).doesNotContain("probe", "dex-2-unmigrated");
    }

    @Test
    void a_name_that_is_not_shipped_is_refused_with_those_that_are() {
        assertThatThrownBy(() -> ShippedContracts.code("casino"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no contract 'casino' is shipped; there are [dex, dex-2, ");
    }
}
