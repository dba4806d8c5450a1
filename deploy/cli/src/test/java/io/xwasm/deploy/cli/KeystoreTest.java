package io.xwasm.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeystoreTest {
    @TempDir Path folder;

    @Test
    void a_key_is_kept_for_its_owner_alone_and_never_overwritten() throws Exception {
        var keys = new Keystore(folder.resolve("keys"));
        var key = keys.create("alice");
        assertThat(keys.require("alice").address()).isEqualTo(key.address());
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("keys/alice.key"))))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> keys.create("alice"))
                .hasMessage("there is an account 'alice' already");
        assertThat(keys.require("alice").address()).isEqualTo(key.address());
    }

    @Test
    void the_default_account_is_made_when_first_used_and_no_other() {
        var keys = new Keystore(folder);
        assertThat(keys.names()).isEmpty();
        var made = keys.require(Keystore.DEFAULT);
        assertThat(keys.require(Keystore.DEFAULT).address()).isEqualTo(made.address());
        assertThat(keys.names()).containsExactly("default");
        assertThatThrownBy(() -> keys.require("bob"))
                .hasMessageContaining("there is no account 'bob' here");
    }

    @Test
    void a_name_cannot_lead_out_of_the_folder_and_a_broken_file_is_named() throws Exception {
        var keys = new Keystore(folder);
        assertThatThrownBy(() -> keys.create("../x")).isInstanceOf(BadInput.class);
        Files.writeString(folder.resolve("broken.key"), "abcd");
        assertThatThrownBy(() -> keys.require("broken"))
                .hasMessageContaining("broken.key cannot be read")
                .hasNoCause();
    }
}
