package io.xwasm.console.look;

import io.xwasm.controlplane.api.Health;
import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.StepState;

/** How something stands; always shown as icon, word and colour together. */
public enum Tone {
    OK("ok", "circle-check"),
    WARN("warn", "triangle-alert"),
    BAD("bad", "circle-x"),
    RUN("run", "loader-circle"),
    OFF("off", "circle-help"),
    TODO("todo", "circle-dashed"),
    OLD("old", "history");

    private final String css;
    private final String icon;

    Tone(String css, String icon) {
        this.css = css;
        this.icon = icon;
    }

    public static Tone of(Health health) {
        return switch (health) {
            case OK -> OK;
            case WARN -> WARN;
            case BAD -> BAD;
            case UNKNOWN -> OFF;
        };
    }

    public static Tone of(OperationState state) {
        return switch (state) {
            case RUNNING -> RUN;
            case SUCCEEDED -> OK;
            case FAILED -> BAD;
        };
    }

    public static Tone of(StepState state) {
        return switch (state) {
            case WAITING -> TODO;
            case RUNNING -> RUN;
            case DONE -> OK;
            case FAILED -> BAD;
            case UNDONE -> OLD;
        };
    }

    /** The word for a health that has no better one. */
    public static String word(Health health) {
        return switch (health) {
            case OK -> "Healthy";
            case WARN -> "Warning";
            case BAD -> "Failing";
            case UNKNOWN -> "Unknown";
        };
    }

    public static String word(OperationState state) {
        return switch (state) {
            case RUNNING -> "Running";
            case SUCCEEDED -> "Done";
            case FAILED -> "Failed";
        };
    }

    public String css() {
        return css;
    }

    public Markup icon(String classes) {
        return Icons.icon(icon, (this == RUN ? "spin " : "") + classes);
    }

    /** Icon and word in the tone's colour. */
    public Markup status(String word) {
        return Markup.span("st " + css, icon("s14"), Markup.span("cut", word));
    }

    /** The same on the tone's tint. */
    public Markup pill(String word) {
        return Markup.span("pill " + css, icon("s14"), word);
    }

    /** A tinted word without icon, for what is not a status: a role, a version. */
    public Markup tag(String word) {
        return Markup.span("pill plain " + css, word);
    }
}
