package io.xwasm.agent.vm;

import java.io.ByteArrayOutputStream;

/** The instructions of one function, written one after the other; nothing is checked. */
final class GuestCode {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StringBuilder variables = new StringBuilder();

    /** Declares a variable and tells nothing of its index: parameters come first. */
    GuestCode variables(String letters) {
        variables.append(letters);
        return this;
    }

    /** Instructions without immediates; those with two bytes as {@link Opcodes} spells them. */
    GuestCode op(int... opcodes) {
        for (int opcode : opcodes) {
            if (opcode > 0xFF) {
                out.write(opcode >> Byte.SIZE);
            }
            out.write(opcode);
        }
        return this;
    }

    /** An instruction with numbers behind it. */
    GuestCode with(int opcode, int... numbers) {
        op(opcode);
        for (int number : numbers) {
            GuestModule.number(out, number);
        }
        return this;
    }

    GuestCode i32(int value) {
        return constant(Opcodes.I32_CONST, value);
    }

    GuestCode i64(long value) {
        return constant(Opcodes.I64_CONST, value);
    }

    private GuestCode constant(int opcode, long value) {
        out.writeBytes(new ModuleWriter().constant(opcode, value).toBytes());
        return this;
    }

    GuestCode get(int variable) {
        return with(Opcodes.LOCAL_GET, variable);
    }

    GuestCode set(int variable) {
        return with(Opcodes.LOCAL_SET, variable);
    }

    GuestCode call(int function) {
        return with(Opcodes.CALL, function);
    }

    /** A call whose parameters are all i32. */
    GuestCode call(int function, int... arguments) {
        for (int argument : arguments) {
            i32(argument);
        }
        return call(function);
    }

    GuestCode drop() {
        return op(Opcodes.DROP);
    }

    /** A block, loop or if that gives nothing. */
    GuestCode open(int opcode) {
        return op(opcode, Opcodes.NO_TYPE);
    }

    GuestCode end() {
        return op(Opcodes.END);
    }

    GuestCode raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** The same code so many times; the variable counts down to zero. */
    GuestCode times(int count, int variable, GuestCode body) {
        i32(count).set(variable).open(Opcodes.LOOP).raw(body.out.toByteArray());
        get(variable).i32(1).op(Opcodes.I32_SUB).with(Opcodes.LOCAL_TEE, variable);
        return with(Opcodes.BR_IF, 0).end();
    }

    int size() {
        return out.size();
    }

    /** The body as it stands in the code section, behind its length. */
    byte[] body() {
        var body = new ByteArrayOutputStream();
        GuestModule.number(body, variables.length());
        for (int i = 0; i < variables.length(); i++) {
            body.write(1);
            body.write(GuestModule.valueType(variables.charAt(i)));
        }
        body.writeBytes(out.toByteArray());
        body.write(Opcodes.END);
        return body.toByteArray();
    }
}
