package io.xwasm.console.look;

/** What the control plane says, as it stands in a text. */
public final class Prose {
    private Prose() {}

    /** With a capital at its beginning, unless that is a name: node-1 stays node-1. */
    public static String capital(String words) {
        int end = words.indexOf(' ');
        var first = end < 0 ? words : words.substring(0, end);
        return first.isEmpty() || !first.chars().allMatch(Character::isLetter)
                ? words
                : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** With a capital at its beginning and a full stop at its end. */
    public static String sentence(String words) {
        var text = capital(words.strip());
        return text.isEmpty() || ".!?".indexOf(text.charAt(text.length() - 1)) >= 0
                ? text
                : text + ".";
    }

    /** Without the full stop, where one follows anyway. */
    public static String clause(String words) {
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    /**
     * Who did something, without what they did it through: "admin (token local tools)" is admin.
     */
    public static String person(String by) {
        int through = by.indexOf(" (");
        return through < 0 ? by : by.substring(0, through);
    }
}
