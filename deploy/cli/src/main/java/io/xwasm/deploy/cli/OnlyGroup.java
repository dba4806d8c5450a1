package io.xwasm.deploy.cli;

import io.xwasm.agent.protocol.GroupId;
import io.xwasm.controlplane.api.ControlPlaneClient;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The group that is meant when none is named. */
final class OnlyGroup {
    private OnlyGroup() {}

    /**
     * @throws BadInput when there are several to choose from, or none
     */
    static GroupId unless(@Nullable GroupId named, ControlPlaneClient client) {
        if (named != null) {
            return named;
        }
        var groups = client.groups(null, 10).items();
        return switch (groups.size()) {
            case 0 -> throw new BadInput("there is no group yet");
            case 1 -> groups.getFirst().group();
            default ->
                    throw new BadInput(
                            "there are several groups (%s): name one"
                                    .formatted(
                                            groups.stream()
                                                    .map(group -> group.group().value())
                                                    .collect(Collectors.joining(", "))));
        };
    }
}
