use game::player::Gauge;
use xwasm::json;
use xwasm::testing::account;

use crate::{Table, SIX};

#[test]
fn a_new_player_wears_the_weapon_of_the_class() {
    let mut table = Table::new();

    let receipt = table.call("create_player", json!(["dora", "Cleric"]), "dora");

    assert_eq!(receipt.unwrap()["player_id"], account("dora"));
    assert_eq!(receipt.result["character_class"], "Cleric");
    assert_eq!(receipt.event("PlayerCreated")["starter"], 3);
    let player = table.player("dora");
    assert_eq!(player["equipment"]["weapon"], 3);
    assert_eq!(player["attack"], 10 + 3);
    assert_eq!(player["defense"], 8 + 2);
    assert_eq!(player["health"], 110);
    assert_eq!(player["max_health"], 110);
    assert_eq!(player["energy"], 100);
    assert_eq!(player["level"], 1);
    assert_eq!(table.ask("item", json!([3]))["place"]["Equipped"]["slot"], "Weapon");
    assert_eq!(table.ask("player_named", json!(["dora"])), account("dora"));
    assert_eq!(table.ask("players", json!([1, 2])).items().len(), 2);
}

#[test]
fn names_and_accounts_are_taken_once() {
    let mut table = Table::new();

    let again = table.refused("create_player", json!(["alice2", "Mage"]), "alice");
    assert_eq!(again, "STATE: the account plays already");
    let taken = table.refused("create_player", json!(["alice", "Mage"]), "dora");
    assert_eq!(taken, "STATE: the name is taken");
}

#[test]
fn a_name_is_short_and_plain() {
    let mut table = Table::new();

    for name in ["ab", "a name of twenty-five byte"] {
        let refused = table.refused("create_player", json!([name, "Mage"]), "dora");
        assert_eq!(refused, "VALIDATION: a name has 3 to 24 characters");
    }
    let refused = table.refused("create_player", json!(["do ra", "Mage"]), "dora");
    assert_eq!(refused, "VALIDATION: a name has letters, digits, '_' and '-'");
}

#[test]
fn energy_comes_back_with_time_and_stops_at_the_most() {
    let spent = Gauge { value: 90, since: 1_000 };

    assert_eq!(spent.at(1_000 + 59_999, 60_000, 100), spent);
    // The half minute that has begun is kept.
    let later = spent.at(1_000 + 150_000, 60_000, 100);
    assert_eq!(later, Gauge { value: 92, since: 121_000 });
    assert_eq!(spent.at(u64::MAX, 60_000, 100), Gauge { value: 100, since: u64::MAX });
    assert_eq!(Gauge { value: 120, since: 0 }.at(5, 60_000, 100).value, 100);
}

#[test]
fn energy_is_sold_for_gold_up_to_the_most() {
    let mut table = Table::new();
    let poor = table.refused("buy_energy", json!([0]), "alice");
    assert_eq!(poor, "VALIDATION: no points are asked for");
    let battle = table.fought(&SIX, &crate::GUARDS);
    let broke = table.refused("buy_energy", json!([5]), "alice");
    assert_eq!(broke, "RESOURCES: not enough gold");
    table.call("end_battle", json!([battle]), "alice").unwrap();

    let receipt = table.call("buy_energy", json!([5]), "alice");

    assert_eq!(*receipt.unwrap(), 95);
    assert_eq!(receipt.event("EnergyBought")["cost"], 10);
    assert_eq!(table.player("alice")["gold"], 90);
    assert_eq!(table.ask("economy", json!([]))["gold_spent"], 10);
    let full = table.refused("buy_energy", json!([6]), "alice");
    assert_eq!(full, "VALIDATION: a player has at most 100 energy");
}

#[test]
fn the_owner_alone_changes_rules_and_only_to_what_works() {
    let mut table = Table::new();
    let rules = table.ask("rules", json!([]));

    let refused = table.refused("set_rules", json!([rules.clone()]), "alice");
    assert_eq!(refused, "PERMISSION: only the owner");
    for (key, value, sentence) in [
        ("rounds", 0_u64, "a battle has 1 to 20 rounds"),
        ("rounds", 21, "a battle has 1 to 20 rounds"),
        ("battle_energy", 101, "a battle costs at most 100 energy"),
        ("energy_interval", 0, "an interval is a second to 30 days"),
        ("health_interval", 999, "an interval is a second to 30 days"),
        ("commit_window", 0, "a window is a second to 30 days"),
        ("reveal_window", u64::MAX, "a window is a second to 30 days"),
        ("offer_lifetime", 0, "an offer lives a second to 30 days"),
        ("win_gold", 1_000_000_000_001, "prizes and prices in gold are at most 10^12"),
        ("loot_per_mille", 1001, "a chance is at most 1000 per mille"),
    ] {
        let changed = crate::with(&rules, key, json!(value));
        let refused = table.refused("set_rules", json!([changed]), "owner");
        assert_eq!(refused, format!("VALIDATION: {}", sentence));
    }
    let changed = crate::with(&rules, "rounds", json!(3));
    let receipt = table.call("set_rules", json!([changed]), "owner");
    assert_eq!(receipt.event("RulesChanged")["rules"]["rounds"], 3);
}

#[test]
fn who_does_not_play_does_nothing() {
    let mut table = Table::new();
    let sword = table.template("Sword", "Weapon", &[]);

    for (method, arguments) in [
        ("set_open", json!([true])),
        ("buy_energy", json!([1])),
        ("start_battle", json!(["alice"])),
        ("mint_item", json!([sword, 1])),
        ("equip", json!([0])),
        ("unequip", json!(["Weapon"])),
    ] {
        assert_eq!(table.refused(method, arguments, "zoe"), "STATE: no such player");
    }
}
