package io.xwasm.deploy.dev;

import io.xwasm.agent.protocol.Address;
import io.xwasm.agent.protocol.ContractName;
import io.xwasm.agent.protocol.Receipt;
import io.xwasm.agent.protocol.abi.BorshJson;
import io.xwasm.deploy.cli.agent.DeployedContract;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Players who lay their weapon down and take it up again. */
final class WeaponDrill implements CallStream {
    private static final ContractName GAME = new ContractName("game");
    private static final int PLAYERS = 24;

    private final DeployedContract game;
    private final BorshJson borsh;
    private final Turns<Player> players;

    /** A player, and the weapon that lies in the inventory. */
    private static final class Player {
        private final Trader trader;
        private @Nullable JsonNode laidDown;

        Player(Trader trader, @Nullable JsonNode laidDown) {
            this.trader = trader;
            this.laidDown = laidDown;
        }
    }

    private WeaponDrill(DeployedContract game, List<Trader> traders) {
        this.game = game;
        this.borsh = new BorshJson(game.contractInterface());
        this.players = new Turns<>(traders.stream().map(this::enlisted).toList());
    }

    static WeaponDrill open(LoadGround ground) throws InterruptedException {
        var setUp = LoadGround.json("owner", ground.owner().key().address()).putNull("rules");
        return new WeaponDrill(
                ground.contract(GAME, "game", setUp), ground.traders("player", PLAYERS));
    }

    private Player enlisted(Trader trader) {
        var address = trader.key().address();
        if (playerOf(trader, address).isNull()) {
            trader.mustCall(
                    game,
                    "create_player",
                    LoadGround.json()
                            .put("name", "p" + address.toString().substring(0, 10))
                            .put("character_class", "Warrior"));
        }
        boolean armed = !playerOf(trader, address).path("equipment").path("weapon").isNull();
        return new Player(
                trader,
                armed
                        ? null
                        : trader.query(game, "inventory", LoadGround.json("player", address))
                                .get(0));
    }

    private JsonNode playerOf(Trader trader, Address address) {
        return trader.query(game, "player", LoadGround.json("id", address));
    }

    @Override
    public String unit() {
        return "weapon drills";
    }

    @Override
    public Receipt call(long number) {
        return players.next(this::drill);
    }

    private Receipt drill(Player player) {
        var weapon = player.laidDown;
        if (weapon != null) {
            var taken = LoadGround.json();
            taken.set("item_id", weapon);
            var receipt = player.trader.call(game, "equip", taken);
            player.laidDown = null;
            return receipt;
        }
        var receipt = player.trader.call(game, "unequip", LoadGround.json().put("slot", "Weapon"));
        if (receipt.failure() == null) {
            player.laidDown = borsh.result("unequip", receipt.result());
        }
        return receipt;
    }
}
