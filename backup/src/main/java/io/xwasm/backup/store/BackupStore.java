package io.xwasm.backup.store;

import java.util.List;
import java.util.Optional;

/**
 * Objects by name, written once.
 *
 * <p>A name is parts of letters, digits, dots, dashes and underscores, joined by {@code /}; no part
 * begins with a dot. An object is there entirely or not at all, also when the writer is killed.
 * When {@link #put} has returned, the object survives a loss of power. Every method throws {@link
 * StoreUnavailable} when the store itself does not work. Safe for use by several threads.
 */
public interface BackupStore {
    /**
     * Stores a new object.
     *
     * @throws AlreadyStored when there is one of this name, whatever it holds
     */
    void put(String name, byte[] bytes);

    /** The object's bytes; empty when there is none of this name. */
    Optional<byte[]> get(String name);

    boolean exists(String name);

    /** The names that begin with this folder and a {@code /}, sorted. */
    List<String> list(String folder);

    /** The names of the topmost folders, sorted. */
    List<String> folders();

    /** What a person would call this store: a folder, a bucket. */
    String location();
}
