package io.xwasm.backup.store;

/** An object of this name is there already, and objects are never overwritten. */
public final class AlreadyStored extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AlreadyStored(String name, String location) {
        super("'%s' is already stored in %s and is never overwritten".formatted(name, location));
    }
}
