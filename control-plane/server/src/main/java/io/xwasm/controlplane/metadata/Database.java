package io.xwasm.controlplane.metadata;

import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** The control plane's metadata; each call is one transaction. */
public interface Database extends AutoCloseable {
    /** Reads a consistent state. */
    <T> T read(Function<Sql, T> transaction);

    /**
     * Changes the state; when this returns, the change is on disk. Writes never overlap. Must not
     * be called from inside another.
     */
    <T> T write(Function<Sql, T> transaction);

    /** A change that answers nothing. */
    default void change(Consumer<Sql> transaction) {
        var _ =
                this.<Boolean>write(sql -> {
                    transaction.accept(sql);
                    return true;
                });
    }

    /** Minted when these metadata began (protocol rule 2). */
    UUID incarnation();

    @Override
    void close();
}
