package io.xwasm.agent.vm;

import java.util.Random;

/** What Jazzer calls with bytes that choose host functions and what they are called with. */
public final class FuzzedHostCalls {
    private FuzzedHostCalls() {}

    /** Named as Jazzer wants it. Throws whatever is neither a refusal nor an outcome. */
    public static void fuzzerTestOneInput(byte[] choices) {
        HostileModules.endsSomehow(HostileModules.hostCalls(new Chosen(choices)));
    }

    /** Each choice is made by the next four bytes, and is zero behind the last. */
    private static final class Chosen extends Random {
        private static final long serialVersionUID = 1;

        private final transient ModuleReader choices;

        Chosen(byte[] choices) {
            this.choices = new ModuleReader(choices);
        }

        @Override
        protected int next(int bits) {
            int chosen = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                chosen = chosen << Byte.SIZE | nextOctet();
            }
            return chosen >>> (Integer.SIZE - bits);
        }

        private int nextOctet() {
            return choices.hasMore() ? choices.octet() : 0;
        }
    }
}
