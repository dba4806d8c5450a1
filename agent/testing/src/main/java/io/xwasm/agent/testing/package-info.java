/**
 * Small real things for tests: an agent that speaks the real protocol over a real WebSocket, and a
 * clock that stands still until it is moved.
 *
 * <p>They are no mocks: what crosses the link is what crosses it in production, so a test that
 * passes with {@link io.xwasm.agent.testing.FakeAgent} has decoded real messages. Read {@link
 * io.xwasm.agent.testing.FakeAgent} first.
 */
@NullMarked
package io.xwasm.agent.testing;

import org.jspecify.annotations.NullMarked;
