package io.xwasm.agent.vm;

/** The block a call runs in; its time is what contracts see as now. */
public record BlockContext(long height, long timeMillis) {}
