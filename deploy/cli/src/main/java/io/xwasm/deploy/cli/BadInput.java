package io.xwasm.deploy.cli;

/** The command cannot be carried out as it was typed; the message says what to type instead. */
final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadInput(String sentence) {
        super(sentence);
    }

    BadInput(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
