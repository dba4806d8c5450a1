package io.xwasm.agent.daemon;

import io.xwasm.agent.ledger.store.LedgerDamaged;
import io.xwasm.agent.protocol.Signatures;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts an agent: {@code AgentMain --config FILE}. */
public final class AgentMain {
    private static final Logger log = LoggerFactory.getLogger(AgentMain.class);

    private AgentMain() {}

    public static void main(String[] arguments) {
        if (arguments.length != 2 || !arguments[0].equals("--config")) {
            end(2, "usage: xwasm-agent --config FILE");
        }
        try {
            var config = AgentConfig.read(Settings.read(Path.of(arguments[1]), System.getenv()));
            var agent = Agent.start(config, InstantSource.system());
            Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "shutdown"));
            log.info("signatures by {}", Signatures.implementation());
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
