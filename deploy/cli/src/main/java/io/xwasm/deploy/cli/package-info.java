/**
 * The {@code xwasm} command: everything a person or a script can do to a fleet.
 *
 * <p>Each group of commands is one class named for its first word ({@link
 * io.xwasm.deploy.cli.ContractsCommand} and so on), whose methods are the commands. They speak the
 * control plane's public API through its client; only {@code contracts call} and {@code query} go
 * to an agent, because a call is signed where the key is. {@link io.xwasm.deploy.cli.Screen} prints
 * a view as a table or as JSON, {@link io.xwasm.deploy.cli.OperationFollower} follows what takes
 * long. Every error is one sentence and one of four exit codes. Read {@link
 * io.xwasm.deploy.cli.XwasmMain} first, then {@link io.xwasm.deploy.cli.XwasmCommand}.
 */
@NullMarked
package io.xwasm.deploy.cli;

import org.jspecify.annotations.NullMarked;
