package io.xwasm.agent.vm;

/** The thread was told to stop while a contract ran. Not an outcome: the call has not ended. */
public final class CallInterrupted extends RuntimeException {
    CallInterrupted(Throwable cause) {
        super("the call was interrupted before its end", cause);
    }
}
