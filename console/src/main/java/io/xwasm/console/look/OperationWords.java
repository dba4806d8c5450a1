package io.xwasm.console.look;

import io.xwasm.controlplane.api.OperationState;
import io.xwasm.controlplane.api.OperationView;

/** What people call an operation. */
public final class OperationWords {
    private OperationWords() {}

    /** "Upgrade dex". */
    public static String title(OperationView operation) {
        var subject = operation.subject();
        return switch (operation.kind()) {
            case "deploy" -> "Deploy " + subject;
            case "upgrade" -> "Upgrade " + subject;
            case "rollback" -> "Roll back " + subject;
            case "fund" -> "Fund " + abbreviated(subject);
            case "backup" -> "Back up " + subject;
            case "verify" -> "Verify backup " + subject;
            case "restore" -> "Restore " + subject;
            case "failover" -> "Failover of " + subject;
            case "switchover" -> "Switchover of " + subject;
            default -> Steps.sentenceCase(operation.kind()) + " " + subject;
        };
    }

    /** For a flag on a chart: "dex upgrade". */
    public static String brief(OperationView operation) {
        return operation.subject() + " " + operation.kind();
    }

    public static String icon(OperationView operation) {
        return switch (operation.kind()) {
            case "deploy", "upgrade" -> "package";
            case "rollback" -> "undo-2";
            case "backup" -> "archive";
            case "verify" -> "shield-check";
            case "restore" -> "archive-restore";
            case "failover", "switchover" -> "arrow-left-right";
            case "fund" -> "key-round";
            default -> "activity";
        };
    }

    /** Whether it may explain a bend in a curve. */
    public static boolean changesTheFleet(OperationView operation) {
        return switch (operation.kind()) {
            case "fund", "verify" -> false;
            default -> true;
        };
    }

    /** The mark in front of it: its kind when all is well, else how it stands. */
    public static Markup mark(OperationView operation) {
        return operation.state() == OperationState.SUCCEEDED
                ? Icons.icon(icon(operation), "t3")
                : Markup.of(Tone.of(operation.state()).icon(Tone.of(operation.state()).css()));
    }

    private static String abbreviated(String subject) {
        return subject.length() > 20 ? subject.substring(0, 6) + "…" : subject;
    }
}
