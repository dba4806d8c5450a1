package io.xwasm.deploy.bench;

/** What {@code swap.c}, {@code swap.rs} and {@code hash.c} do, in plain Java, line by line. */
final class VmKernels {
    private static final long LOW = 0xFFFF_FFFFL;

    private VmKernels() {}

    static long swap() {
        long a = 900_000_000_000_000_000L;
        long b = 400_000_000_000_000_000L;
        long seed = 7;
        long checked = 0;
        for (int i = 0; i < 20_000; i++) {
            seed = seed * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
            long in = (seed >>> 20) + 1;
            long net = in - Long.divideUnsigned(in, 333);
            if ((i & 1) != 0) {
                long out = multiplyDivide(b, net, a + net);
                a += in;
                b -= out;
                checked ^= out;
            } else {
                long out = multiplyDivide(a, net, b + net);
                b += in;
                a -= out;
                checked ^= out;
            }
        }
        return checked + a;
    }

    private static long multiplyDivide(long a, long b, long d) {
        long al = a & LOW;
        long ah = a >>> 32;
        long bl = b & LOW;
        long bh = b >>> 32;
        long low = al * bl;
        long middle = ah * bl + (low >>> 32);
        long other = al * bh + (middle & LOW);
        long high = ah * bh + (middle >>> 32) + (other >>> 32);
        low = (other << 32) | (low & LOW);
        if (high == 0) {
            return Long.divideUnsigned(low, d);
        }
        for (int i = 0; i < 64; i++) {
            long carry = high >>> 63;
            high = (high << 1) | (low >>> 63);
            low <<= 1;
            if (carry != 0 || Long.compareUnsigned(high, d) >= 0) {
                high -= d;
                low |= 1;
            }
        }
        return low;
    }

    static long hash() {
        var words = new long[1024];
        for (int i = 0; i < words.length; i++) {
            words[i] = i * 0x9e3779b97f4a7c15L;
        }
        long hash = 0xcbf29ce484222325L;
        for (int round = 0; round < 1000; round++) {
            for (int i = 0; i < words.length; i++) {
                hash = (hash ^ words[i]) * 0x100000001b3L;
                words[i] = (hash << 23) | (hash >>> 41);
            }
        }
        return hash;
    }
}
