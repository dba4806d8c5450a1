package io.xwasm.agent.vm;

import java.io.ByteArrayOutputStream;

/** Writes a module's bytes. */
final class ModuleWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ModuleWriter octet(int value) {
        out.write(value);
        return this;
    }

    ModuleWriter raw(byte[] bytes, int from, int to) {
        out.write(bytes, from, to - from);
        return this;
    }

    /** An instruction with one number behind it. */
    ModuleWriter octet(int opcode, int number) {
        return octet(opcode).number(number);
    }

    ModuleWriter number(int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    /** A constant: what follows {@code i32.const} and {@code i64.const}. */
    ModuleWriter constant(int opcode, long value) {
        out.write(opcode);
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>= 7;
        }
        out.write((int) (rest & 0x7F));
        return this;
    }

    /** A length and that many bytes. */
    ModuleWriter block(ModuleWriter content) {
        number(content.out.size());
        out.writeBytes(content.out.toByteArray());
        return this;
    }

    ModuleWriter section(int id, ModuleWriter content) {
        return octet(id).block(content);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
