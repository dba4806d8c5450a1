package io.xwasm.controlplane.alerts;

import io.xwasm.controlplane.api.AlertView;

/** Tells somebody outside about an alert. */
public interface Notification {
    /** What is sent, made when the alert changes and kept until it was taken. */
    String payload(AlertView alert);

    /** Something is in the queue. */
    void waiting();
}
