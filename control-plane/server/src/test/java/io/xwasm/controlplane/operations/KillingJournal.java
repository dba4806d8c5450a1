package io.xwasm.controlplane.operations;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Ends the process, as far as the engine can tell, right before or after its n-th write. */
final class KillingJournal implements InvocationHandler {
    private static final Set<String> WRITES =
            Set.of(
                    "begin",
                    "stepBegan",
                    "remember",
                    "stepDone",
                    "stepFailed",
                    "stepUndone",
                    "succeeded",
                    "failed");

    private final Journal journal;
    private final int write;
    private final boolean before;
    private final AtomicInteger writes = new AtomicInteger();
    final CountDownLatch killed = new CountDownLatch(1);

    /**
     * @param write −1 for never
     */
    KillingJournal(Journal journal, int write, boolean before) {
        this.journal = journal;
        this.write = write;
        this.before = before;
    }

    /** What a kill looks like from inside. */
    static final class Killed extends Error {
        Killed(String where) {
            super(where, null, false, false);
        }
    }

    Journal asJournal() {
        return (Journal)
                Proxy.newProxyInstance(
                        Journal.class.getClassLoader(), new Class<?>[] {Journal.class}, this);
    }

    int writes() {
        return writes.get();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments)
            throws Throwable {
        boolean dies = WRITES.contains(method.getName()) && writes.getAndIncrement() == write;
        if (dies && before) {
            throw kill("before " + method.getName());
        }
        try {
            var answer = method.invoke(journal, arguments);
            if (dies) {
                throw kill("after " + method.getName());
            }
            return answer;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Killed kill(String where) {
        killed.countDown();
        return new Killed(where);
    }
}
