package io.xwasm.console.login;

import io.xwasm.console.live.LiveFeed;
import io.xwasm.console.look.Environment;
import io.xwasm.controlplane.api.ControlPlaneClient;
import io.xwasm.controlplane.api.Login;
import java.net.URI;
import java.time.InstantSource;
import java.util.concurrent.ScheduledExecutorService;

/** Lets people in: the one place that speaks to the API without a token. */
public final class Doorway {
    private final URI controlPlane;
    private final Environment environment;
    private final InstantSource clock;
    private final ScheduledExecutorService ticks;

    public Doorway(
            URI controlPlane,
            Environment environment,
            InstantSource clock,
            ScheduledExecutorService ticks) {
        this.controlPlane = controlPlane;
        this.environment = environment;
        this.clock = clock;
        this.ticks = ticks;
    }

    public Environment environment() {
        return environment;
    }

    /** Throws what the client throws. */
    public SignedIn enter(String user, String password) {
        try (var stranger = new ControlPlaneClient(controlPlane, null)) {
            var session = stranger.login(new Login(user, password));
            var client = new ControlPlaneClient(controlPlane, session.token());
            return new SignedIn(
                    session, client, new LiveFeed(client, clock, ticks), environment, clock);
        }
    }
}
