package io.xwasm.deploy.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartUpCachesTest {
    @TempDir private Path folder;

    @Test
    void a_cache_that_is_there_is_used_by_every_process_of_its_program() throws Exception {
        var cache = Files.createFile(folder.resolve("agent.aot"));
        var caches = new StartUpCaches(folder, false);
        for (boolean first : new boolean[] {true, false}) {
            assertThat(caches.flags("agent", first)).contains("-XX:AOTCache=" + cache);
        }
        assertThat(caches.flags("console", true)).isEmpty();
    }

    @Test
    void one_process_of_a_program_records_and_may_take_its_time_to_end() {
        var caches = new StartUpCaches(folder, true);
        assertThat(caches.flags("agent", true))
                .containsExactly("-XX:AOTCacheOutput=" + folder.resolve("agent.aot"));
        assertThat(caches.flags("agent", false)).isEmpty();
        assertThat(caches.endWithin()).isGreaterThan(new StartUpCaches(folder, false).endWithin());
    }
}
