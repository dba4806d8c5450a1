/**
 * The key-encryption key: what seals every other secret of the control plane.
 *
 * <p>It is a Tink keyset in a file outside metadata and backups, made with mode 600 at the first
 * start. It seals the fleet's account key, the data keys of backups and stored answers that hold a
 * secret. What is sealed is bound to what it is for, so one sealed thing cannot be put in another's
 * place. The key itself never leaves the process. Read {@link io.xwasm.controlplane.keys.Sealer}
 * first.
 */
@NullMarked
package io.xwasm.controlplane.keys;

import org.jspecify.annotations.NullMarked;
