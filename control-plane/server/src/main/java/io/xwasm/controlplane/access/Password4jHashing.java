package io.xwasm.controlplane.access;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;

/** Argon2id with the parameters that OWASP recommends: 19 MiB, two passes, one lane. */
final class Password4jHashing {
    private static final Argon2Function ARGON2ID =
            Argon2Function.getInstance(19 * 1024, 2, 1, 32, Argon2.ID);

    private Password4jHashing() {}

    static String hash(String password) {
        return Password.hash(password).addRandomSalt(16).with(ARGON2ID).getResult();
    }

    static boolean matches(String password, String hash) {
        return Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash));
    }
}
