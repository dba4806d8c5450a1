use xwasm::json;
use xwasm::testing::account;

use crate::{Table, GUARDS, SIX};

#[test]
fn minting_costs_the_template_s_price_for_each() {
    let mut table = Table::new();
    let shield = table.template("Shield", "Armour", &[("price", json!(30)), ("limit", json!(3))]);

    let receipt = table.pay("mint_item", json!([shield.clone(), 2]), "alice", 60);

    assert_eq!(receipt.unwrap()["cost"], 60);
    assert_eq!(receipt.result["items"].items().len(), 2);
    assert_eq!(receipt.event("ItemsMinted")["player"], account("alice"));
    assert_eq!(table.runner.balance("alice"), 9_940);
    assert_eq!(table.runner.balance(table.game), 60);
    assert_eq!(table.ask("economy", json!([]))["fees"], 60);
    assert_eq!(table.ask("inventory", json!(["alice"])), receipt.result["items"]);
    let wrong = table.pay("mint_item", json!([shield.clone(), 1]), "alice", 31);
    assert_eq!(wrong.unwrap_err(), "VALIDATION: the value is not the minting fee");
    let over = table.pay("mint_item", json!([shield.clone(), 2]), "alice", 60);
    assert_eq!(over.unwrap_err(), "RESOURCES: the template's supply is exhausted");
    assert_eq!(table.runner.balance("alice"), 9_940);
    for quantity in [0, 21] {
        let refused = table.refused("mint_item", json!([shield.clone(), quantity]), "alice");
        assert_eq!(refused, "VALIDATION: 1 to 20 items are made at once");
    }
    assert_eq!(table.refused("mint_item", json!([77, 1]), "alice"), "STATE: no such template");
}

#[test]
fn only_minters_mint_what_is_not_public() {
    let mut table = Table::new();
    let crown = table.template("Crown", "Trinket", &[("public", json!(false))]);
    let refused = table.refused("mint_item", json!([crown.clone(), 1]), "alice");
    assert_eq!(refused, "PERMISSION: only minters make these items");
    let refused = table.refused("set_minter", json!(["alice", true]), "alice");
    assert_eq!(refused, "PERMISSION: only the owner");

    let receipt = table.call("set_minter", json!(["alice", true]), "owner");

    assert_eq!(receipt.event("MinterChanged")["party"], account("alice"));
    assert_eq!(table.ask("is_minter", json!(["alice"])), true);
    let again = table.refused("set_minter", json!(["alice", true]), "owner");
    assert_eq!(again, "STATE: so it is already");
    table.mint(&crown, "alice");
    table.call("set_minter", json!(["alice", false]), "owner").unwrap();
    let refused = table.refused("mint_item", json!([crown, 1]), "alice");
    assert_eq!(refused, "PERMISSION: only minters make these items");
}

#[test]
fn fees_go_to_the_owner_and_no_more_than_there_are() {
    let mut table = Table::new();
    let shield = table.template("Shield", "Armour", &[("price", json!(30))]);
    table.pay("mint_item", json!([shield, 1]), "alice", 30).unwrap();

    let refused = table.refused("withdraw_fees", json!(["alice", 1]), "alice");
    assert_eq!(refused, "PERMISSION: only the owner");
    let refused = table.refused("withdraw_fees", json!(["bank", 31]), "owner");
    assert_eq!(refused, "RESOURCES: there are fewer fees");
    let receipt = table.call("withdraw_fees", json!(["bank", 30]), "owner");
    assert_eq!(receipt.event("FeesWithdrawn")["amount"], 30);
    assert_eq!(table.runner.balance("bank"), 30);
    assert_eq!(table.runner.balance(table.game), 0);
}

#[test]
fn a_template_is_within_its_bounds() {
    let mut table = Table::new();
    for (key, value, sentence) in [
        ("name", json!(""), "a template's name has 1 to 48 bytes"),
        ("attack", json!(1001), "a bonus is at most 1000"),
        ("min_level", json!(0), "a level is 1 to 50"),
        ("min_level", json!(51), "a level is 1 to 50"),
        ("limit", json!(0), "a template makes at least one item"),
        ("drop_weight", json!(1_000_001), "a weight is at most 1000000"),
    ] {
        let design = crate::with(&table.ask("template", json!([0]))["design"], key, value);
        let refused = table.refused("create_template", json!([design]), "owner");
        assert_eq!(refused, format!("VALIDATION: {}", sentence));
    }
    for _ in 0..32 {
        table.template("Coin", "Trinket", &[("drop_weight", json!(1))]);
    }
    let design = table.ask("template", json!([4]))["design"].clone();
    let refused = table.refused("create_template", json!([design.clone()]), "owner");
    assert_eq!(refused, "RESOURCES: at most 32 templates can drop");
    let refused = table.refused("create_template", json!([design]), "alice");
    assert_eq!(refused, "PERMISSION: only the owner");
    assert_eq!(table.ask("loot", json!([])).items().len(), 32);
    assert_eq!(table.ask("templates", json!([4, 100])).items().len(), 32);
}

#[test]
fn what_is_worn_changes_its_player_and_goes_back() {
    let mut table = Table::new();
    let mail = table.template("Mail", "Armour", &[("defense", json!(7)), ("health", json!(40))]);
    let first = table.mint(&mail, "alice");
    let second = table.mint(&mail, "alice");

    let receipt = table.call("equip", json!([first.clone()]), "alice");

    assert_eq!(*receipt.unwrap(), "Armour");
    assert_eq!(receipt.event("ItemEquipped")["item"], first);
    let alice = table.player("alice");
    assert_eq!(alice["defense"], 18);
    assert_eq!(alice["max_health"], 160);
    assert_eq!(alice["health"], 120);
    assert_eq!(table.ask("inventory", json!(["alice"])), json!([second.clone()]));
    assert_eq!(table.refused("equip", json!([first.clone()]), "alice"), "STATE: the item is worn");
    // Health grows into the new room, and is cut when the room goes.
    table.runner.advance_time(400_000);
    assert_eq!(table.player("alice")["health"], 160);
    table.call("equip", json!([second.clone()]), "alice").unwrap();
    assert_eq!(table.ask("inventory", json!(["alice"])), json!([first]));
    let receipt = table.call("unequip", json!(["Armour"]), "alice");
    assert_eq!(receipt.event("ItemUnequipped")["item"], second);
    assert_eq!(table.player("alice")["health"], 120);
    let nothing = table.refused("unequip", json!(["Armour"]), "alice");
    assert_eq!(nothing, "STATE: nothing is worn there");
}

#[test]
fn an_item_is_worn_by_its_owner_of_the_right_class_and_level() {
    let mut table = Table::new();
    let bow = table.template("Bow", "Weapon", &[("class", json!("Ranger"))]);
    let old = table.template("Old sword", "Weapon", &[("min_level", json!(2))]);
    let (bow, old) = (table.mint(&bow, "alice"), table.mint(&old, "alice"));

    let refused = table.refused("equip", json!([bow.clone()]), "bob");
    assert_eq!(refused, "PERMISSION: the item belongs to another player");
    let refused = table.refused("equip", json!([bow]), "alice");
    assert_eq!(refused, "VALIDATION: the item is made for another class");
    let refused = table.refused("equip", json!([old.clone()]), "alice");
    assert_eq!(refused, "VALIDATION: the player's level is too low");
    assert_eq!(table.refused("equip", json!([99]), "alice"), "STATE: no such item");
    // Two wins at 50 make the second level at 100.
    for _ in 0..2 {
        let battle = table.fought(&SIX, &GUARDS);
        table.call("end_battle", json!([battle]), "alice").unwrap();
        table.runner.advance_time(crate::HOUR);
    }
    assert_eq!(table.player("alice")["level"], 2);
    table.call("equip", json!([old]), "alice").unwrap();
}

#[test]
fn a_bag_is_full_at_forty() {
    let mut table = Table::new();
    let coin = table.template("Coin", "Trinket", &[("limit", json!(100))]);
    table.call("mint_item", json!([coin.clone(), 20]), "alice").unwrap();
    table.call("mint_item", json!([coin.clone(), 19]), "alice").unwrap();

    let refused = table.refused("mint_item", json!([coin, 1]), "alice");
    assert_eq!(refused, "RESOURCES: a player holds at most 40 items");
}
