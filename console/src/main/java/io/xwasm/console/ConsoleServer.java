package io.xwasm.console;

import com.vaadin.flow.di.LookupInitializer;
import com.vaadin.flow.router.DefaultRoutePathProvider;
import com.vaadin.flow.server.communication.JSR356WebsocketInitializer;
import com.vaadin.flow.server.startup.ErrorNavigationTargetInitializer;
import com.vaadin.flow.server.startup.LookupServletContainerInitializer;
import com.vaadin.flow.server.startup.RouteRegistryInitializer;
import com.vaadin.flow.server.startup.VaadinAppShellInitializer;
import io.xwasm.console.alerts.AlertsView;
import io.xwasm.console.audit.AuditView;
import io.xwasm.console.backups.BackupsView;
import io.xwasm.console.contracts.ContractPage;
import io.xwasm.console.contracts.ContractsView;
import io.xwasm.console.failover.FailoverView;
import io.xwasm.console.frame.NotFoundView;
import io.xwasm.console.frame.WentWrongView;
import io.xwasm.console.login.Doorway;
import io.xwasm.console.login.LoginView;
import io.xwasm.console.nodes.NodesView;
import io.xwasm.console.operations.OperationPage;
import io.xwasm.console.operations.OperationsView;
import io.xwasm.console.overview.OverviewView;
import jakarta.servlet.ServletContainerInitializer;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import org.eclipse.jetty.ee11.servlet.ServletContainerInitializerHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.util.resource.ResourceFactory;

/** Jetty with Vaadin in it; every page is named here, nothing is scanned for. */
final class ConsoleServer {
    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);
    private final String bind;

    /** Somebody else listens there. */
    static final class PortInUse extends Exception {
        private static final long serialVersionUID = 1L;

        PortInUse(String bind, int port, Throwable cause) {
            super("port %d of %s is in use".formatted(port, bind), cause);
        }
    }

    /** Atmosphere wants its endpoint registered before the servlet is initialised. */
    private static final class WebSocketEndpoint extends JSR356WebsocketInitializer {}

    ConsoleServer(String bind, int port, Doorway doorway) throws IOException {
        this.bind = bind;
        connector.setHost(bind);
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(context(doorway));
    }

    void start() throws Exception {
        try {
            server.start();
        } catch (IOException e) {
            if (e instanceof BindException || e.getCause() instanceof BindException) {
                throw new PortInUse(bind, connector.getPort(), e);
            }
            throw e;
        }
    }

    URI address() {
        return URI.create("http://%s:%d/".formatted(bind, connector.getLocalPort()));
    }

    void join() throws InterruptedException {
        server.join();
    }

    void stop() throws Exception {
        server.stop();
    }

    private static ServletContextHandler context(Doorway doorway) throws IOException {
        var context = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setContextPath("/");
        context.setClassLoader(ConsoleServer.class.getClassLoader());
        context.setBaseResource(resources(context));
        initialize(
                context,
                new LookupServletContainerInitializer(),
                LookupInitializer.class,
                DefaultRoutePathProvider.class);
        initialize(
                context,
                new RouteRegistryInitializer(),
                LoginView.class,
                OverviewView.class,
                AlertsView.class,
                OperationsView.class,
                OperationPage.class,
                NodesView.class,
                ContractsView.class,
                ContractPage.class,
                BackupsView.class,
                FailoverView.class,
                AuditView.class);
        initialize(context, new VaadinAppShellInitializer(), ConsoleShell.class);
        initialize(
                context,
                new ErrorNavigationTargetInitializer(),
                NotFoundView.class,
                WentWrongView.class);
        context.addEventListener(new WebSocketEndpoint());
        context.addServlet(new ServletHolder("livez", new Probe()), "/livez");
        context.addServlet(new ServletHolder("readyz", new Probe()), "/readyz");
        var vaadin = new ServletHolder("console", new ConsoleServlet(doorway));
        vaadin.setAsyncSupported(true);
        vaadin.setInitParameter("productionMode", "true");
        vaadin.setInitParameter("closeIdleSessions", "true");
        vaadin.setInitOrder(1);
        context.addServlet(vaadin, "/*");
        context.getSessionHandler().setHttpOnly(true);
        context.getSessionHandler().setMaxInactiveInterval(8 * 3600);
        JakartaWebSocketServletContainerInitializer.configure(context, null);
        return context;
    }

    /** Our own files, Vaadin's and the chart library's all lie below META-INF/resources. */
    private static Resource resources(ServletContextHandler context) throws IOException {
        var factory = ResourceFactory.of(context);
        var bases = new ArrayList<Resource>();
        for (var url :
                Collections.list(
                        ConsoleServer.class.getClassLoader().getResources("META-INF/resources"))) {
            bases.add(factory.newResource(url));
        }
        return ResourceFactory.combine(bases);
    }

    private static void initialize(
            ServletContextHandler context,
            ServletContainerInitializer initializer,
            Class<?>... classes) {
        context.addServletContainerInitializer(
                new ServletContainerInitializerHolder(initializer, classes));
    }
}
