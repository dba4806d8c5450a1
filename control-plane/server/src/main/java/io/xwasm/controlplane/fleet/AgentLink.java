package io.xwasm.controlplane.fleet;

import io.xwasm.agent.protocol.AgentCommand;
import io.xwasm.agent.protocol.AgentEvent;
import io.xwasm.agent.protocol.Ask;
import io.xwasm.agent.protocol.Json;
import io.xwasm.agent.protocol.MalformedMessage;
import io.xwasm.agent.protocol.NodeId;
import io.xwasm.agent.protocol.Reply;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open link: questions out, events in, in order. */
public final class AgentLink {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);

    /** The transport beneath; both methods may be called from any thread and do not block. */
    public interface Wire {
        void send(String text);

        void close();
    }

    /** What the link tells whoever holds it. */
    interface Owner {
        void hello(AgentLink link, AgentEvent.Hello hello);

        void event(AgentLink link, NodeId node, AgentEvent event);

        void closed(AgentLink link);
    }

    private final Wire wire;
    private final Owner owner;
    private final BlockingQueue<String> mailbox = new LinkedBlockingQueue<>();
    private final Map<String, BlockingQueue<AgentEvent>> asked = new ConcurrentHashMap<>();
    private final Thread reader;
    private volatile @Nullable NodeId node;
    private volatile boolean open = true;

    AgentLink(Wire wire, Owner owner) {
        this.wire = wire;
        this.owner = owner;
        this.reader = Thread.ofVirtual().name("agent-link").unstarted(this::read);
    }

    void start() {
        reader.start();
    }

    /** A message arrived; called by the transport in order of arrival. */
    public void received(String text) {
        mailbox.add(text);
    }

    /** The transport is gone. */
    public void closed() {
        if (!open) {
            return;
        }
        open = false;
        // Whoever waits for an answer of this agent learns it now, not at the end of a timeout.
        asked.values().forEach(answers -> answers.add(CLOSED));
        reader.interrupt();
        Thread.ofVirtual().name("agent-link-closed").start(() -> owner.closed(this));
    }

    private static final AgentEvent CLOSED = new AgentEvent.Progress("", -1, -1, "closed");

    boolean isOpen() {
        return open;
    }

    @Nullable NodeId node() {
        return node;
    }

    void send(AgentCommand command) {
        wire.send(Json.write(command));
    }

    void farewell(String reason) {
        send(new AgentCommand.Farewell(reason));
        wire.close();
    }

    /**
     * @param timeout since the agent's last sign about this question
     */
    Reply ask(NodeId whom, Ask ask, Duration timeout, Consumer<AgentEvent.Progress> progress)
            throws InterruptedException {
        var id = UUID.randomUUID().toString();
        var answers = new LinkedBlockingQueue<AgentEvent>();
        asked.put(id, answers);
        try {
            if (!open) {
                throw AgentUnreachable.notConnected(whom);
            }
            send(new AgentCommand.Request(id, ask));
            while (true) {
                var sign = answers.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
                switch (sign) {
                    case null -> throw AgentUnreachable.silent(whom, timeout);
                    case AgentEvent.Answer(_, var reply) -> {
                        return reply;
                    }
                    case AgentEvent.Progress p when p.equals(CLOSED) ->
                            throw AgentUnreachable.linkClosed(whom);
                    case AgentEvent.Progress p -> progress.accept(p);
                    default -> throw new IllegalStateException("no answer: " + sign);
                }
            }
        } finally {
            asked.remove(id);
        }
    }

    private void read() {
        try {
            while (open) {
                dispatch(mailbox.take());
            }
        } catch (InterruptedException _) {
            // Closed: what still waits is about a link that no longer is.
        }
    }

    private void dispatch(String text) {
        try {
            switch (Json.read(text, AgentEvent.class)) {
                case AgentEvent.Hello hello -> {
                    node = hello.node();
                    owner.hello(this, hello);
                }
                case AgentEvent.Answer answer -> answered(answer.request(), answer);
                case AgentEvent.Progress progress -> answered(progress.request(), progress);
                case AgentEvent event -> told(event);
            }
        } catch (MalformedMessage e) {
            LOG.warn("{} sent what cannot be read: {}", name(), e.getMessage());
            farewell("a message could not be read: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("handling an event of {} failed", name(), e);
        }
    }

    private void answered(String request, AgentEvent answer) {
        var waiting = asked.get(request);
        if (waiting != null) {
            waiting.add(answer);
        }
    }

    private void told(AgentEvent event) {
        var known = node;
        if (known == null) {
            farewell("the first message on a link is a hello");
            return;
        }
        owner.event(this, known, event);
    }

    private String name() {
        var known = node;
        return known == null ? "an agent that has not said hello" : known.value();
    }
}
