use token::Token;
use xwasm::json;
use xwasm::mock::{MockContext, MockStorage};
use xwasm::prelude::*;
use xwasm::testing::{account, TestRunner};

fn gold(runner: &mut TestRunner) -> Address {
    let set_up =
        json!({"name": "Gold", "symbol": "GLD", "decimals": 8, "supply": 1000, "owner": "alice"});
    runner.deploy(Token::new(), set_up)
}

#[test]
fn a_transfer_moves_tokens_and_says_so() {
    let mut runner = TestRunner::new();
    let token = gold(&mut runner);

    let receipt =
        runner.execute(token, "transfer", json!({"to": "bob", "amount": 300}), "alice", 0);

    assert!(receipt.success);
    assert_eq!(receipt.event("Transfer")["to"], account("bob"));
    assert_eq!(runner.query(token, "balance_of", json!(["bob"])), 300);
    assert_eq!(runner.query(token, "balance_of", json!({"owner": "alice"})), 700);
}

#[test]
fn a_transfer_of_more_than_there_is_changes_nothing() {
    let mut runner = TestRunner::new();
    let token = gold(&mut runner);
    let before = runner.storage(token);

    let receipt = runner.execute(token, "transfer", json!(["bob", 1001]), "alice", 0);

    assert_eq!(receipt.unwrap_err(), "RESOURCES: balance too low");
    assert_eq!(runner.storage(token), before);
}

#[test]
fn an_allowance_is_used_up() {
    let mut runner = TestRunner::new();
    let token = gold(&mut runner);
    runner.execute(token, "approve", json!(["bob", 50]), "alice", 0).unwrap();
    let take = json!({"from": "alice", "to": "carol", "amount": 30});

    runner.execute(token, "transfer_from", take.clone(), "bob", 0).unwrap();

    assert_eq!(runner.query(token, "allowance", json!(["alice", "bob"])), 20);
    let refused = runner.execute(token, "transfer_from", take, "bob", 0);
    assert_eq!(refused.unwrap_err(), "PERMISSION: allowance too low");
}

#[test]
fn the_owner_alone_makes_more() {
    let mut runner = TestRunner::new();
    let token = gold(&mut runner);

    let refused = runner.execute(token, "mint", json!(["bob", 1]), "bob", 0);
    assert_eq!(refused.unwrap_err(), "PERMISSION: only the owner");
    let overflow = runner.execute(token, "mint", json!(["bob", u128::MAX]), "alice", 0);
    assert_eq!(overflow.unwrap_err(), "MATH: the supply is too large");
    runner.execute(token, "mint", json!(["bob", 1]), "alice", 0).unwrap();
    assert_eq!(runner.query(token, "total_supply", json!({})), 1001);
}

#[test]
fn no_value_can_be_sent_to_it() {
    let mut runner = TestRunner::new();
    let token = gold(&mut runner);
    runner.create_user("alice", 10);

    let refused = runner.execute(token, "transfer", json!(["bob", 1]), "alice", 5);

    assert_eq!(refused.unwrap_err(), "NOT_PAYABLE: transfer of token takes no value");
    assert_eq!(runner.balance("alice"), 10);
}

#[test]
fn methods_are_plain_rust() {
    let mut context = MockContext::new();
    let storage = MockStorage::new();
    let mut token = Token::new();
    token.init("Gold".into(), "GLD".into(), 8, 1000, account("alice")).unwrap();
    context.set_sender("alice");

    token.transfer(context, account("bob"), 300).unwrap();

    assert_eq!(token.balance_of(account("bob")), 300);
    assert_eq!(context.announced(), ["Transfer", "Transfer"]);
    assert_eq!(storage.len(), 7);
    context.set_sender("bob");
    let refused = token.transfer(context, account("carol"), 301);
    assert_eq!(refused.unwrap_err().to_string(), "InsufficientResources: balance too low");
}
