package io.xwasm.console;

import com.vaadin.flow.di.DefaultInstantiator;
import com.vaadin.flow.di.Instantiator;
import com.vaadin.flow.function.DeploymentConfiguration;
import com.vaadin.flow.server.CustomizedSystemMessages;
import com.vaadin.flow.server.ServiceException;
import com.vaadin.flow.server.SystemMessages;
import com.vaadin.flow.server.VaadinServlet;
import com.vaadin.flow.server.VaadinServletService;
import io.xwasm.console.login.Doorway;
import io.xwasm.console.login.Gate;
import io.xwasm.console.login.SignedIn;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Vaadin with the gate in front, which hands each page what its constructor asks for. */
final class ConsoleServlet extends VaadinServlet {
    private static final long serialVersionUID = 1L;

    private final transient Doorway doorway;

    ConsoleServlet(Doorway doorway) {
        this.doorway = doorway;
    }

    @Override
    protected VaadinServletService createServletService(DeploymentConfiguration configuration)
            throws ServiceException {
        var service = new Service(this, configuration, doorway);
        service.init();
        service.setSystemMessagesProvider(_ -> quietly());
        service.addUIInitListener(event -> event.getUI().addBeforeEnterListener(new Gate()));
        return service;
    }

    /** An ended session reloads the page, which the gate turns into the sign-in page. */
    private static SystemMessages quietly() {
        var messages = new CustomizedSystemMessages();
        messages.setSessionExpiredNotificationEnabled(false);
        return messages;
    }

    private static final class Service extends VaadinServletService {
        private static final long serialVersionUID = 1L;

        private final transient Doorway doorway;

        Service(ConsoleServlet servlet, DeploymentConfiguration configuration, Doorway doorway) {
            super(servlet, configuration);
            this.doorway = doorway;
        }

        @Override
        protected Instantiator createInstantiator() {
            return new Pages(this, doorway);
        }
    }

    /** Pages take the signed-in user, the sign-in page takes the doorway. */
    private static final class Pages extends DefaultInstantiator {
        private static final long serialVersionUID = 1L;

        private final transient Doorway doorway;

        Pages(Service service, Doorway doorway) {
            super(service);
            this.doorway = doorway;
        }

        @Override
        public <T> T getOrCreate(Class<T> type) {
            for (var constructor : type.getConstructors()) {
                if (takes(constructor, SignedIn.class)) {
                    return type.cast(create(constructor, SignedIn.current().orElseThrow()));
                }
                if (takes(constructor, Doorway.class)) {
                    return type.cast(create(constructor, doorway));
                }
            }
            return super.getOrCreate(type);
        }

        private static boolean takes(Constructor<?> constructor, Class<?> only) {
            return constructor.getParameterCount() == 1
                    && constructor.getParameterTypes()[0] == only;
        }

        private static Object create(Constructor<?> constructor, Object argument) {
            try {
                return constructor.newInstance(argument);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException("the page could not be made", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("a page needs a public constructor", e);
            }
        }
    }
}
