package io.xwasm.console.frame;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Tag;
import io.xwasm.console.live.Snapshot;

/** The {@code <x-age>} element: counts in the browser from the age that it was told last. */
@Tag("x-age")
final class AgePill extends Component {
    private static final long serialVersionUID = 1L;

    private long round;

    AgePill() {
        setId("live");
    }

    void show(Snapshot snapshot) {
        round++;
        getElement()
                .setAttribute(
                        "age",
                        "%d:%d:%d"
                                .formatted(
                                        round,
                                        snapshot.age().toMillis(),
                                        snapshot.now().toEpochMilli()));
    }
}
