package io.xwasm.controlplane.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/** Finds a custom section in a WebAssembly module, and tells what is no module at all. */
final class CodeSections {
    private static final byte[] HEAD = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int CUSTOM = 0;

    private final byte[] wasm;
    private int at;

    private CodeSections(byte[] wasm) {
        this.wasm = wasm;
    }

    /**
     * @return the section's content behind its name
     * @throws IllegalArgumentException when the bytes are no module or are cut short
     */
    static Optional<byte[]> custom(byte[] wasm, String name) {
        if (wasm.length == 0) {
            throw new IllegalArgumentException("the file is empty");
        }
        if (!Arrays.equals(Arrays.copyOf(wasm, HEAD.length), HEAD)) {
            throw new IllegalArgumentException(
                    "these bytes are no WebAssembly module: they do not begin as one");
        }
        return new CodeSections(wasm).find(name);
    }

    private Optional<byte[]> find(String name) {
        at = HEAD.length;
        Optional<byte[]> found = Optional.empty();
        while (at < wasm.length) {
            int id = wasm[at++];
            int length = number();
            int end = at + length;
            if (length < 0 || end < at || end > wasm.length) {
                throw cutShort();
            }
            if (id == CUSTOM && found.isEmpty()) {
                found = content(name, end);
            }
            at = end;
        }
        return found;
    }

    private Optional<byte[]> content(String name, int end) {
        int length = number();
        if (length < 0 || length > end - at) {
            throw cutShort();
        }
        var given = new String(wasm, at, length, UTF_8);
        return given.equals(name)
                ? Optional.of(Arrays.copyOfRange(wasm, at + length, end))
                : Optional.empty();
    }

    /** An unsigned LEB128 number. */
    private int number() {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            if (at >= wasm.length) {
                throw cutShort();
            }
            int octet = wasm[at++];
            value |= (octet & 0x7f) << shift;
            if ((octet & 0x80) == 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a length in the module is longer than five bytes");
    }

    private static IllegalArgumentException cutShort() {
        return new IllegalArgumentException("the module is cut short");
    }
}
