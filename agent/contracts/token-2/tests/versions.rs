//! The way from version 1 and back, and what version 2 refuses.

use token::Token as First;
use token_2::Token as Second;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{account, Failure, Receipt, TestRunner};

struct Gold {
    runner: TestRunner,
    address: Address,
}

impl Gold {
    /// Version 1 with 1000 of the owner's, 300 of which alice has, who allows bob 50 of them.
    fn in_use() -> Gold {
        let mut runner = TestRunner::new();
        let set_up = json!(["Gold", "GLD", 8, 1000, "owner"]);
        let address = runner.deploy(First::new(), set_up);
        let mut gold = Gold { runner, address };
        gold.call("owner", "transfer", json!(["alice", 300])).unwrap();
        gold.call("alice", "approve", json!(["bob", 50])).unwrap();
        gold
    }

    fn capped(cap: u128) -> Gold {
        let mut gold = Gold::in_use();
        gold.upgrade(json!({ "cap": cap })).unwrap();
        gold
    }

    fn call(&mut self, user: &str, method: &str, arguments: Json) -> Receipt {
        self.runner.execute(self.address, method, arguments, user, 0)
    }

    fn query(&mut self, method: &str, arguments: Json) -> Json {
        self.runner.query(self.address, method, arguments)
    }

    fn upgrade(&mut self, arguments: Json) -> std::result::Result<(), Failure> {
        self.runner.migrate(self.address, Second::new(), arguments)
    }

    fn roll_back(&mut self) {
        self.runner.migrate_back(self.address, First::new()).unwrap();
    }
}

#[test]
fn forth_and_back_is_where_it_began() {
    for cap in [json!(null), json!(1000)] {
        let mut gold = Gold::in_use();
        let before = gold.runner.storage(gold.address);

        gold.upgrade(json!([cap])).unwrap();
        assert!(gold.runner.storage(gold.address) != before);
        gold.roll_back();

        assert!(gold.runner.storage(gold.address) == before);
    }
}

#[test]
fn a_cap_below_the_supply_leaves_version_1() {
    let mut gold = Gold::in_use();
    let before = gold.runner.storage(gold.address);

    let refused = gold.upgrade(json!({"cap": 999}));

    assert_eq!(refused.unwrap_err().to_string(), "VALIDATION: the cap is below the supply");
    assert!(gold.runner.storage(gold.address) == before);
}

#[test]
fn calls_in_between_survive_the_way_back() {
    let mut gold = Gold::capped(2000);
    gold.call("owner", "mint", json!(["carol", 500])).unwrap();
    gold.call("bob", "transfer_from", json!(["alice", "bob", 20])).unwrap();
    gold.call("owner", "freeze", json!(["carol"])).unwrap();
    gold.roll_back();

    assert_eq!(gold.query("total_supply", json!([])), 1500);
    assert_eq!(gold.query("balance_of", json!(["bob"])), 20);
    assert_eq!(gold.query("allowance", json!(["alice", "bob"])), 30);
    gold.call("carol", "transfer", json!(["bob", 1])).unwrap();
    gold.call("owner", "mint", json!(["bob", 1000])).unwrap();

    gold.upgrade(json!([null])).unwrap();
    assert!(gold.query("cap", json!([])).is_null());
    let refused = gold.call("carol", "transfer", json!(["bob", 1]));
    assert_eq!(refused.unwrap_err(), "PERMISSION: the account is frozen");
}

#[test]
fn there_are_never_more_than_the_cap() {
    let mut gold = Gold::capped(1100);

    gold.call("owner", "mint", json!(["bob", 100])).unwrap();
    let refused = gold.call("owner", "mint", json!(["bob", 1]));
    assert_eq!(refused.unwrap_err(), "RESOURCES: the supply would exceed its cap");
    gold.call("owner", "burn", json!([200])).unwrap();

    let stranger = gold.call("alice", "set_cap", json!([1000]));
    assert_eq!(stranger.unwrap_err(), "PERMISSION: only the owner");
    let low = gold.call("owner", "set_cap", json!([899]));
    assert_eq!(low.unwrap_err(), "VALIDATION: the cap is below the supply");
    let high = gold.call("owner", "set_cap", json!([1101]));
    assert_eq!(high.unwrap_err(), "VALIDATION: a cap is never raised");
    let lowered = gold.call("owner", "set_cap", json!([1000]));
    assert_eq!(lowered.event("CapSet")["cap"], 1000);
    assert_eq!(gold.query("cap", json!([])), 1000);
}

#[test]
fn a_frozen_account_takes_no_part_until_it_is_released() {
    let mut gold = Gold::capped(2000);
    assert_eq!(gold.call("alice", "freeze", json!(["bob"])).unwrap_err(), "PERMISSION: only the owner");
    let owner = gold.call("owner", "freeze", json!(["owner"]));
    assert_eq!(owner.unwrap_err(), "VALIDATION: the owner cannot be frozen");
    let frozen = gold.call("owner", "freeze", json!(["bob"]));
    assert_eq!(frozen.event("AccountFrozen")["account"], account("bob"));
    assert_eq!(*gold.call("owner", "freeze", json!(["bob"])).unwrap(), false);

    for (user, method, arguments) in [
        ("alice", "transfer", json!(["bob", 1])),
        ("bob", "transfer", json!(["alice", 0])),
        ("bob", "transfer_from", json!(["alice", "carol", 1])),
        ("owner", "mint", json!(["bob", 1])),
    ] {
        let refused = gold.call(user, method, arguments);
        assert_eq!(refused.unwrap_err(), "PERMISSION: the account is frozen", "{}", method);
    }
    assert_eq!(gold.query("is_frozen", json!(["bob"])), true);
    assert_eq!(gold.query("frozen_accounts", json!([0, 10])), json!([account("bob")]));

    let released = gold.call("owner", "release", json!(["bob"]));
    assert_eq!(released.event("AccountReleased")["account"], account("bob"));
    assert_eq!(*gold.call("owner", "release", json!(["bob"])).unwrap(), false);
    gold.call("bob", "transfer_from", json!(["alice", "bob", 1])).unwrap();
}
