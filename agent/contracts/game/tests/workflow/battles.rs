use xwasm::json;
use xwasm::testing::account;

use crate::{list, salt, Table, GUARDS, HOUR, SIX};

#[test]
fn a_battle_is_fought_from_what_both_revealed() {
    let mut table = Table::new();
    let receipt = table.call("start_battle", json!(["bob"]), "alice");
    assert_eq!(receipt.unwrap()["opponent_id"], account("bob"));
    assert_eq!(receipt.event("BattleStarted")["challenger"], account("alice"));
    assert_eq!(table.player("alice")["energy"], 90);
    assert_eq!(table.player("bob")["energy"], 100);
    let battle = receipt.result["battle_id"].clone();
    table.commit(&battle, "bob", &SIX);
    table.commit(&battle, "alice", &SIX);
    table.reveal(&battle, "bob", &SIX).unwrap();
    let phase = table.reveal(&battle, "alice", &SIX);
    assert_eq!(phase.unwrap()["revealed"], 2);

    let receipt = table.call("end_battle", json!([battle.clone()]), "bob");

    // Alice hits for 12 + 4 - 4 / 2 = 14, Bob for 16 + 5 - 11 / 2 = 16: after six rounds
    // 120 - 96 = 24 of 120 against 80 - 84 < 0.
    assert_eq!(receipt.unwrap()["winner"], account("alice"));
    assert_eq!(receipt.result["ending"], "Fought");
    assert_eq!(receipt.result["experience_gained"], 50);
    assert_eq!(receipt.result["rewards"]["currency"], 100);
    assert_eq!(receipt.event("BattleEnded")["winner"], account("alice"));
    let result = table.ask("battle", json!([battle.clone()]))["result"].clone();
    assert_eq!(result["rounds"], 6);
    assert_eq!(result["challenger_health"], 24);
    assert_eq!(result["opponent_health"], 0);
    let alice = table.player("alice");
    assert_eq!(alice["gold"], 100);
    assert_eq!(alice["wins"], 1);
    assert_eq!(alice["health"], 24);
    assert!(alice["battle"].is_null());
    // Nobody dies.
    assert_eq!(table.player("bob")["health"], 1);
    assert_eq!(table.player("bob")["losses"], 1);
    let again = table.refused("end_battle", json!([battle]), "alice");
    assert_eq!(again, "STATE: the battle is over");
}

#[test]
fn actions_other_than_the_committed_ones_are_refused() {
    let mut table = Table::new();
    let battle = table.started();
    table.commit(&battle, "alice", &SIX);
    let early = table.reveal(&battle, "alice", &SIX).unwrap_err();
    assert_eq!(early, "STATE: both sides commit before either reveals");
    // Bob copies what Alice committed to; it is hers, and of no use to him.
    let copied = table.committed(&battle, "alice", &SIX);
    table.call("commit_actions", json!([battle.clone(), copied]), "bob").unwrap();
    table.reveal(&battle, "alice", &SIX).unwrap();

    let hers = json!([battle.clone(), list(&SIX), salt("alice")]);
    let refused = table.refused("reveal_actions", hers, "bob");
    assert_eq!(refused, "VALIDATION: these are not the actions that were committed");

    let refused = table.reveal(&battle, "alice", &SIX).unwrap_err();
    assert_eq!(refused, "STATE: the actions are revealed already");
    let refused = table.reveal(&battle, "bob", &GUARDS[1..]).unwrap_err();
    assert_eq!(refused, "VALIDATION: there is one action for each round");
}

#[test]
fn a_commitment_is_given_once_by_who_fights() {
    let mut table = Table::new();
    let battle = table.started();
    table.commit(&battle, "alice", &SIX);
    let hash = table.committed(&battle, "alice", &GUARDS);

    for (user, sentence) in [
        ("alice", "STATE: the actions are committed already"),
        ("carol", "PERMISSION: only who fights may do this"),
    ] {
        let refused = table.refused("commit_actions", json!([battle.clone(), hash.clone()]), user);
        assert_eq!(refused, sentence);
    }
    let nothing = "0".repeat(64);
    let refused = table.refused("commit_actions", json!([battle, nothing]), "bob");
    assert_eq!(refused, "VALIDATION: no commitment is given");
    assert_eq!(table.refused("commit_actions", json!([7, hash]), "bob"), "STATE: no such battle");
}

#[test]
fn who_does_not_commit_in_time_loses() {
    let mut table = Table::new();
    let battle = table.started();
    table.commit(&battle, "alice", &SIX);
    let early = table.refused("end_battle", json!([battle.clone()]), "alice");
    assert_eq!(early, "TIMEOUT: the other side still has time");
    table.runner.advance_time(HOUR + 1);
    let late = table.committed(&battle, "bob", &SIX);
    let refused = table.refused("commit_actions", json!([battle.clone(), late]), "bob");
    assert_eq!(refused, "TIMEOUT: the time to commit is over");

    let receipt = table.call("end_battle", json!([battle]), "alice");

    assert_eq!(receipt.unwrap()["winner"], account("alice"));
    assert_eq!(receipt.result["ending"], "Forfeited");
    assert_eq!(table.player("bob")["open"], false);
    assert_eq!(table.player("bob")["health"], 80);
    assert_eq!(table.player("alice")["open"], true);
    let closed = table.refused("start_battle", json!(["bob"]), "alice");
    assert_eq!(closed, "STATE: the opponent is not open to challenges");
    table.call("set_open", json!([true]), "bob").unwrap();
    table.started();
}

#[test]
fn who_does_not_reveal_in_time_loses_also_as_the_challenger() {
    let mut table = Table::new();
    let battle = table.started();
    table.commit(&battle, "alice", &SIX);
    table.commit(&battle, "bob", &GUARDS);
    table.reveal(&battle, "bob", &GUARDS).unwrap();
    table.runner.advance_time(HOUR + 1);
    let late = table.reveal(&battle, "alice", &SIX).unwrap_err();
    assert_eq!(late, "TIMEOUT: the time to reveal is over");

    let receipt = table.call("end_battle", json!([battle]), "bob");

    assert_eq!(receipt.unwrap()["winner"], account("bob"));
    assert_eq!(receipt.result["rewards"]["items"].items().len(), 0);
    assert_eq!(table.player("bob")["gold"], 100);
    assert_eq!(table.player("alice")["open"], false);
}

#[test]
fn a_battle_that_both_left_has_no_winner() {
    let mut table = Table::new();
    let battle = table.started();
    table.runner.advance_time(HOUR + 1);

    let receipt = table.call("end_battle", json!([battle]), "bob");

    assert!(receipt.unwrap()["winner"].is_null());
    assert_eq!(receipt.result["ending"], "Abandoned");
    assert_eq!(table.player("alice")["draws"], 1);
    assert_eq!(table.player("alice")["gold"], 0);
    assert_eq!(table.ask("economy", json!([]))["gold_issued"], 0);
}

#[test]
fn a_battle_needs_an_opponent_energy_and_health() {
    let mut table = Table::new();
    assert_eq!(
        table.refused("start_battle", json!(["alice"]), "alice"),
        "VALIDATION: nobody fights themselves"
    );
    let battle = table.fought(&SIX, &SIX);
    assert_eq!(
        table.refused("start_battle", json!(["carol"]), "alice"),
        "STATE: the player is in a battle"
    );
    assert_eq!(
        table.refused("start_battle", json!(["bob"]), "carol"),
        "STATE: the opponent is in a battle"
    );
    table.call("end_battle", json!([battle]), "bob").unwrap();
    assert_eq!(
        table.refused("start_battle", json!(["carol"]), "bob"),
        "RESOURCES: who fights needs a quarter of their health"
    );
    // Bob's health comes back within 80 × 10 s; Carol's energy does not within eleven battles.
    table.runner.advance_time(800_000);
    for _ in 0..11 {
        let receipt = table.call("start_battle", json!(["bob"]), "carol");
        if !receipt.success {
            assert_eq!(receipt.unwrap_err(), "RESOURCES: not enough energy");
            return;
        }
        let battle = receipt.result["battle_id"].clone();
        for player in ["carol", "bob"] {
            table.commit(&battle, player, &GUARDS);
        }
        for player in ["carol", "bob"] {
            table.reveal(&battle, player, &GUARDS).unwrap();
        }
        let ended = table.call("end_battle", json!([battle]), "carol");
        assert!(ended.unwrap()["winner"].is_null());
    }
    panic!("eleven battles at ten energy each");
}

#[test]
fn loot_follows_from_both_salts_and_the_limit() {
    let mut table = Table::new();
    let rules = table.ask("rules", json!([]));
    let sure = crate::with(&rules, "loot_per_mille", json!(1000));
    table.call("set_rules", json!([sure]), "owner").unwrap();
    let chance = [("drop_weight", json!(5)), ("limit", json!(1))];
    let ring = table.template("Ring", "Trinket", &chance);
    let battle = table.fought(&SIX, &GUARDS);

    let receipt = table.call("end_battle", json!([battle.clone()]), "alice");

    let loot = receipt.event("LootDropped");
    assert_eq!(loot["template"], ring);
    assert_eq!(receipt.unwrap()["rewards"]["items"][0], loot["item"]);
    assert_eq!(table.ask("item", json!([loot["item"].clone()]))["owner"], account("alice"));
    let mut bytes = battle.as_u128().expect("a number").to_le_bytes()[..4].to_vec();
    for user in ["alice", "bob"] {
        bytes.extend_from_slice(&account(&format!("the salt of {}", user)).0);
    }
    assert_eq!(loot["seed"], xwasm::Context::current().sha256(&bytes));

    // The only ring there may be has dropped.
    let battle = table.fought(&GUARDS, &GUARDS);
    let drawn = table.call("end_battle", json!([battle]), "alice");
    assert!(drawn.event("LootDropped").is_null());
    table.runner.advance_time(HOUR);
    let battle = table.fought(&SIX, &GUARDS);
    let receipt = table.call("end_battle", json!([battle]), "alice");
    assert_eq!(receipt.unwrap()["winner"], account("alice"));
    assert!(receipt.event("LootDropped").is_null());
    assert_eq!(table.ask("template", json!([ring]))["minted"], 1);
}
