package io.xwasm.deploy.bench;

import io.xwasm.agent.protocol.NodeId;
import java.io.IOException;

/** What befalls a primary under load, and how it gets over it when another leads. */
enum PrimaryFault {
    /** kill -9. */
    KILL {
        @Override
        void begin(BenchFleet fleet, NodeId primary) throws IOException {
            BenchFleet.kill(fleet.pidOf(primary));
        }

        @Override
        void end(BenchFleet fleet, NodeId primary) {
            // The fleet starts it again by itself.
        }
    },

    /** Its process stands still, as when its machine pauses. */
    FREEZE {
        @Override
        void begin(BenchFleet fleet, NodeId primary) throws IOException {
            signal("-STOP", fleet.pidOf(primary));
        }

        @Override
        void end(BenchFleet fleet, NodeId primary) throws IOException {
            signal("-CONT", fleet.pidOf(primary));
        }
    },

    /** Its disk takes no write any more; see {@link LoopDisks}. */
    HANG {
        @Override
        void begin(BenchFleet fleet, NodeId primary) throws IOException {
            LoopDisks.hang(fleet.data(primary));
        }

        @Override
        void end(BenchFleet fleet, NodeId primary) throws IOException {
            LoopDisks.goOn(fleet.data(primary));
        }
    };

    abstract void begin(BenchFleet fleet, NodeId primary) throws IOException;

    abstract void end(BenchFleet fleet, NodeId primary) throws IOException;

    private static void signal(String which, long pid) throws IOException {
        SystemCommand.run("kill", which, Long.toString(pid));
    }
}
