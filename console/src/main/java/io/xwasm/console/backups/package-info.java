/**
 * Backups: recovery point per group, the list, and the way back.
 *
 * <p>A backup counts only when it was restored into a scratch ledger and its root compared; until
 * then it is shown hollow, never green. A restore shows what it would lose before it asks for the
 * group's name. Read {@link io.xwasm.console.backups.BackupsView} first.
 */
@NullMarked
package io.xwasm.console.backups;

import org.jspecify.annotations.NullMarked;
