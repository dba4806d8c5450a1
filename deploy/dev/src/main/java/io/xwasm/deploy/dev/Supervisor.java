package io.xwasm.deploy.dev;

import io.xwasm.deploy.cli.DevFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Starts the processes of a fleet, starts anew what dies, and stops all of them in an order.
 *
 * <p>The control plane starts first and ends first: while the agents end one after another it must
 * not see failovers where there are none.
 */
final class Supervisor implements Supervised.Events {
    private final DevFolder folder;
    private final DevPorts ports;
    private final Notices notices;
    private final Supervised controlPlane;
    private final Supervised console;
    private final List<Supervised> agents;

    /** Where a person reads what happens. */
    interface Notices {
        void say(String sentence);
    }

    Supervisor(
            DevFolder folder,
            DevPorts ports,
            int nodes,
            Programs programs,
            boolean restart,
            Notices notices) {
        this.folder = folder;
        this.ports = ports;
        this.notices = notices;
        this.controlPlane =
                new Supervised(
                        "control-plane",
                        programs.controlPlane(folder.config("control-plane")),
                        DevPorts.address(ports.controlPlane()).resolve("/readyz"),
                        folder,
                        restart,
                        programs.caches().endWithin(),
                        this);
        this.console =
                new Supervised(
                        "console",
                        programs.console(folder.config("console")),
                        DevPorts.address(ports.console()).resolve("/readyz"),
                        folder,
                        restart,
                        programs.caches().endWithin(),
                        this);
        this.agents =
                IntStream.range(0, nodes)
                        .mapToObj(index -> agent(index, programs, restart))
                        .toList();
    }

    private Supervised agent(int index, Programs programs, boolean restart) {
        var name = DevPorts.node(index).value();
        return new Supervised(
                name,
                programs.agent(index, folder.config(name)),
                DevPorts.address(ports.agent(index)).resolve("/readyz"),
                folder,
                restart,
                programs.caches().endWithin(),
                this);
    }

    /** Writes the configurations and starts everything. */
    void start() throws IOException {
        var configs = new ProcessConfigs(folder, ports, agents.size());
        configs.controlPlane(folder.config("control-plane"));
        configs.console(folder.config("console"));
        for (int i = 0; i < agents.size(); i++) {
            configs.agent(i, folder.config(agents.get(i).name()));
        }
        for (var process : all()) {
            process.start();
        }
    }

    List<Supervised> all() {
        var all = new ArrayList<Supervised>();
        all.add(controlPlane);
        all.addAll(agents);
        all.add(console);
        return all;
    }

    void stop() throws InterruptedException, IOException {
        controlPlane.terminate();
        console.terminate();
        controlPlane.awaitEnd();
        agents.forEach(Supervised::terminate);
        console.awaitEnd();
        for (var agent : agents) {
            agent.awaitEnd();
        }
        synchronized (this) {
            DevFleet.remove(folder.root());
        }
    }

    @Override
    public synchronized void started(Supervised what) {
        try {
            fleet().write(folder.root());
        } catch (IOException e) {
            throw new UncheckedIOException("writing dev.json", e);
        }
    }

    @Override
    public void died(Supervised what, int exitCode, boolean comesBack) {
        notices.say(
                "%s ended (%s)%s; its log is %s"
                        .formatted(
                                what.name(),
                                exitCode > 128
                                        ? "killed by signal " + (exitCode - 128)
                                        : "exit code " + exitCode,
                                comesBack ? " and starts again in 2 s" : "",
                                what.log()));
    }

    private DevFleet fleet() {
        var list = new ArrayList<DevFleet.Agent>();
        for (int i = 0; i < agents.size(); i++) {
            if (agents.get(i).pid() != 0) {
                list.add(
                        new DevFleet.Agent(
                                DevPorts.node(i),
                                agents.get(i).pid(),
                                DevPorts.address(ports.agent(i))));
            }
        }
        return new DevFleet(
                DevPorts.address(ports.controlPlane()),
                DevPorts.address(ports.console()),
                folder.apiToken().toString(),
                new DevFleet.ControlPlane(controlPlane.pid()),
                list);
    }
}
