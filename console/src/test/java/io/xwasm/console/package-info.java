/**
 * The console in a real browser against a small control plane of its own.
 *
 * <p>{@link io.xwasm.console.FakeControlPlane} speaks real HTTP and is stateful enough for sign-in,
 * upgrades and roles. Nothing is mocked and nothing sleeps: tests wait for what a person would see.
 * Screenshots of every page are left in {@code target/screenshots}. Chromium and its driver come
 * from the system. Read {@link io.xwasm.console.ConsoleInBrowserTest} first.
 */
@org.jspecify.annotations.NullUnmarked
package io.xwasm.console;
