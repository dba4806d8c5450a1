/**
 * The HTTP edge: from bytes to a feature's method and back.
 *
 * <p>A feature describes its paths as {@link io.xwasm.controlplane.http.Route}s whose handlers are
 * plain blocking methods. {@link io.xwasm.controlplane.http.Pipeline} does for every request what
 * is the same for all: who is it, may they, was it asked before, what goes into the audit log, how
 * is a refusal told. {@link io.xwasm.controlplane.http.VertxHttp} alone knows the web server; it
 * hands each request to a virtual thread. The set of routes equals openapi.yaml, which a test
 * holds. Read {@link io.xwasm.controlplane.http.Pipeline} first.
 */
@NullMarked
package io.xwasm.controlplane.http;

import org.jspecify.annotations.NullMarked;
