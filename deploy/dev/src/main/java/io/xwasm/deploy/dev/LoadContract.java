package io.xwasm.deploy.dev;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a load may call. */
enum LoadContract {
    DEX(SwapMarket::open),
    TOKEN(TransferRing::open);

    private final Opening opening;

    /** Deploys and sets up what the calls need; what is there already is used as it is. */
    interface Opening {
        CallStream open(LoadGround ground) throws InterruptedException;
    }

    LoadContract(Opening opening) {
        this.opening = opening;
    }

    CallStream open(LoadGround ground) throws InterruptedException {
        return opening.open(ground);
    }

    /** As it is typed. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static LoadContract named(String word) {
        return Arrays.stream(values())
                .filter(c -> c.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new CannotStart(
                                "--load-contract is one of %s, not '%s'".formatted(words(), word)));
    }

    private static String words() {
        return Arrays.stream(values()).map(LoadContract::word).collect(Collectors.joining(", "));
    }
}
