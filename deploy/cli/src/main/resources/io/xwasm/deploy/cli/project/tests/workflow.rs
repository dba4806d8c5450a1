use @CRATE@::Counter;
use xwasm::{json, testing::{account, TestRunner}};

#[test]
fn anybody_counts_and_the_owner_sets_back() {
    let mut runner = TestRunner::new();
    let counter = runner.deploy(Counter::new(), json!({"owner": "owner"}));

    runner.execute(counter, "add", json!({"amount": 2}), "alice", 0).unwrap();
    let receipt = runner.execute(counter, "add", json!({"amount": 3}), "bob", 0);
    assert!(receipt.success);
    assert_eq!(receipt.result, 5);
    assert_eq!(receipt.event("Counted")["by"], account("bob"));
    assert_eq!(runner.query(counter, "count", json!({})), 5);

    let refused = runner.execute(counter, "reset", json!({}), "alice", 0);
    assert_eq!(refused.unwrap_err(), "PERMISSION: only the owner");
    runner.execute(counter, "reset", json!({}), "owner", 0).unwrap();
    assert_eq!(runner.query(counter, "count", json!({})), 0);
}

#[test]
fn nothing_is_no_count() {
    let mut runner = TestRunner::new();
    let counter = runner.deploy(Counter::new(), json!({"owner": "owner"}));
    let refused = runner.execute(counter, "add", json!({"amount": 0}), "alice", 0);
    assert_eq!(refused.unwrap_err(), "VALIDATION: count at least one");
}
