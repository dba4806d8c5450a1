use token::Token;
use xwasm::json;
use xwasm::json::Json;
use xwasm::testing::account;

use crate::{Table, GUARDS, HOUR, SIX};

const DAY: u64 = 24 * HOUR;

fn with_item() -> (Table, Json) {
    let mut table = Table::new();
    let ring = table.template("Ring", "Trinket", &[]);
    let item = table.mint(&ring, "alice");
    (table, item)
}

fn offer(table: &mut Table, item: &Json, price: u64, currency: Json) -> Json {
    let offered = table.call("trade_item", json!([item.clone(), "bob", price, currency]), "alice");
    assert_eq!(offered.event("TradeOffered")["recipient"], account("bob"));
    offered.unwrap()["offer_id"].clone()
}

#[test]
fn an_offer_charges_nobody_before_it_is_accepted() {
    let (mut table, item) = with_item();
    let offer = offer(&mut table, &item, 500, json!("Native"));
    assert_eq!(table.runner.balance("bob"), 10_000);
    assert_eq!(table.ask("item", json!([item.clone()]))["place"]["Offered"]["offer"], offer);
    assert_eq!(table.ask("inventory", json!(["alice"])).items().len(), 0);
    assert_eq!(
        table.refused("equip", json!([item.clone()]), "alice"),
        "STATE: the item is offered"
    );
    let wrong = table.pay("accept_trade", json!([offer.clone()]), "bob", 499);
    assert_eq!(wrong.unwrap_err(), "VALIDATION: the value is not the price");

    let receipt = table.pay("accept_trade", json!([offer.clone()]), "bob", 500);

    assert_eq!(receipt.unwrap()["seller"], account("alice"));
    assert_eq!(receipt.event("ItemTraded")["buyer"], account("bob"));
    assert_eq!(table.runner.balance("alice"), 10_500);
    assert_eq!(table.runner.balance("bob"), 9_500);
    assert_eq!(table.runner.balance(table.game), 0);
    assert_eq!(table.ask("inventory", json!(["bob"])), json!([item.clone()]));
    assert_eq!(table.ask("item", json!([item.clone()]))["owner"], account("bob"));
    assert_eq!(table.player("alice")["held"], 1);
    assert_eq!(table.player("bob")["held"], 2);
    assert_eq!(table.ask("trade_history", json!([item, 0, 10])), json!([receipt.result.clone()]));
    assert_eq!(table.refused("accept_trade", json!([offer]), "bob"), "STATE: no such offer");
}

#[test]
fn gold_is_a_price() {
    let (mut table, item) = with_item();
    let dear = offer(&mut table, &item, 101, json!("Gold"));
    let battle =
        table.fought(&GUARDS, &["Focus", "Focus", "Special", "Strike", "Strike", "Strike"]);
    table.call("end_battle", json!([battle]), "bob").unwrap();
    let refused = table.refused("accept_trade", json!([dear.clone()]), "bob");
    assert_eq!(refused, "RESOURCES: not enough gold");
    table.call("cancel_trade", json!([dear]), "alice").unwrap();
    let fair = offer(&mut table, &item, 60, json!("Gold"));

    table.call("accept_trade", json!([fair]), "bob").unwrap();

    assert_eq!(table.player("alice")["gold"], 60);
    assert_eq!(table.player("bob")["gold"], 40);
}

#[test]
fn a_token_is_a_price() {
    let (mut table, item) = with_item();
    let set_up =
        json!({"name": "Silver", "symbol": "SLV", "decimals": 2, "supply": 100, "owner": "bob"});
    let silver = table.runner.deploy(Token::new(), set_up);
    let offer = offer(&mut table, &item, 70, json!({"Token": {"contract": silver}}));
    let refused = table.refused("accept_trade", json!([offer.clone()]), "bob");
    assert_eq!(refused, "PERMISSION: allowance too low");
    let game = table.game;
    table.runner.execute(silver, "approve", json!([game, 70]), "bob", 0).unwrap();

    table.call("accept_trade", json!([offer]), "bob").unwrap();

    assert_eq!(table.runner.query(silver, "balance_of", json!(["alice"])), 70);
    assert_eq!(table.ask("item", json!([item.clone()]))["owner"], account("bob"));
    let no_token = json!([item, "alice", 1, json!({"Token": {"contract": "carol"}})]);
    assert_eq!(table.refused("trade_item", no_token, "bob"), "VALIDATION: a token is a contract");
}

#[test]
fn an_offer_is_for_one_player_and_for_a_week() {
    let (mut table, item) = with_item();
    let offer = offer(&mut table, &item, 0, json!("Gold"));
    let refused = table.refused("accept_trade", json!([offer.clone()]), "carol");
    assert_eq!(refused, "PERMISSION: the item is offered to another player");
    let refused = table.refused("cancel_trade", json!([offer.clone()]), "carol");
    assert_eq!(refused, "PERMISSION: only seller and recipient end an offer");
    table.runner.advance_time(7 * DAY);
    let late = table.refused("accept_trade", json!([offer.clone()]), "bob");
    assert_eq!(late, "TIMEOUT: the offer has expired");

    let receipt = table.call("cancel_trade", json!([offer]), "bob");

    assert_eq!(receipt.event("TradeCancelled")["by"], account("bob"));
    assert_eq!(table.ask("inventory", json!(["alice"])), json!([item.clone()]));
    assert_eq!(table.ask("item", json!([item]))["place"], "Inventory");
    assert_eq!(table.ask("offers", json!([0, 10])).items().len(), 0);
}

#[test]
fn only_what_is_at_hand_is_offered_and_only_to_another_player() {
    let (mut table, item) = with_item();
    for (arguments, sentence) in [
        (json!([item.clone(), "alice", 1, "Gold"]), "VALIDATION: nobody trades with themselves"),
        (json!([item.clone(), "zoe", 1, "Gold"]), "STATE: no such player"),
        (json!([0, "bob", 1, "Gold"]), "STATE: the item is worn"),
        (json!([1, "bob", 1, "Gold"]), "PERMISSION: the item belongs to another player"),
        (json!([99, "bob", 1, "Gold"]), "STATE: no such item"),
    ] {
        assert_eq!(table.refused("trade_item", arguments, "alice"), sentence);
    }
    table.call("unequip", json!(["Weapon"]), "alice").unwrap();
    let starter = table.refused("trade_item", json!([0, "bob", 1, "Gold"]), "alice");
    assert_eq!(starter, "VALIDATION: the item stays with its player");
    offer(&mut table, &item, 1, json!("Gold"));
    let twice = table.refused("trade_item", json!([item, "bob", 1, "Gold"]), "alice");
    assert_eq!(twice, "STATE: the item is offered");
}

#[test]
fn who_has_no_room_cannot_buy() {
    let (mut table, item) = with_item();
    let coin = table.template("Coin", "Trinket", &[("limit", json!(100))]);
    let offer = offer(&mut table, &item, 0, json!("Gold"));
    table.call("mint_item", json!([coin.clone(), 20]), "bob").unwrap();
    table.call("mint_item", json!([coin, 19]), "bob").unwrap();

    let refused = table.refused("accept_trade", json!([offer]), "bob");

    assert_eq!(refused, "RESOURCES: a player holds at most 40 items");
}

#[test]
fn value_does_not_come_with_an_offer_in_another_currency() {
    let (mut table, item) = with_item();
    let battle = table.fought(&SIX, &GUARDS);
    table.call("end_battle", json!([battle]), "alice").unwrap();
    let offer = offer(&mut table, &item, 0, json!("Gold"));

    let refused = table.pay("accept_trade", json!([offer]), "bob", 5);

    assert_eq!(refused.unwrap_err(), "VALIDATION: the value is not the price");
}
