package io.xwasm.agent.testing.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.contracts.ShippedContracts;
import io.xwasm.agent.testing.runner.CallResult;
import io.xwasm.agent.testing.runner.StateDiff;
import io.xwasm.agent.testing.runner.TestRunner;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A token behind a proxy, and the way between its versions. */
final class TokenVersions {
    private static final int U128 = 16;

    private final TestRunner runner;
    private final byte[] first = ShippedContracts.code("token");
    private final byte[] second = ShippedContracts.code("token-2");

    TokenVersions(TestRunner runner, ObjectNode init) {
        this.runner = runner;
        var proxy = ShippedContracts.code("proxy");
        runner.deployBehindProxy("token", proxy, first, runner.user("owner"), init);
    }

    /** To the other version, or an attempt at it that is refused; says which. */
    String change(RandomGenerator random, TokenSequence sequence) {
        if (sequence.isSecond()) {
            succeeded(runner.rollback("owner", "token", 0, first));
            return "rolled back";
        }
        var supply = sequence.ask("total_supply");
        if (supply.signum() > 0 && random.nextInt(3) == 0) {
            return refused(supply.subtract(BigInteger.ONE));
        }
        succeeded(
                upgrade(
                        random.nextBoolean()
                                ? null
                                : supply.add(BigInteger.TWO).min(TokenSequence.MOST)));
        return "upgraded";
    }

    private String refused(BigInteger cap) {
        var refused = upgrade(cap);
        assertThat(refused.failure()).isNotNull();
        assertThat(refused.failure().message()).isEqualTo("the cap is below the supply");
        assertThat(own(refused.diff(), StateDiff.Entry::after)).isEmpty();
        assertThat(runner.contractInterface("token").stateSchema()).isEqualTo(1);
        return "refused";
    }

    /** Everything that the migration wrote is afterwards what it was before. */
    void forthAndBack(RandomGenerator random, TokenSequence sequence) {
        var supply = sequence.ask("total_supply");
        var cap = random.nextBoolean() ? null : supply.add(BigInteger.TEN).min(TokenSequence.MOST);
        var forth = succeeded(upgrade(cap)).diff();
        var back = succeeded(runner.rollback("owner", "token", 0, first)).diff();

        assertThat(own(forth, StateDiff.Entry::after)).containsKeys("supply", "xwasm.schema");
        assertThat(own(back, StateDiff.Entry::after))
                .isEqualTo(own(forth, StateDiff.Entry::before));
    }

    private CallResult upgrade(@Nullable BigInteger cap) {
        return runner.upgrade("owner", "token", second, option(cap));
    }

    private static CallResult succeeded(CallResult result) {
        assertThat(result.failure()).isNull();
        return result;
    }

    /** In Borsh: whether there is one, and its bytes from the lowest on. */
    private static byte[] option(@Nullable BigInteger cap) {
        if (cap == null) {
            return new byte[] {0};
        }
        var bytes = ByteBuffer.allocate(1 + U128).put((byte) 1);
        for (int i = 0; i < U128; i++) {
            bytes.put(cap.shiftRight(i * Byte.SIZE).byteValue());
        }
        return bytes.array();
    }

    /** What changed in the token's own state; the proxy's keys begin with 0xff. */
    private static Map<String, @Nullable String> own(
            StateDiff changes, Function<StateDiff.Entry, @Nullable String> which) {
        var own = new HashMap<String, @Nullable String>();
        for (var entry : changes.entries()) {
            if (entry.owner().equals("token") && !entry.key().startsWith("ff")) {
                own.put(entry.key(), which.apply(entry));
            }
        }
        return own;
    }
}
