package io.xwasm.agent.vm;

import static io.xwasm.agent.vm.Sandbox.account;
import static org.assertj.core.api.Assertions.assertThat;

import io.xwasm.agent.protocol.Address;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contracts' 256-bit arithmetic against Java's. */
class WideArithmeticTest {
    private static final BigInteger LIMIT = BigInteger.TWO.pow(128);

    private final Sandbox sandbox = new Sandbox();
    private final Address probe = sandbox.deploy("probe", "probe", "");
    private final Random random = new Random(11);

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void products_are_divided_exactly_or_not_at_all() {
        for (int i = 0; i < 500; i++) {
            var a = any();
            var b = any();
            var divisor = any();
            var exact = divisor.signum() == 0 ? LIMIT : a.multiply(b).divide(divisor);

            var given =
                    sandbox.call(
                            account("any"),
                            probe,
                            "mul_div",
                            "[\"%s\", \"%s\", \"%s\"]".formatted(a, b, divisor));

            if (exact.compareTo(LIMIT) >= 0) {
                assertThat(given.isNull()).as("%s * %s / %s", a, b, divisor).isTrue();
            } else {
                assertThat(given.asString())
                        .as("%s * %s / %s", a, b, divisor)
                        .isEqualTo(exact.toString());
            }
        }
    }

    @Test
    void roots_of_products_are_rounded_down() {
        for (int i = 0; i < 200; i++) {
            var a = any();
            var b = any();

            assertThat(
                            sandbox.call(
                                            account("any"),
                                            probe,
                                            "root",
                                            "[\"%s\", \"%s\"]".formatted(a, b))
                                    .asString())
                    .isEqualTo(a.multiply(b).sqrt().toString());
        }
    }

    /** Of any size up to 128 bits, the extremes often. */
    private BigInteger any() {
        return switch (random.nextInt(10)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> LIMIT.subtract(BigInteger.ONE);
            default -> new BigInteger(1 + random.nextInt(128), random);
        };
    }
}
