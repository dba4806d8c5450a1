package io.xwasm.deploy.dev;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * How the fleet's processes are started.
 *
 * @param java the JVM
 * @param classPath with everything on it
 * @param flags of every JVM
 * @param caches of the JVMs
 * @param controlPlane main class
 * @param agent main class
 * @param console main class
 */
record Programs(
        Path java,
        String classPath,
        List<String> flags,
        StartUpCaches caches,
        String controlPlane,
        String agent,
        String console) {
    /** Folder of the distribution; the starter sets it. */
    private static final String HOME = "xwasm.home";

    // Mebibytes: the whole fleet shares one machine.
    private static final int CONTROL_PLANE_HEAP = 512;
    private static final int AGENT_HEAP = 768;
    private static final int CONSOLE_HEAP = 384;

    Programs {
        flags = List.copyOf(flags);
    }

    /**
     * The product's own, on the JVM of this process, from the distribution that it runs from.
     *
     * @param recording whether they write the distribution's {@link StartUpCaches}
     */
    static Programs shipped(boolean recording) {
        var flags = new ArrayList<>(jvmFlags());
        var classPath = System.getProperty("java.class.path");
        var home = System.getProperty(HOME);
        if (home != null) {
            flags.add("-Dlogback.configurationFile=" + Path.of(home, "conf", "logback.xml"));
            // In its short form, which the JVM expands.
            classPath = Path.of(home, "lib") + "/*";
        }
        return new Programs(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                classPath,
                flags,
                new StartUpCaches(home == null ? Path.of("none") : Path.of(home, "aot"), recording),
                "io.xwasm.controlplane.ControlPlaneMain",
                "io.xwasm.agent.daemon.AgentMain",
                "io.xwasm.console.ConsoleMain");
    }

    /** The line that starts the control plane. */
    List<String> controlPlane(Path config) {
        return command(
                controlPlane, CONTROL_PLANE_HEAP, caches.flags("control-plane", true), config);
    }

    List<String> console(Path config) {
        return command(console, CONSOLE_HEAP, caches.flags("console", true), config);
    }

    /**
     * @param index from 0
     */
    List<String> agent(int index, Path config) {
        return command(agent, AGENT_HEAP, caches.flags("agent", index == 0), config);
    }

    private List<String> command(String main, int heapMebibytes, List<String> cache, Path config) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(flags);
        command.addAll(cache);
        command.add("-Xmx%dm".formatted(heapMebibytes));
        command.addAll(List.of("-cp", classPath, main, "--config", config.toString()));
        return command;
    }

    private static List<String> jvmFlags() {
        var properties = new Properties();
        try (InputStream stream = Programs.class.getResourceAsStream("jvm.properties")) {
            properties.load(stream);
        } catch (IOException e) {
            throw new IllegalStateException("reading jvm.properties from the class path", e);
        }
        return List.of(properties.getProperty("flags").strip().split("\\s+"));
    }
}
