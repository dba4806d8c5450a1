package io.xwasm.agent.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.agent.contracts.ShippedContracts;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The look at a module before a block deploys it. */
class CheckTest {
    private final ContractVm vm = new ChicoryContractVm();

    @AfterEach
    void close() {
        vm.close();
    }

    @Test
    void what_passes_is_installed_already() {
        var wasm = ShippedContracts.code("token");

        var checked = vm.check(wasm, Duration.ofMinutes(5));

        assertThat(vm.install(wasm)).isSameAs(checked);
    }

    @Test
    void what_is_refused_is_refused_in_the_same_words() {
        var wasm = new HandMadeModule().method("x", 513).build();

        assertThatThrownBy(() -> vm.check(wasm, Duration.ofMinutes(5)))
                .isInstanceOf(CodeRefused.class)
                .hasMessageContaining("513 variables, the limit is 512");
    }

    @Test
    void what_takes_too_long_is_refused_and_holds_nobody_up() {
        var wasm = ShippedContracts.code("dex");

        assertThatThrownBy(() -> vm.check(wasm, Duration.ZERO))
                .isInstanceOf(CodeRefused.class)
                .hasMessageContaining("took longer than 0 ms");
    }
}
