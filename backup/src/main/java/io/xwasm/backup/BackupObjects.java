package io.xwasm.backup;

import io.xwasm.agent.protocol.WireWriter;
import java.util.regex.Pattern;

/** What the objects of a backup are called, and what each is bound to when it is encrypted. */
final class BackupObjects {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    private BackupObjects() {}

    static void requireId(String backup) {
        if (!ID.matcher(backup).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no backup id: one to eighty letters, digits, dots, dashes and underscores are wanted, a letter or digit first"
                            .formatted(backup));
        }
    }

    static String chunk(String backup, int index) {
        return "%s/chunk-%06d".formatted(backup, index);
    }

    static String manifest(String backup) {
        return backup + "/manifest";
    }

    static String key(String backup) {
        return backup + "/key";
    }

    /** Binds a chunk to its place, so that it opens in no other backup and at no other index. */
    static byte[] chunkBinding(String backup, int index) {
        return new WireWriter().text("xwasm backup chunk 1").text(backup).i32(index).toBytes();
    }

    static byte[] manifestBinding(String backup) {
        return new WireWriter().text("xwasm backup manifest 1").text(backup).toBytes();
    }

    static byte[] keyBinding(String backup) {
        return new WireWriter().text("xwasm backup key 1").text(backup).toBytes();
    }
}
