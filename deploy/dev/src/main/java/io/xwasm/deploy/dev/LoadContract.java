package io.xwasm.deploy.dev;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a load may call. */
enum LoadContract {
    DEX,
    TOKEN,
    LENDING,
    NFT_MARKET,
    GAME,
    SUPPLY_CHAIN;

    /** Deploys and sets up what the calls need; what is there already is used as it is. */
    CallStream open(LoadGround ground) throws InterruptedException {
        return switch (this) {
            case DEX -> SwapMarket.open(ground);
            case TOKEN -> TransferRing.open(ground);
            case LENDING -> DepositRounds.open(ground);
            case NFT_MARKET -> NftListings.open(ground);
            case GAME -> WeaponDrill.open(ground);
            case SUPPLY_CHAIN -> BatchProduction.open(ground);
        };
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
