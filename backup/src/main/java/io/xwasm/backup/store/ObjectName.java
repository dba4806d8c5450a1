package io.xwasm.backup.store;

import java.util.regex.Pattern;

/** What an object may be called, in every store. */
public final class ObjectName {
    private static final String PART = "[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}";
    private static final Pattern NAME = Pattern.compile(PART + "(/" + PART + ")*");

    private ObjectName() {}

    /**
     * The name itself.
     *
     * @throws IllegalArgumentException when it is none; a name cannot lead out of its store
     */
    public static String require(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a stored object: letters, digits, dots, dashes and underscores are wanted, in parts joined by '/'"
                            .formatted(name));
        }
        return name;
    }
}
