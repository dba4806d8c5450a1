package io.xwasm.controlplane.http;

import java.util.Map;

/**
 * A request as it came over the wire.
 *
 * @param parameters in the path
 * @param query first value of each name
 * @param headers by lower-case name
 * @param source address that it came from
 */
public record Incoming(
        Map<String, String> parameters,
        Map<String, String> query,
        Map<String, String> headers,
        byte[] body,
        String source) {}
