package io.xwasm.backup.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.xwasm.backup.store.AlreadyStored;
import io.xwasm.backup.store.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBackupStoreTest {
    @TempDir Path folder;

    @Test
    void what_was_put_is_there() {
        var store = new LocalBackupStore(folder.resolve("deep/er"));
        assertThat(store.list("b-1")).isEmpty();
        assertThat(store.folders()).isEmpty();
        store.put("b-1/two", new byte[] {2});
        store.put("b-1/one", new byte[] {1});
        store.put("b-2/one", new byte[0]);

        assertThat(store.get("b-1/one")).contains(new byte[] {1});
        assertThat(store.get("b-2/one")).contains(new byte[0]);
        assertThat(store.get("b-1/three")).isEmpty();
        assertThat(store.get("b-7/three")).isEmpty();
        assertThat(store.exists("b-1/two")).isTrue();
        assertThat(store.exists("b-1")).isFalse();
        assertThat(store.list("b-1")).containsExactly("b-1/one", "b-1/two");
        assertThat(store.folders()).containsExactly("b-1", "b-2");
        assertThat(store.location()).isEqualTo(folder.resolve("deep/er").toString());
    }

    @Test
    void nothing_is_ever_overwritten() {
        var store = new LocalBackupStore(folder);
        store.put("b/one", new byte[] {1});
        assertThatThrownBy(() -> store.put("b/one", new byte[] {1}))
                .isInstanceOf(AlreadyStored.class)
                .hasMessage("'b/one' is already stored in " + folder + " and is never overwritten");
        assertThat(store.get("b/one")).contains(new byte[] {1});
        assertThat(folder.resolve("b").toFile().list()).containsExactly("one");
    }

    @Test
    void what_a_killed_writer_left_is_not_listed() throws Exception {
        var store = new LocalBackupStore(folder);
        store.put("b/one", new byte[] {1});
        Files.write(folder.resolve("b/.writing-7"), new byte[] {1});
        assertThat(store.list("b")).containsExactly("b/one");
    }

    @Test
    void a_name_cannot_lead_out_of_the_folder() {
        var store = new LocalBackupStore(folder);
        for (var name :
                List.of("../x", "a/../b", "/etc/passwd", "", "a//b", ".hidden", "a/", "a\\b")) {
            assertThatThrownBy(() -> store.put(name, new byte[0]))
                    .as(name)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is no name of a stored object");
        }
    }

    @Test
    void a_folder_that_cannot_be_is_a_plain_sentence() throws Exception {
        var file = Files.writeString(folder.resolve("file"), "x");
        var store = new LocalBackupStore(file);
        assertThatThrownBy(() -> store.put("b/one", new byte[0]))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("cannot write 'b/one' in the backup folder " + file)
                .hasMessageContaining("is in the way");
    }
}
