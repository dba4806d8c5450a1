package io.xwasm.agent.testing.runner;

import java.util.List;
import java.util.TreeMap;

/** What the calls so far cost, by contract and method. */
public record GasReport(List<Row> rows) {
    public GasReport {
        rows = List.copyOf(rows);
    }

    /**
     * The calls of one method.
     *
     * @param method with its contract's name before it
     * @param calls how many, failed ones included
     * @param failed how many of them failed
     * @param least gas
     * @param mean gas
     * @param most gas
     */
    public record Row(String method, long calls, long failed, long least, long mean, long most) {}

    /** Collects calls. */
    static final class Book {
        private final TreeMap<String, Sum> sums = new TreeMap<>();

        private static final class Sum {
            private long calls;
            private long failed;
            private long gas;
            private long least = Long.MAX_VALUE;
            private long most;
        }

        void add(String contract, String method, long gas, boolean succeeded) {
            var sum = sums.computeIfAbsent(contract + "." + method, _ -> new Sum());
            sum.calls++;
            sum.failed += succeeded ? 0 : 1;
            sum.gas += gas;
            sum.least = Math.min(sum.least, gas);
            sum.most = Math.max(sum.most, gas);
        }

        GasReport report() {
            return new GasReport(
                    sums.entrySet().stream().map(e -> row(e.getKey(), e.getValue())).toList());
        }

        private static Row row(String method, Sum sum) {
            return new Row(method, sum.calls, sum.failed, sum.least, sum.gas / sum.calls, sum.most);
        }
    }
}
