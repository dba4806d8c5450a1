package io.xwasm.agent.vm;

/** Goes through a function body one instruction at a time and keeps the numbers that matter. */
final class InstructionReader {
    private final ModuleReader in;
    private final ModuleOutline module;
    private int from;
    private int opcode;
    private int index;
    private String parameters = "";
    private String results = "";

    InstructionReader(ModuleOutline module, ModuleReader in) {
        this.module = module;
        this.in = in;
    }

    /** Moves on; false at the end of the body. */
    boolean next() {
        if (!in.hasMore()) {
            return false;
        }
        from = in.at();
        opcode = in.octet();
        if (opcode == Opcodes.PREFIX_FC) {
            opcode = (opcode << Byte.SIZE) | in.count(0xFF, "as a second opcode");
        }
        var refusal = Opcodes.refusal(opcode);
        if (refusal != null) {
            throw new CodeRefused(
                    "at offset 0x%x: %s %s".formatted(from, Opcodes.shown(opcode), refusal));
        }
        immediates();
        return true;
    }

    int from() {
        return from;
    }

    int to() {
        return in.at();
    }

    int opcode() {
        return opcode;
    }

    /** The function that a call calls; how many blocks a branch leaves at most; the variable. */
    int index() {
        return index;
    }

    /** Of the block or the call just read. */
    String parameters() {
        return parameters;
    }

    /** Of the block or the call just read. */
    String results() {
        return results;
    }

    private void immediates() {
        switch (opcode) {
            case Opcodes.BLOCK, Opcodes.LOOP, Opcodes.IF -> blockType();
            case Opcodes.BR, Opcodes.BR_IF -> index = in.number();
            case Opcodes.BR_TABLE -> {
                int targets = in.count(VmLimits.TABLE_ENTRIES, "branch targets");
                index = 0;
                for (int i = 0; i <= targets; i++) {
                    index = Math.max(index, in.number());
                }
            }
            case Opcodes.CALL -> {
                index = in.number();
                if (index >= module.functions()) {
                    throw in.refused("there is no function " + index);
                }
                signature(module.signatureOf(index));
            }
            case Opcodes.CALL_INDIRECT -> {
                signature(typeAt(in.number()));
                in.skipNumber();
            }
            case Opcodes.LOCAL_GET, Opcodes.LOCAL_SET, Opcodes.LOCAL_TEE -> {
                index = in.number();
                if (index >= VmLimits.LOCALS) {
                    throw in.refused("there is no variable " + index);
                }
            }
            case Opcodes.SELECT_TYPED -> {
                int count = in.count(1, "types of a select");
                for (int i = 0; i < count; i++) {
                    OutlineReader.valueType(in);
                }
            }
            case Opcodes.MEMORY_SIZE, Opcodes.MEMORY_GROW, Opcodes.MEMORY_FILL -> in.skip(1);
            case Opcodes.MEMORY_COPY -> in.skip(2);
            case Opcodes.I32_CONST, Opcodes.I64_CONST -> in.skipNumber();
            default -> {
                if (opcode == Opcodes.GLOBAL_GET || opcode == Opcodes.GLOBAL_SET) {
                    in.skipNumber();
                } else if (Opcodes.touchesMemory(opcode)) {
                    in.skipNumber();
                    in.skipNumber();
                }
            }
        }
    }

    /** Nothing, one type, or the index of a signature. */
    private void blockType() {
        int first = in.octet();
        parameters = "";
        results = "";
        if (first == Opcodes.NO_TYPE) {
            return;
        }
        if (first == Opcodes.TYPE_I32 || first == Opcodes.TYPE_I64) {
            results = first == Opcodes.TYPE_I32 ? "i" : "I";
            return;
        }
        int value = first & 0x7F;
        int shift = 7;
        int octet = first;
        while ((octet & 0x80) != 0 && shift < Integer.SIZE) {
            octet = in.octet();
            value |= (octet & 0x7F) << shift;
            shift += 7;
        }
        // A last byte with bit 0x40 is a negative number: some other single type.
        if ((octet & 0xC0) != 0 || value < 0) {
            throw in.refused("the block type 0x%02x is not allowed".formatted(first));
        }
        signature(typeAt(value));
    }

    private ModuleOutline.Signature typeAt(int type) {
        if (type >= module.types().size()) {
            throw in.refused("there is no type " + type);
        }
        return module.types().get(type);
    }

    private void signature(ModuleOutline.Signature signature) {
        parameters = signature.parameters();
        results = signature.results();
    }
}
