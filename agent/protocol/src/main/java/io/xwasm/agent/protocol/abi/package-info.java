/**
 * What a contract's methods take and give, and how people's JSON becomes a contract's bytes.
 *
 * <p>Every module carries a custom section {@code xwasm.abi}, which {@link
 * io.xwasm.agent.protocol.abi.ContractInterface} parses. Arguments, results and events are Borsh;
 * {@link io.xwasm.agent.protocol.abi.BorshJson} translates them by type, in both directions. What
 * does not fit is refused with a sentence that names argument, value and type. The agent, the API
 * and the CLI use the same translation, so an argument means the same through every door. Read
 * {@link io.xwasm.agent.protocol.abi.ContractInterface} first.
 */
@NullMarked
package io.xwasm.agent.protocol.abi;

import org.jspecify.annotations.NullMarked;
