package io.xwasm.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.controlplane.api.FleetEvent;
import io.xwasm.controlplane.events.FleetEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FleetEventsTest {
    private static final int KEPT = 10_000;

    private final FleetEvents events = new FleetEvents(new ManualClock());
    private final long before = events.newest();

    private List<FleetEvent> heardAfter(long id) {
        var heard = new ArrayList<FleetEvent>();
        events.follow(id, heard::add).run();
        return heard;
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            events.publish("group", "main", "something happened", "failover");
        }
    }

    @Test
    void all_that_is_kept_is_replayed_and_nothing_is_said_to_be_missed() {
        publish(KEPT);
        assertThat(heardAfter(before)).hasSize(KEPT).allMatch(e -> e.topic().equals("group"));
    }

    @Test
    void one_more_than_is_kept_is_said_to_be_missed_first() {
        publish(KEPT + 1);
        var heard = heardAfter(before);
        assertThat(heard).hasSize(KEPT + 1);
        assertThat(heard.getFirst().topic()).isEqualTo("missed");
        assertThat(heard.getFirst().id()).isEqualTo(before + 1);
        assertThat(heard.get(1).id()).isEqualTo(before + 2);
        assertThat(heardAfter(before + 1)).allMatch(e -> e.topic().equals("group"));
    }
}
