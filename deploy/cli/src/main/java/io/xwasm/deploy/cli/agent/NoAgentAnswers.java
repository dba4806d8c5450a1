package io.xwasm.deploy.cli.agent;

import org.jspecify.annotations.Nullable;

/** No primary answered in time. Whether a call was executed is then unknown. */
public final class NoAgentAnswers extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoAgentAnswers(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
