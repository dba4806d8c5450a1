//! A contract behind a proxy: its calls, upgrades and rollbacks, who may do what.

mod versions;

use proxy::{Proxy, OWN_METHODS};
use versions::{hidden, one, three, two};
use xwasm::abi::NativeContract;
use xwasm::json;
use xwasm::prelude::*;
use xwasm::testing::{account, Receipt, TestRunner};

struct Stage {
    runner: TestRunner,
    proxy: Address,
}

impl Stage {
    fn new() -> Stage {
        let mut runner = TestRunner::new();
        let code = runner.upload(one::Counter::new());
        let begin = runner.init_arguments(one::Counter::new(), json!([5]));
        let set_up = json!({"owner": "owner", "implementation": code, "init_method_args": hex(&begin)});
        let proxy = runner.deploy(Proxy::new(), set_up);
        runner.speak(proxy, one::Counter::new());
        Stage { runner, proxy }
    }

    fn execute(&mut self, method: &str, arguments: xwasm::json::Json, user: &str) -> Receipt {
        self.runner.execute(self.proxy, method, arguments, user, 0)
    }

    fn upgrade(&mut self, code: Hash, data: &str) -> Receipt {
        self.execute("upgrade", json!([code, data]), "owner")
    }

    fn to_two(&mut self) {
        let code = self.runner.upload(two::Counter::new());
        self.upgrade(code, "").unwrap();
        self.runner.speak(self.proxy, two::Counter::new());
    }

    fn to_three(&mut self) {
        let code = self.runner.upload(three::Counter::new());
        self.upgrade(code, "0700000000000000").unwrap();
        self.runner.speak(self.proxy, three::Counter::new());
    }

    fn ask(&mut self, method: &str) -> xwasm::json::Json {
        self.runner.query(self.proxy, method, json!({}))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{:02x}", byte)).collect()
}

#[test]
fn everything_else_is_the_implementations() {
    let mut stage = Stage::new();

    assert_eq!(*stage.execute("add", json!([3]), "alice").unwrap(), 8);

    assert_eq!(stage.ask("count"), 8);
    let refused = stage.execute("add", json!([0]), "alice");
    assert_eq!(refused.unwrap_err(), "VALIDATION: nothing to add");
    let unknown = stage.runner.execute_raw(stage.proxy, "dance", vec![], "alice", 0);
    assert_eq!(unknown.unwrap_err(), "UNKNOWN_METHOD: counter has no method 'dance'");
}

#[test]
fn the_proxys_keys_and_the_implementations_do_not_meet() {
    let mut stage = Stage::new();
    stage.to_two();
    stage.execute("pause", json!({}), "owner").unwrap();

    let keys = stage.runner.storage(stage.proxy);

    let (own, others): (Vec<_>, Vec<_>) = keys.keys().partition(|key| key[0] == 0xff);
    assert!(own.iter().all(|key| key.starts_with(b"\xffproxy/")));
    assert!(others.iter().all(|key| key[0].is_ascii_alphabetic()));
    assert_eq!(others.len(), 2, "the count and the schema");
    // Both have a field called "owner", in its own place.
    stage.execute("unpause", json!({}), "owner").unwrap();
    stage.to_three();
    assert_eq!(stage.ask("owner"), account("owner"));
    assert_eq!(stage.ask("implementations_owner"), account("somebody"));
}

#[test]
fn a_rollback_over_two_versions_undoes_both_migrations_and_keeps_later_writes() {
    let mut stage = Stage::new();
    stage.execute("add", json!([3]), "alice").unwrap();
    stage.to_two();
    stage.execute("add", json!([2]), "alice").unwrap();
    stage.to_three();
    stage.execute("add", json!([1]), "alice").unwrap();
    assert_eq!(stage.ask("count"), 11 + 7);

    let receipt = stage.execute("rollback", json!([1]), "owner");

    assert_eq!(receipt.unwrap()["version"], 1);
    assert_eq!(receipt.event("Upgraded")["kind"], "rollback");
    stage.runner.speak(stage.proxy, one::Counter::new());
    assert_eq!(stage.ask("count"), 11);
}

#[test]
fn a_version_that_was_left_by_a_rollback_is_no_target() {
    let mut stage = Stage::new();
    stage.to_two();
    stage.execute("rollback", json!([1]), "owner").unwrap();
    stage.to_two();
    assert_eq!(stage.ask("version"), 3);

    for target in [2, 4] {
        let refused = stage.execute("rollback", json!([target]), "owner");
        assert_eq!(
            refused.unwrap_err(),
            "STATE: the version is not one that the current one came from"
        );
    }
    let same = stage.execute("rollback", json!([3]), "owner");
    assert_eq!(same.unwrap_err(), "STATE: this version is the current one");
    stage.execute("rollback", json!([0]), "owner").unwrap();
    let first = stage.execute("rollback", json!([0]), "owner");
    assert_eq!(first.unwrap_err(), "STATE: there is no previous version");
}

#[test]
fn forth_and_back_leaves_the_state_as_it_was() {
    let mut stage = Stage::new();
    let before = implementations(&stage);
    stage.to_two();
    assert!(implementations(&stage) != before);

    stage.execute("rollback", json!([0]), "owner").unwrap();

    assert!(implementations(&stage) == before);
}

/// What is stored that is not the proxy's own.
fn implementations(stage: &Stage) -> Vec<(Vec<u8>, Vec<u8>)> {
    let all = stage.runner.storage(stage.proxy);
    all.into_iter().filter(|(key, _)| key[0] != 0xff).collect()
}

#[test]
fn a_failing_migration_leaves_the_old_version() {
    let mut stage = Stage::new();
    stage.to_two();
    let before = stage.runner.storage(stage.proxy);

    // Version 3 refuses to begin with an offset of zero, after it has written.
    let code = stage.runner.upload(three::Counter::new());
    let refused = stage.upgrade(code, "0000000000000000");

    assert_eq!(refused.unwrap_err(), "VALIDATION: an offset of zero");
    assert!(stage.runner.storage(stage.proxy) == before);
    assert_eq!(stage.ask("version"), 2);
    assert_eq!(stage.ask("count"), 5);
}

#[test]
fn a_rollback_across_a_version_without_a_way_back_is_refused_whole() {
    let mut stage = Stage::new();
    stage.to_two();
    let code = stage.runner.upload(versions::one_way::Counter::new());
    stage.upgrade(code, "").unwrap();
    let before = stage.runner.storage(stage.proxy);

    for target in [0, 1, 2] {
        let refused = stage.execute("rollback", json!([target]), "owner");
        assert_eq!(
            refused.unwrap_err(),
            "STATE: the code being left has no migrate_back, so its migration cannot be undone"
        );
    }
    assert!(stage.runner.storage(stage.proxy) == before);
}

#[test]
fn a_schema_that_was_skipped_is_not_migrated_over() {
    let mut stage = Stage::new();
    let code = stage.runner.upload(three::Counter::new());

    let refused = stage.upgrade(code, "0700000000000000");

    assert_eq!(refused.unwrap_err(), "STATE: the state has another schema");
}

#[test]
fn code_with_a_method_that_the_proxy_would_answer_is_refused_by_name() {
    let sentence = "VALIDATION: the code has a method 'version', which the proxy answers itself: rename it";
    let mut stage = Stage::new();
    let code = stage.runner.upload(hidden::Counter::new());
    let before = stage.runner.storage(stage.proxy);

    assert_eq!(stage.upgrade(code, "").unwrap_err(), sentence);
    assert!(stage.runner.storage(stage.proxy) == before);
    let set_up = json!({"owner": "owner", "implementation": code, "init_method_args": ""});
    let refused = stage.runner.try_deploy(Proxy::new(), set_up).unwrap_err();
    assert_eq!(refused.to_string(), sentence);
}

#[test]
fn every_method_of_the_proxy_counts_as_one_that_it_would_answer() {
    let not_own = ["init", "fallback"];
    let declared = Proxy::INTERFACE.methods.iter().map(|method| method.name);

    let expected: Vec<&str> = declared.filter(|name| !not_own.contains(name)).collect();

    assert_eq!(OWN_METHODS.to_vec(), expected);
}

#[test]
fn ownership_is_offered_and_accepted() {
    let mut stage = Stage::new();

    let stolen = stage.execute("transfer_ownership", json!(["eve"]), "eve");
    assert_eq!(stolen.unwrap_err(), "PERMISSION: only the owner");
    stage.execute("transfer_ownership", json!(["alice"]), "owner").unwrap();
    assert_eq!(stage.ask("owner"), account("owner"));
    assert_eq!(stage.ask("pending_owner"), account("alice"));
    let wrong = stage.execute("accept_ownership", json!({}), "eve");
    assert_eq!(wrong.unwrap_err(), "PERMISSION: the ownership was not offered to the caller");
    let accepted = stage.execute("accept_ownership", json!({}), "alice");
    assert_eq!(accepted.event("OwnershipTransferred")["owner"], account("alice"));

    assert_eq!(stage.ask("owner"), account("alice"));
    assert!(stage.ask("pending_owner").is_null());
    assert!(!stage.execute("accept_ownership", json!({}), "alice").success);
    assert!(!stage.execute("pause", json!({}), "owner").success);
    stage.execute("pause", json!({}), "alice").unwrap();
}

#[test]
fn an_offer_can_be_taken_back() {
    let mut stage = Stage::new();
    stage.execute("transfer_ownership", json!(["alice"]), "owner").unwrap();
    stage.execute("transfer_ownership", json!([Address::ZERO]), "owner").unwrap();
    assert!(!stage.execute("accept_ownership", json!({}), "alice").success);
}

#[test]
fn a_guardian_pauses_and_the_owner_alone_ends_it() {
    let mut stage = Stage::new();
    let nobody = stage.execute("pause", json!({}), "guard");
    assert_eq!(nobody.unwrap_err(), "PERMISSION: only the guardian or the owner");
    let stolen = stage.execute("set_guardian", json!(["eve"]), "eve");
    assert_eq!(stolen.unwrap_err(), "PERMISSION: only the owner");
    stage.execute("set_guardian", json!(["guard"]), "owner").unwrap();

    stage.execute("pause", json!({}), "guard").unwrap();

    assert_eq!(stage.ask("paused"), true);
    let refused = stage.execute("add", json!([1]), "alice");
    assert_eq!(refused.unwrap_err(), "STATE: the contract is paused");
    assert_eq!(*stage.execute("add", json!([1]), "owner").unwrap(), 6);
    assert!(!stage.execute("pause", json!({}), "guard").success);
    assert_eq!(
        stage.execute("unpause", json!({}), "guard").unwrap_err(),
        "PERMISSION: only the owner"
    );
    stage.to_two();
    assert_eq!(stage.ask("paused"), true, "an upgrade does not end a pause");
    stage.execute("unpause", json!({}), "owner").unwrap();
    stage.execute("add", json!([1]), "alice").unwrap();
    stage.execute("set_guardian", json!([null]), "owner").unwrap();
    assert!(!stage.execute("pause", json!({}), "guard").success);
}

#[test]
fn the_history_is_added_to_and_read_in_pages() {
    let mut stage = Stage::new();
    stage.to_two();
    stage.execute("rollback", json!([0]), "owner").unwrap();
    stage.to_two();

    let all = stage.ask("history");
    let kinds: Vec<_> = all.items().iter().filter_map(|r| r["kind"].as_str()).collect();
    assert_eq!(kinds, ["deploy", "upgrade", "rollback", "upgrade"]);
    assert_eq!(all[3]["version"], 3);
    let page = stage.runner.query(stage.proxy, "history_page", json!({"from": 1, "count": 2}));
    assert_eq!(page.items(), &all.items()[1..3]);
    let rest = stage.runner.query(stage.proxy, "history_page", json!({"from": 3, "count": 4000000000u32}));
    assert_eq!(rest.items().len(), 1);
    let none = stage.runner.query(stage.proxy, "history_page", json!({"from": 9, "count": 1}));
    assert!(none.items().is_empty());
}

#[test]
fn value_goes_through_to_a_method_that_takes_it_and_comes_back_from_one_that_does_not() {
    let mut stage = Stage::new();
    stage.runner.create_user("alice", 10);

    let refused = stage.runner.execute(stage.proxy, "add", json!([1]), "alice", 4);
    assert_eq!(refused.unwrap_err(), "NOT_PAYABLE: add of counter takes no value");
    assert_eq!(stage.runner.balance("alice"), 10);
    stage.runner.execute(stage.proxy, "donate", json!({}), "alice", 4).unwrap();
    assert_eq!(stage.runner.balance(stage.proxy), 4);
}
