package io.xwasm.controlplane.http;

import io.xwasm.controlplane.identity.Deed;

/** Where mutating requests are entered before they are answered. */
public interface AuditTrail {
    void enter(Deed deed);
}
