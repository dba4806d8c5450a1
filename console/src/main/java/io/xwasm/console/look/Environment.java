package io.xwasm.console.look;

/**
 * Which fleet this is; coloured so that nobody mistakes one for the other.
 *
 * @param name shown in the top bar
 * @param production whether changes ask for the name to be typed
 * @param fleet name of the fleet
 */
public record Environment(String name, boolean production, String fleet) {
    /** What the style sheet knows it by. */
    public String hue() {
        return production ? "production" : "development";
    }
}
