/**
 * The system's Chromium as tests drive it, here and in the system test, which takes it from this
 * module's test jar. Nothing sleeps: each step waits for what a person would see.
 */
@org.jspecify.annotations.NullMarked
package io.xwasm.console.browser;
