package io.xwasm.agent.vm;

import java.util.Optional;

/** Why a call failed. The numbers are what contracts see (ABI.md) and never change. */
public enum FailureKind {
    UNKNOWN_CONTRACT(0),
    UNKNOWN_METHOD(1),
    BAD_ARGUMENTS(2),
    OUT_OF_GAS(3),
    TRAP(4),
    DEPTH_EXCEEDED(5),
    LIMIT_EXCEEDED(6),
    REENTRANCY(7),
    INSUFFICIENT_BALANCE(8),
    NOT_PAYABLE(9),
    /** From here on: what contracts themselves complain about. */
    PERMISSION(10),
    VALIDATION(11),
    MATH(12),
    STATE(13),
    RESOURCES(14),
    TIMEOUT(15),
    UNKNOWN(16);

    private static final FailureKind[] ALL = values();

    private final int code;

    FailureKind(int code) {
        this.code = code;
    }

    /** The number of this kind in the binary interface. */
    public int code() {
        return code;
    }

    /** The kind of this number. */
    public static Optional<FailureKind> ofCode(int code) {
        for (var kind : ALL) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
