package io.xwasm.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyEncryptionTest {
    @TempDir Path folder;

    @Test
    void a_wrapped_key_comes_back_after_a_restart() throws Exception {
        var store = new MemoryBackupStore();
        var key = DataKey.generate();
        var file = folder.resolve("secrets/keyset.json");
        KeyEncryption.openOrCreate(file).store(key, "b-1", store);

        var again = KeyEncryption.openOrCreate(file).load("b-1", store);

        assertThat(again.toText()).isEqualTo(key.toText());
        assertThat(store.objects).containsOnlyKeys("b-1/key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**/.writing-*");
    }

    @Test
    void a_data_key_travels_as_text_and_never_shows_itself() throws Exception {
        var key = DataKey.generate();
        var sealed = key.seal(new byte[] {1, 2}, new byte[] {3});
        assertThat(DataKey.parse(key.toText()).open(sealed, new byte[] {3})).containsExactly(1, 2);
        assertThat(key.toString()).doesNotContain(key.toText());
        assertThatThrownBy(() -> DataKey.parse("c2VjcmV0"))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void a_missing_keyset_file_is_named_and_not_replaced() {
        var file = folder.resolve("gone.json");
        assertThatThrownBy(() -> KeyEncryption.open(file))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageStartingWith("the keyset file " + file + " is missing");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_file_that_is_no_keyset_is_named_and_not_replaced() throws Exception {
        var file = Files.writeString(folder.resolve("bad.json"), "{\"key\": 1}");
        assertThatThrownBy(() -> KeyEncryption.openOrCreate(file))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining(file + " holds no Tink keyset");
        assertThatThrownBy(() -> KeyEncryption.open(folder))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining("cannot be read");
        assertThat(file).hasContent("{\"key\": 1}");
    }

    @Test
    void another_keyset_is_the_wrong_key_and_says_so() {
        var ours = KeyEncryption.openOrCreate(folder.resolve("ours.json"));
        var theirs = KeyEncryption.openOrCreate(folder.resolve("theirs.json"));
        var wrapped = ours.wrap(DataKey.generate(), "b-1");
        assertThatThrownBy(() -> theirs.unwrap(wrapped, "b-1"))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining("the key of backup b-1 was wrapped by key " + ours.keyId())
                .hasMessageContaining("theirs.json does not hold");
    }

    @Test
    void a_key_opens_only_for_its_own_backup_and_unchanged() {
        var keys = KeyEncryption.openOrCreate(folder.resolve("k.json"));
        var wrapped = keys.wrap(DataKey.generate(), "b-1");
        assertThatThrownBy(() -> keys.unwrap(wrapped, "b-2"))
                .isInstanceOf(KeyUnavailable.class)
                .hasMessageContaining("belongs to another backup");
        for (int i = 0; i < wrapped.length; i++) {
            var flipped = wrapped.clone();
            flipped[i] ^= 4;
            assertThatThrownBy(() -> keys.unwrap(flipped, "b-1"))
                    .isInstanceOf(KeyUnavailable.class)
                    .hasMessageContaining("b-1");
        }
        assertThatThrownBy(() -> keys.unwrap(new byte[0], "b-1"))
                .isInstanceOf(KeyUnavailable.class);
    }

    @Test
    void a_backup_without_its_key_is_damaged() {
        var keys = KeyEncryption.openOrCreate(folder.resolve("k.json"));
        assertThatThrownBy(() -> keys.load("b-1", new MemoryBackupStore()))
                .isInstanceOf(BackupDamaged.class)
                .hasMessageContaining("'b-1/key' is missing");
    }
}
