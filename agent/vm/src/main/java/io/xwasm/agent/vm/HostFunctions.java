package io.xwasm.agent.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.CodeHash;
import io.xwasm.agent.protocol.Hash;
import java.math.BigInteger;

/**
 * What the machine does for a contract. Each function is paid for before it does anything large.
 */
final class HostFunctions {
    private static final long ABSENT = -1;
    private static final int WORD = Long.BYTES;

    private final Guest guest;

    HostFunctions(Guest guest) {
        this.guest = guest;
    }

    /**
     * Calls a function of which the number of arguments has been checked; 0 if it gives nothing.
     */
    long call(HostImport function, long[] args) {
        guest.charge(GasCosts.HOST_CALL);
        var frame = guest.frame();
        return switch (function) {
            case INPUT_LENGTH -> frame.input().length;
            case INPUT_READ -> copy(frame.input(), at(args, 0));
            case METHOD_LENGTH -> frame.method().getBytes(UTF_8).length;
            case METHOD_READ -> copy(frame.method().getBytes(UTF_8), at(args, 0));
            case STORAGE_GET -> storageGet(frame, args);
            case STORAGE_SET -> storageSet(frame, args);
            case STORAGE_REMOVE -> storageRemove(frame, args);
            case CALLER -> writeAddress(at(args, 0), frame.caller());
            case SELF_ADDRESS -> writeAddress(at(args, 0), frame.self());
            case ORIGIN -> writeAddress(at(args, 0), invocation(frame).caller());
            case VALUE -> writeAmount(at(args, 0), frame.value());
            case BALANCE -> balance(frame, args);
            case BLOCK_HEIGHT -> invocation(frame).block().height();
            case BLOCK_TIME -> invocation(frame).block().timeMillis();
            case CALL_HASH -> writeHash(at(args, 0), invocation(frame).callHash());
            case GAS_LEFT -> guest.gasLeft();
            case EMIT -> emit(frame, args);
            case RET -> ret(frame, args);
            case REVERT -> throw reverted(args);
            case CALL -> callContract(frame, args);
            case DELEGATE_CALL -> delegateCall(frame, args);
            case RESULT_LENGTH -> frame.calleeResult().length;
            case RESULT_READ -> copy(frame.calleeResult(), at(args, 0));
            case HAS_METHOD -> hasMethod(frame, args);
            case SHA256 -> sha256(args);
            case IS_CONTRACT -> isContract(frame, args);
        };
    }

    private long storageGet(Frame frame, long[] args) {
        guest.charge(GasCosts.STORAGE_READ);
        var key = key(args);
        var value = frame.transaction().world().storage(frame.self(), key);
        if (value == null) {
            return ABSENT;
        }
        guest.charge(value.length * GasCosts.PER_READ_BYTE);
        int wanted = at(args, 3);
        guest.write(at(args, 2), value, wanted < 0 ? value.length : Math.min(value.length, wanted));
        return value.length;
    }

    private long storageSet(Frame frame, long[] args) {
        guest.charge(GasCosts.STORAGE_WRITE);
        var key = key(args);
        int length = limited(args, 3, VmLimits.VALUE_BYTES, "bytes in a value");
        guest.charge((key.length + length) * GasCosts.PER_WRITTEN_BYTE);
        var value = guest.read(at(args, 2), length);
        frame.transaction().countWrite();
        frame.transaction().world().store(frame.self(), key, value);
        return 0;
    }

    private long storageRemove(Frame frame, long[] args) {
        guest.charge(GasCosts.STORAGE_REMOVAL);
        var key = key(args);
        frame.transaction().countWrite();
        var world = frame.transaction().world();
        if (world.storage(frame.self(), key) == null) {
            return 0;
        }
        world.store(frame.self(), key, null);
        return 1;
    }

    private long balance(Frame frame, long[] args) {
        guest.charge(GasCosts.STORAGE_READ);
        var party = readAddress(at(args, 0));
        return writeAmount(at(args, 1), frame.transaction().world().balance(party));
    }

    private long emit(Frame frame, long[] args) {
        int topic = limited(args, 1, VmLimits.TOPIC_BYTES, "bytes in a topic");
        int data = limited(args, 3, VmLimits.EVENT_BYTES, "bytes in an event");
        guest.charge(GasCosts.EVENT + (topic + data) * GasCosts.PER_EVENT_BYTE);
        var name = new String(guest.read(at(args, 0), topic), UTF_8);
        frame.transaction().announce(new Event(frame.self(), name, guest.read(at(args, 2), data)));
        return 0;
    }

    private long ret(Frame frame, long[] args) {
        int length = limited(args, 1, VmLimits.RESULT_BYTES, "bytes in a result");
        guest.charge(length * GasCosts.PER_HOST_BYTE);
        frame.output(guest.read(at(args, 0), length));
        return 0;
    }

    private ContractStopped reverted(long[] args) {
        int length = Math.min(at(args, 2), VmLimits.MESSAGE_BYTES);
        var sentence = new String(guest.read(at(args, 1), length), UTF_8);
        var kind = FailureKind.ofCode(at(args, 0)).orElse(FailureKind.UNKNOWN);
        return new ContractStopped(kind, sentence);
    }

    private long callContract(Frame frame, long[] args) {
        guest.charge(GasCosts.LOOK_UP);
        var to = readAddress(at(args, 0));
        var value = at(args, 5) == 0 ? BigInteger.ZERO : readAmount(at(args, 5));
        if (value.signum() > 0) {
            guest.charge(GasCosts.MOVE_VALUE);
        }
        var method = method(args, 1);
        var callee =
                new Frame(frame.transaction(), frame.self(), to, method, arguments(args, 3), value);
        long left = guest.gasLeft();
        long limit = args[6] <= 0 || args[6] > left ? left : args[6];
        return settle(
                frame, limit, frame.transaction().call(callee, limit, guest.stackUnitsLeft()));
    }

    private long delegateCall(Frame frame, long[] args) {
        guest.charge(GasCosts.LOOK_UP);
        var code = readCodeHash(at(args, 0));
        var callee =
                new Frame(
                        frame.transaction(),
                        frame.caller(),
                        frame.self(),
                        method(args, 1),
                        arguments(args, 3),
                        frame.value());
        long limit = guest.gasLeft();
        return settle(
                frame,
                limit,
                frame.transaction().delegate(code, callee, limit, guest.stackUnitsLeft()));
    }

    /** Takes over the callee's answer and its bill. */
    private long settle(Frame frame, long limit, Transaction.Ended ended) {
        guest.gasLeft(guest.gasLeft() - (limit - ended.gasLeft()));
        frame.calleeResult(ended.result());
        return ended.failure().isPresent() ? 1L + ended.failure().get().code() : 0;
    }

    private long hasMethod(Frame frame, long[] args) {
        guest.charge(GasCosts.LOOK_UP);
        var known = frame.transaction().hasMethod(readCodeHash(at(args, 0)), method(args, 1));
        return known.isEmpty() ? ABSENT : known.get() ? 1 : 0;
    }

    private long sha256(long[] args) {
        int length = at(args, 1);
        guest.requireInside(at(args, 0), length);
        guest.charge(GasCosts.SHA256 + length * GasCosts.PER_HASHED_BYTE);
        return writeHash(at(args, 2), Hash.sha256(guest.read(at(args, 0), length)));
    }

    private long isContract(Frame frame, long[] args) {
        guest.charge(GasCosts.STORAGE_READ);
        var party = readAddress(at(args, 0));
        return frame.transaction().world().codeOf(party) == null ? 0 : 1;
    }

    private static Invocation invocation(Frame frame) {
        return frame.transaction().invocation();
    }

    private static int at(long[] args, int index) {
        return (int) args[index];
    }

    private static int limited(long[] args, int index, int limit, String what) {
        int length = at(args, index);
        if (length < 0 || length > limit) {
            throw new ContractStopped(
                    FailureKind.LIMIT_EXCEEDED,
                    "%d %s, the limit is %d"
                            .formatted(Integer.toUnsignedLong(length), what, limit));
        }
        return length;
    }

    private byte[] key(long[] args) {
        int length = limited(args, 1, VmLimits.KEY_BYTES, "bytes in a key");
        return guest.read(at(args, 0), length);
    }

    private String method(long[] args, int from) {
        int length = limited(args, from + 1, VmLimits.METHOD_BYTES, "bytes in a method's name");
        return new String(guest.read(at(args, from), length), UTF_8);
    }

    private byte[] arguments(long[] args, int from) {
        int length = limited(args, from + 1, VmLimits.ARGUMENT_BYTES, "bytes of arguments");
        guest.charge(length * GasCosts.PER_HOST_BYTE);
        return guest.read(at(args, from), length);
    }

    private long copy(byte[] bytes, int to) {
        guest.charge(bytes.length * GasCosts.PER_HOST_BYTE);
        guest.write(to, bytes, bytes.length);
        return 0;
    }

    private long writeAmount(int to, BigInteger amount) {
        guest.requireInside(to, 2 * WORD);
        guest.writeWord(to, amount.longValue());
        guest.writeWord(to + WORD, amount.shiftRight(Long.SIZE).longValue());
        return 0;
    }

    private BigInteger readAmount(int from) {
        var bytes = guest.read(from, 2 * WORD);
        var big = new byte[bytes.length];
        for (int i = 0; i < big.length; i++) {
            big[i] = bytes[big.length - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private Address readAddress(int from) {
        guest.requireInside(from, 4 * WORD);
        return new Address(big(from, 0), big(from, 1), big(from, 2), big(from, 3));
    }

    private CodeHash readCodeHash(int from) {
        guest.requireInside(from, 4 * WORD);
        return new CodeHash(big(from, 0), big(from, 1), big(from, 2), big(from, 3));
    }

    private long writeAddress(int to, Address address) {
        return write(to, address.a(), address.b(), address.c(), address.d());
    }

    private long writeHash(int to, Hash hash) {
        return write(to, hash.a(), hash.b(), hash.c(), hash.d());
    }

    private long write(int to, long a, long b, long c, long d) {
        guest.requireInside(to, 4 * WORD);
        guest.writeWord(to, Long.reverseBytes(a));
        guest.writeWord(to + WORD, Long.reverseBytes(b));
        guest.writeWord(to + 2 * WORD, Long.reverseBytes(c));
        guest.writeWord(to + 3 * WORD, Long.reverseBytes(d));
        return 0;
    }

    /** Names are kept as words in the order of their bytes, memory as little-endian words. */
    private long big(int from, int word) {
        return Long.reverseBytes(guest.readWord(from + word * WORD));
    }
}
