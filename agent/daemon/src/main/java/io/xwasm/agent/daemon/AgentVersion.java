package io.xwasm.agent.daemon;

/** Which agent this is. */
final class AgentVersion {
    private AgentVersion() {}

    /** From the jar's manifest; {@code development} where there is none. */
    static String text() {
        var version = AgentVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
