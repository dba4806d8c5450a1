package io.xwasm.deploy.cli;

/** What a script can tell endings apart by. */
final class ExitCode {
    static final int OK = 0;

    /** The fleet said no, or an operation or a call failed. */
    static final int REFUSED = 1;

    /** The command was typed wrong; nothing was sent. */
    static final int USAGE = 2;

    /** Nobody answered. */
    static final int UNREACHABLE = 3;

    private ExitCode() {}
}
