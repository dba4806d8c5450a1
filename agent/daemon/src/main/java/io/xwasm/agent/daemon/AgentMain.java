package io.xwasm.agent.daemon;

import io.xwasm.agent.ledger.store.LedgerDamaged;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.InstantSource;

/** Starts an agent: {@code AgentMain --config FILE}. */
public final class AgentMain {
    private AgentMain() {}

    public static void main(String[] arguments) {
        // Before the first logger: the processes share one folder of jars, so each names its own
        // file.
        System.getProperties().putIfAbsent("logback.configurationFile", "logging-agent.xml");
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            end(2, "usage: xwasm-agent --config FILE");
        }
        try {
            var config =
                    AgentConfig.read(YamlSettings.read(Path.of(arguments[1]), System.getenv()));
            var agent = Agent.start(config, InstantSource.system());
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "shutdown"));
            System.out.printf("agent %s ready at %s%n", config.node(), agent.api());
        } catch (ConfigurationRefused e) {
            end(2, String.valueOf(e.getMessage()));
        } catch (BindException e) {
            end(1, "the agent cannot listen: %s".formatted(e.getMessage()));
        } catch (IOException | LedgerDamaged e) {
            end(1, "the agent cannot start: %s".formatted(e.getMessage()));
        }
    }

    private static void end(int code, String sentence) {
        System.err.println(sentence);
        System.exit(code);
    }
}
