package io.xwasm.controlplane.api;

import java.net.URI;

/** No answer came from the control plane. */
public final class ControlPlaneUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ControlPlaneUnreachable(URI server, Throwable cause) {
        super("the control plane at %s does not answer".formatted(server), cause);
    }
}
