//! From version 1 to version 2 and back, and what is new.

use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{account, TestRunner};

const HOUR: u64 = 60 * 60 * 1_000;

struct Table {
    runner: TestRunner,
    game: Address,
}

impl Table {
    fn new() -> Table {
        let mut runner = TestRunner::new();
        let game = runner.deploy(game::Game::new(), json!({"owner": "owner", "rules": null}));
        for (name, class) in [("alice", "Warrior"), ("bob", "Mage")] {
            runner.execute(game, "create_player", json!([name, class]), name, 0).unwrap();
        }
        Table { runner, game }
    }

    fn upgraded() -> Table {
        let mut table = Table::new();
        table.runner.migrate(table.game, game_2::Game::new(), json!({})).unwrap();
        table
    }

    fn call(&mut self, method: &str, arguments: Json, user: &str) -> xwasm::testing::Receipt {
        self.runner.execute(self.game, method, arguments, user, 0)
    }

    /// Alice wins because Bob is silent.
    fn battle(&mut self) -> xwasm::testing::Receipt {
        self.call("set_open", json!([true]), "bob").unwrap();
        let started = self.call("start_battle", json!(["bob"]), "alice");
        let battle = started.unwrap()["battle_id"].clone();
        let hash = account("anything").to_string();
        self.call("commit_actions", json!([battle.clone(), hash]), "alice").unwrap();
        self.runner.advance_time(HOUR + 1);
        self.call("end_battle", json!([battle]), "alice")
    }

    fn ask(&mut self, method: &str, arguments: Json) -> Json {
        self.runner.query(self.game, method, arguments)
    }
}

#[test]
fn the_way_back_leads_to_the_same_state() {
    let mut table = Table::new();
    table.battle().unwrap();
    let before = table.runner.storage(table.game);

    table.runner.migrate(table.game, game_2::Game::new(), json!({})).unwrap();
    assert_ne!(table.runner.storage(table.game), before);
    table.runner.migrate_back(table.game, game::Game::new()).unwrap();

    assert_eq!(table.runner.storage(table.game), before);
}

#[test]
fn what_happened_before_and_between_survives() {
    let mut table = Table::new();
    table.battle().unwrap();
    table.runner.migrate(table.game, game_2::Game::new(), json!({})).unwrap();
    assert_eq!(table.ask("economy", json!([]))["gold_issued"], 100);

    table.battle().unwrap();
    table.runner.migrate_back(table.game, game::Game::new()).unwrap();

    assert_eq!(table.ask("economy", json!([]))["gold_issued"], 200);
    assert_eq!(table.ask("economy", json!([]))["battles"], 2);
    assert_eq!(table.ask("player", json!(["alice"]))["gold"], 200);
    table.battle().unwrap();
    // Alice has reached the second level: a win over the first is worth half.
    assert_eq!(table.ask("economy", json!([]))["gold_issued"], 250);
}

#[test]
fn ratings_move_from_loser_to_winner() {
    let mut table = Table::upgraded();
    assert_eq!(table.ask("rating", json!(["alice"])), 1000);

    let receipt = table.battle();

    assert_eq!(receipt.event("Rated")["winner_rating"], 1016);
    assert_eq!(receipt.event("Rated")["loser_rating"], 984);
    // 32 points apart, a win is worth one less.
    assert_eq!(table.battle().event("Rated")["winner_rating"], 1031);
    assert_eq!(table.ask("rating", json!(["bob"])), 969);
    assert_eq!(table.ask("season", json!([]))["battles"], 2);
}

#[test]
fn the_owner_begins_a_season_and_everybody_is_rated_anew() {
    let mut table = Table::upgraded();
    table.battle().unwrap();
    let refused = table.call("new_season", json!([]), "alice").unwrap_err();
    assert_eq!(refused, "PERMISSION: only the owner");

    let receipt = table.call("new_season", json!([]), "owner");

    assert_eq!(receipt.unwrap()["number"], 2);
    assert_eq!(receipt.event("SeasonBegan")["number"], 2);
    assert_eq!(table.ask("season", json!([]))["battles"], 0);
    assert_eq!(table.ask("rating", json!(["alice"])), 1000);
    assert_eq!(table.ask("economy", json!([]))["battles"], 1);
}

#[test]
fn a_migration_runs_once_and_only_from_version_1() {
    let mut table = Table::upgraded();
    let before = table.runner.storage(table.game);
    table.runner.migrate(table.game, game_2::Game::new(), json!({})).unwrap();
    assert_eq!(table.runner.storage(table.game), before);

    table.runner.migrate_back(table.game, game::Game::new()).unwrap();
    let fresh = table.runner.deploy(game_2::Game::new(), json!({"owner": "o", "rules": null}));
    assert_eq!(table.runner.query(fresh, "season", json!([]))["number"], 1);
}
