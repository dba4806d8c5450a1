package io.xwasm.backup;

import io.xwasm.backup.store.AlreadyStored;
import io.xwasm.backup.store.BackupStore;
import io.xwasm.backup.store.ObjectName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Objects in memory, which a test may damage. */
final class MemoryBackupStore implements BackupStore {
    final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();

    @Override
    public void put(String name, byte[] bytes) {
        if (objects.putIfAbsent(ObjectName.require(name), bytes.clone()) != null) {
            throw new AlreadyStored(name, location());
        }
    }

    @Override
    public Optional<byte[]> get(String name) {
        return Optional.ofNullable(objects.get(name)).map(byte[]::clone);
    }

    /** The bytes themselves, of an object that is there. */
    byte[] bytes(String name) {
        return get(name).orElseThrow(() -> new AssertionError(name + " is not there"));
    }

    @Override
    public boolean exists(String name) {
        return objects.containsKey(name);
    }

    @Override
    public List<String> list(String folder) {
        return objects.keySet().stream().filter(name -> name.startsWith(folder + "/")).toList();
    }

    @Override
    public List<String> folders() {
        return objects.keySet().stream()
                .filter(name -> name.contains("/"))
                .map(name -> name.substring(0, name.indexOf('/')))
                .distinct()
                .toList();
    }

    @Override
    public String location() {
        return "memory";
    }
}
