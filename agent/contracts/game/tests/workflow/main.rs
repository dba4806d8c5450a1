//! What callers see, in a ledger in memory.

use game::battle::{commitment, Action, BattleId};
use game::Game;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{Receipt, TestRunner};

mod battles;
mod items;
mod players;
mod trade;

pub const HOUR: u64 = 60 * 60 * 1_000;
pub const SIX: [&str; 6] = ["Strike", "Strike", "Strike", "Strike", "Strike", "Strike"];
pub const GUARDS: [&str; 6] = ["Guard", "Guard", "Guard", "Guard", "Guard", "Guard"];

/// A game with three players.
pub struct Table {
    pub runner: TestRunner,
    pub game: Address,
}

impl Table {
    pub fn new() -> Table {
        let mut runner = TestRunner::new();
        for name in ["owner", "alice", "bob", "carol"] {
            runner.create_user(name, 10_000);
        }
        let game = runner.deploy(Game::new(), json!({"owner": "owner", "rules": null}));
        let mut table = Table { runner, game };
        for (name, class) in [("alice", "Warrior"), ("bob", "Mage"), ("carol", "Ranger")] {
            table.call("create_player", json!([name, class]), name).unwrap();
        }
        table
    }

    pub fn call(&mut self, method: &str, arguments: Json, user: &str) -> Receipt {
        self.pay(method, arguments, user, 0)
    }

    pub fn pay(&mut self, method: &str, arguments: Json, user: &str, value: u128) -> Receipt {
        self.runner.execute(self.game, method, arguments, user, value)
    }

    pub fn refused(&mut self, method: &str, arguments: Json, user: &str) -> String {
        let before = self.runner.storage(self.game);
        let error = self.call(method, arguments, user).unwrap_err();
        assert_eq!(self.runner.storage(self.game), before);
        error
    }

    pub fn ask(&mut self, method: &str, arguments: Json) -> Json {
        self.runner.query(self.game, method, arguments)
    }

    pub fn player(&mut self, name: &str) -> Json {
        self.ask("player", json!([name]))
    }

    /// Makes a template; what is not said is nothing.
    pub fn template(&mut self, name: &str, slot: &str, more: &[(&str, Json)]) -> Json {
        let mut design = vec![
            ("name", json!(name)),
            ("slot", json!(slot)),
            ("attack", json!(0)),
            ("defense", json!(0)),
            ("health", json!(0)),
            ("min_level", json!(1)),
            ("class", json!(null)),
            ("price", json!(0)),
            ("limit", json!(10)),
            ("drop_weight", json!(0)),
            ("public", json!(true)),
            ("bound", json!(false)),
        ];
        for (key, value) in more {
            design.iter_mut().find(|(k, _)| k == key).expect("a field of a design").1 =
                value.clone();
        }
        let design = Json::Object(design.into_iter().map(|(k, v)| (k.into(), v)).collect());
        self.call("create_template", json!([design]), "owner").unwrap().clone()
    }

    /// Makes one item of a template that costs nothing.
    pub fn mint(&mut self, template: &Json, user: &str) -> Json {
        self.call("mint_item", json!([template.clone(), 1]), user).unwrap()["items"][0].clone()
    }

    /// A battle up to both reveals.
    pub fn fought(&mut self, ours: &[&str], theirs: &[&str]) -> Json {
        let battle = self.started();
        self.commit(&battle, "alice", ours);
        self.commit(&battle, "bob", theirs);
        self.reveal(&battle, "alice", ours).unwrap();
        self.reveal(&battle, "bob", theirs).unwrap();
        battle
    }

    pub fn started(&mut self) -> Json {
        self.call("start_battle", json!(["bob"]), "alice").unwrap()["battle_id"].clone()
    }

    pub fn commit(&mut self, battle: &Json, user: &str, actions: &[&str]) {
        let committed = self.committed(battle, user, actions);
        self.call("commit_actions", json!([battle.clone(), committed]), user).unwrap();
    }

    pub fn committed(&mut self, battle: &Json, user: &str, actions: &[&str]) -> Json {
        let salt = salt(user);
        self.ask("commitment", json!([battle.clone(), user, list(actions), salt]))
    }

    pub fn reveal(&mut self, battle: &Json, user: &str, actions: &[&str]) -> Receipt {
        self.call("reveal_actions", json!([battle.clone(), list(actions), salt(user)]), user)
    }
}

pub fn salt(user: &str) -> String {
    xwasm::testing::account(&format!("the salt of {}", user)).to_string()
}

/// A record with one field changed.
pub fn with(record: &Json, key: &str, value: Json) -> Json {
    match record {
        Json::Object(fields) => {
            let change = |(k, v): &(String, Json)| {
                (k.clone(), if k == key { value.clone() } else { v.clone() })
            };
            Json::Object(fields.iter().map(change).collect())
        }
        other => panic!("{} is no record", other),
    }
}

pub fn list(texts: &[&str]) -> Json {
    Json::List(texts.iter().map(|text| json!(*text)).collect())
}

#[test]
fn a_commitment_is_the_hash_that_is_documented() {
    let context = xwasm::mock::MockContext::new();
    let player = Address([7; 32]);
    let mut bytes = vec![3, 0, 0, 0];
    bytes.extend_from_slice(&player.0);
    bytes.extend_from_slice(&[2, 0, 0, 0, 0, 3]);
    bytes.extend_from_slice(&[9; 32]);

    let found = commitment(
        context,
        BattleId(3),
        &player,
        &[Action::Strike, Action::Special],
        &Hash([9; 32]),
    );

    assert_eq!(found, context.sha256(&bytes));
}
