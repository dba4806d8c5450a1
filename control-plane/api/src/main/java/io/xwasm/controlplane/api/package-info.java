/**
 * What the control plane is asked and what it shows: records, the OpenAPI document, and a client.
 *
 * <p>The console, the command line and everybody else use nothing but this. {@code openapi.yaml}
 * beside these classes says the same to those who do not speak Java; a test holds both equal. Names
 * end in {@code View} for what is shown; what is asked has the name of the deed. Errors are {@link
 * io.xwasm.controlplane.api.Problem}s. Read {@link io.xwasm.controlplane.api.ControlPlaneClient}
 * first: it lists every route.
 */
@NullMarked
package io.xwasm.controlplane.api;

import org.jspecify.annotations.NullMarked;
