package io.xwasm.controlplane.fleet;

import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open links by node. */
public final class AgentLinks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLinks.class);

    private final ConcurrentMap<NodeId, AgentLink> links = new ConcurrentHashMap<>();
    private final List<LinkListener> listeners = new CopyOnWriteArrayList<>();
    private final AgentLink.Owner owner = new Listening();

    /** Listeners hear everything from now on, in the order in which they subscribed. */
    public void subscribe(LinkListener listener) {
        listeners.add(listener);
    }

    /** This listener hears nothing more. */
    public void unsubscribe(LinkListener listener) {
        listeners.remove(listener);
    }

    /** A transport was opened by an agent that presented the right token. */
    public AgentLink open(AgentLink.Wire wire) {
        var link = new AgentLink(wire, owner);
        link.start();
        return link;
    }

    public boolean connected(NodeId node) {
        return links.containsKey(node);
    }

    public Set<NodeId> connected() {
        return new TreeSet<>(links.keySet());
    }

    /**
     * @throws AgentUnreachable when the node has no link
     */
    public void send(NodeId node, AgentCommand command) {
        link(node).send(command);
    }

    /** Tells a node if it is there; it will be told again when it comes back. */
    public void sendIfConnected(NodeId node, AgentCommand command) {
        var link = links.get(node);
        if (link != null) {
            link.send(command);
        }
    }

    public Reply ask(NodeId node, Ask ask, Duration timeout) throws InterruptedException {
        return ask(node, ask, timeout, _ -> {});
    }

    /**
     * Blocks until the agent has answered.
     *
     * @param timeout since the agent's last sign about this question
     * @throws AgentUnreachable when there is no link, it closes, or the time is over
     */
    public Reply ask(NodeId node, Ask ask, Duration timeout, Consumer<AgentEvent.Progress> progress)
            throws InterruptedException {
        return link(node).ask(node, ask, timeout, progress);
    }

    private AgentLink link(NodeId node) {
        var link = links.get(node);
        if (link == null) {
            throw AgentUnreachable.notConnected(node);
        }
        return link;
    }

    /** Ends every link; the agents come back by themselves. */
    @Override
    public void close() {
        links.values().forEach(link -> link.farewell("the control plane is shutting down"));
    }

    private final class Listening implements AgentLink.Owner {
        @Override
        public void hello(AgentLink link, AgentEvent.Hello hello) {
            var before = links.put(hello.node(), link);
            if (before != null && before != link) {
                LOG.warn("{} opened a second link; the first is closed", hello.node());
                before.farewell("another link was opened under the name " + hello.node());
            }
            if (!link.isOpen()) {
                // It closed while it said hello, and its closing found nothing to take out.
                closed(link);
                return;
            }
            LOG.info("{} connected, agent version {}", hello.node(), hello.version());
            each(listener -> listener.linkOpened(hello.node(), hello));
        }

        @Override
        public void event(AgentLink link, NodeId node, AgentEvent event) {
            if (links.get(node) == link) {
                each(listener -> listener.event(node, event));
            }
        }

        @Override
        public void closed(AgentLink link) {
            var node = link.node();
            if (node != null && links.remove(node, link)) {
                LOG.info("the link of {} closed", node);
                each(listener -> listener.linkClosed(node));
            }
        }

        private void each(Consumer<LinkListener> tell) {
            for (var listener : listeners) {
                try {
                    tell.accept(listener);
                } catch (RuntimeException e) {
                    LOG.error("a listener failed", e);
                }
            }
        }
    }
}
