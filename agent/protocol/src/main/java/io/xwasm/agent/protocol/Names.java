package io.xwasm.agent.protocol;

import java.util.regex.Pattern;

/** What people may call nodes, groups and contracts. */
final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,39}");

    private Names() {}

    static void require(String value, String what) {
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no %s: one to forty letters, digits, dots and dashes are wanted, a letter or digit first"
                            .formatted(value, what));
        }
    }
}
