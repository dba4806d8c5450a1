package io.xwasm.deploy.dev;

import org.jspecify.annotations.Nullable;

/**
 * What was asked for.
 *
 * @param portBase null for what the folder had, at first {@link DevPorts#DEFAULT_BASE}
 * @param nodes null for what the folder had, at first three
 * @param restart whether a process that dies starts again
 * @param load calls per second, 0 for none
 * @param loadContract what they call
 */
record DevOptions(
        DevFolder folder,
        @Nullable Integer portBase,
        @Nullable Integer nodes,
        boolean restart,
        int load,
        LoadContract loadContract) {
    private static final int DEFAULT_NODES = 3;

    DevOptions {
        if (nodes != null && (nodes < 1 || nodes > DevPorts.NODES_LIMIT)) {
            throw new CannotStart(
                    "--nodes is 1 to %d, was %d".formatted(DevPorts.NODES_LIMIT, nodes));
        }
        if (load < 0) {
            throw new CannotStart("--load is a number of calls per second, was " + load);
        }
    }

    /**
     * What was asked for over what the folder had.
     *
     * @throws CannotStart when the folder's fleet has another number of nodes: their ledgers are
     *     there
     */
    DevFolder.Shape shape() {
        var before = folder.shape();
        int wantedNodes =
                nodes != null ? nodes : before.map(DevFolder.Shape::nodes).orElse(DEFAULT_NODES);
        int wantedBase =
                portBase != null
                        ? portBase
                        : before.map(DevFolder.Shape::portBase).orElse(DevPorts.DEFAULT_BASE);
        if (before.isPresent() && before.get().nodes() != wantedNodes) {
            throw new CannotStart(
                    "the fleet in %s has %d nodes, not %d; start it without --nodes, or another one with --data"
                            .formatted(folder.root(), before.get().nodes(), wantedNodes));
        }
        return new DevFolder.Shape(wantedBase, wantedNodes);
    }
}
