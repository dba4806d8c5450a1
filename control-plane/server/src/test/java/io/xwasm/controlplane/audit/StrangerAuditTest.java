package io.xwasm.controlplane.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.controlplane.ManualClock;
import io.xwasm.controlplane.identity.Actor;
import io.xwasm.controlplane.identity.Deed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StrangerAuditTest {
    private final ManualClock clock = new ManualClock();
    private final List<Deed> entered = new ArrayList<>();
    private final StrangerAudit audit = new StrangerAudit(entered::add, clock);

    @Test
    void the_first_refusals_of_a_minute_are_entered_each_and_the_rest_as_one() {
        for (int i = 0; i < 1_000; i++) {
            audit.enter(refused("10.0.0.1", i % 2 == 0 ? "contracts.upgrade" : "access.login"));
        }
        assertThat(entered).hasSize(10);
        clock.advance(Duration.ofSeconds(59));
        audit.tick();
        assertThat(entered).hasSize(10);

        clock.advance(Duration.ofSeconds(1));
        audit.tick();
        assertThat(entered).hasSize(11);
        var summary = entered.getLast();
        assertThat(summary.actor().source()).isEqualTo("10.0.0.1");
        assertThat(summary.target()).isEqualTo("990 further requests within a minute");
        assertThat(summary.after()).contains("\"access.login\":495", "\"contracts.upgrade\":495");

        audit.enter(refused("10.0.0.1", "access.login"));
        assertThat(entered).as("a new minute").hasSize(12);
    }

    @Test
    void however_many_addresses_there_are_the_log_grows_by_a_few_entries_a_minute() {
        for (int minute = 0; minute < 3; minute++) {
            for (int address = 0; address < 5_000; address++) {
                for (int i = 0; i < 20; i++) {
                    audit.enter(refused("10.0.%d".formatted(address), "contracts.upgrade"));
                }
            }
            clock.advance(Duration.ofMinutes(1));
            audit.tick();
        }
        assertThat(entered).hasSizeLessThanOrEqualTo(3 * 201);
        assertThat(entered).anyMatch(deed -> deed.actor().source().equals("other addresses"));
    }

    @Test
    void whoever_is_signed_in_or_not_refused_is_entered_each_time() {
        for (int i = 0; i < 500; i++) {
            audit.enter(deed(new Actor("viewer", "10.0.0.1", "r" + i), 403));
            audit.enter(deed(Actor.stranger("10.0.0.1", "s" + i), 200));
        }
        assertThat(entered).hasSize(1_000);
    }

    @Test
    void what_was_counted_is_entered_before_the_process_ends() {
        for (int i = 0; i < 12; i++) {
            audit.enter(refused("10.0.0.1", "access.login"));
        }
        audit.close();
        assertThat(entered).hasSize(11);
    }

    private static Deed refused(String source, String action) {
        return new Deed(Actor.stranger(source, "r"), action, "", "refused", 401, null, null, null);
    }

    private static Deed deed(Actor actor, int status) {
        return new Deed(actor, "contracts.upgrade", "", "done", status, null, null, null);
    }
}
