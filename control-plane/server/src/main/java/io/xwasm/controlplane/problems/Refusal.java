package io.xwasm.controlplane.problems;

import java.util.List;

/** A request that is not carried out, and why. */
public final class Refusal extends RuntimeException {
    private final ProblemKind kind;
    private final transient List<String> findings;

    private Refusal(ProblemKind kind, String sentence, List<String> findings) {
        super(sentence);
        this.kind = kind;
        this.findings = List.copyOf(findings);
    }

    /**
     * @param sentence what was tried, on what, and what can be done
     */
    public static Refusal of(ProblemKind kind, String sentence) {
        return new Refusal(kind, sentence, List.of());
    }

    /** Several things are wrong at once. */
    public static Refusal of(ProblemKind kind, String sentence, List<String> findings) {
        return new Refusal(kind, sentence, findings);
    }

    /** Refuses a value unless the condition holds. */
    public static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw of(ProblemKind.INVALID, otherwise);
        }
    }

    public ProblemKind kind() {
        return kind;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }

    public List<String> findings() {
        return findings;
    }
}
