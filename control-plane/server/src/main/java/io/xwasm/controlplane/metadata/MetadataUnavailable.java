package io.xwasm.controlplane.metadata;

/** The database cannot be opened, read or written; an SRE must look at its disk. */
public final class MetadataUnavailable extends RuntimeException {
    public MetadataUnavailable(String tried, Throwable cause) {
        super("%s failed: %s".formatted(tried, cause.getMessage()), cause);
    }
}
