package io.xwasm.agent.testing.applications;

/**
 * A contract does not keep a property; the message tells it, the call after which, and the seed.
 */
final class PropertyBroken extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String what;

    PropertyBroken(String property, String what) {
        super("not so: %s. %s".formatted(property, what));
        this.what = what;
    }

    private PropertyBroken(long seed, PropertyBroken of) {
        super("-Dproperty.seed=%d: %s".formatted(seed, of.getMessage()), of);
        this.what = of.what;
    }

    PropertyBroken withSeed(long seed) {
        return new PropertyBroken(seed, this);
    }
}
