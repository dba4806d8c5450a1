package io.xwasm.console.look;

import io.xwasm.controlplane.api.ControlPlaneUnreachable;
import io.xwasm.controlplane.api.Page;
import io.xwasm.controlplane.api.RequestRefused;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been fetched of a long list so far.
 *
 * <p>Cursors only lead forward, so each stretch is kept with the cursor that it began at. When the
 * list begins anew, stretches are fetched again as far as somebody looks at them, and no further.
 */
final class Stretches<T> {
    private final Table.Source<T> source;
    private final int size;
    private final List<Stretch<T>> known = new ArrayList<>();

    /**
     * @param page null when it has to be fetched again
     */
    private record Stretch<T>(@Nullable String cursor, int count, @Nullable Page<T> page) {
        Stretch<T> old() {
            return new Stretch<>(cursor, count, null);
        }
    }

    Stretches(Table.Source<T> source, int size) {
        this.source = source;
        this.size = size;
    }

    /** The list begins so now. */
    void begin(Page<T> first) {
        known.replaceAll(Stretch::old);
        keep(0, null, first);
    }

    /** Rows from here on; fewer than wanted at the end, or when no more could be fetched. */
    List<T> rows(int offset, int limit) {
        List<T> rows = new ArrayList<>();
        int begin = 0;
        for (int i = 0; begin < offset + limit && i < known.size(); i++) {
            if (begin + known.get(i).count() > offset) {
                var page = page(i);
                if (page == null) {
                    break;
                }
                int from = Math.max(0, offset - begin);
                int to = Math.min(page.items().size(), offset + limit - begin);
                rows.addAll(page.items().subList(Math.min(from, to), to));
            }
            if (i == known.size() - 1) {
                append(i);
            }
            begin += known.get(i).count();
        }
        return rows;
    }

    /** Null when it is not there and cannot be had. */
    private @Nullable Page<T> page(int place) {
        var stretch = known.get(place);
        if (stretch.page() != null) {
            return stretch.page();
        }
        try {
            var page = source.page(stretch.cursor(), size);
            keep(place, stretch.cursor(), page);
            return page;
        } catch (RequestRefused | ControlPlaneUnreachable _) {
            return null;
        }
    }

    /** Where the last one that is known ends, the next begins; how long it is will be seen. */
    private void append(int last) {
        var page = page(last);
        if (page != null && page.next() != null) {
            known.add(new Stretch<>(page.next(), size, null));
        }
    }

    private void keep(int place, @Nullable String cursor, Page<T> page) {
        var stretch = new Stretch<>(cursor, page.items().size(), page);
        if (place < known.size()) {
            known.set(place, stretch);
        } else {
            known.add(stretch);
        }
        boolean follows =
                place + 1 < known.size()
                        && page.next() != null
                        && page.next().equals(known.get(place + 1).cursor());
        if (!follows) {
            known.subList(place + 1, known.size()).clear();
        }
    }
}
