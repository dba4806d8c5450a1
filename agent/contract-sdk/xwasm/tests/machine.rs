//! The native machine keeps the rules of ABI.md that contracts can see.

use xwasm::prelude::*;
use xwasm::testing::TestRunner;
use xwasm::{calls, json};

#[xwasm::event]
pub struct Wrote {
    number: u64,
}

#[xwasm::contract(name = "puppet", events(Wrote))]
struct Puppet {
    #[state]
    number: Value<u64>,
}

#[xwasm::interface]
impl Puppet {
    #[payable]
    pub fn write(&mut self, number: u64) {
        self.number.set(&number);
        Wrote { number }.emit();
    }

    #[payable]
    pub fn write_and_refuse(&mut self, number: u64) -> Result<()> {
        self.write(number);
        Err(ContractError::Timeout("too late"))
    }

    /// The callee's answer is swallowed: true when it went well.
    pub fn ask(&mut self, to: Address, method: String, args: Vec<u8>, value: u128) -> bool {
        self.number.set(&1);
        calls::call_raw(&to, &method, &args, value, 0).is_ok()
    }

    pub fn ask_itself(&mut self, ctx: Context, method: String) -> Result<Vec<u8>> {
        calls::call_raw(&ctx.self_address(), &method, &[], 0, 0)
    }

    #[reentrant]
    pub fn greet(&mut self) -> u64 {
        self.number.set(&77);
        77
    }

    pub fn overflow(&mut self, by: u64) -> u64 {
        u64::MAX + by
    }

    pub fn number(&self) -> u64 {
        self.number.get_or(0)
    }

    pub fn writing_query(&self) -> u64 {
        Value::<u64>::new("number").set(&5);
        self.number()
    }

    #[fallback]
    pub fn fallback(&mut self, ctx: Context) -> Result<Vec<u8>> {
        ensure_validation!(ctx.method().is_empty(), "no method {}", ctx.method());
        Ok(ctx.value().to_le_bytes().to_vec())
    }
}

fn number(runner: &mut TestRunner, puppet: Address) -> u128 {
    runner.query(puppet, "number", json!({})).as_u128().unwrap()
}

#[test]
fn a_refusing_callee_is_undone_and_its_caller_is_not() {
    let mut runner = TestRunner::new();
    let (one, two) = (runner.deploy_contract(Puppet::new()), runner.deploy_contract(Puppet::new()));
    runner.create_user("alice", 100);
    runner.execute(one, "write", json!([9]), "alice", 50).unwrap();
    let args = "0500000000000000";
    let ask = json!({"to": two, "method": "write_and_refuse", "args": args, "value": 20});

    let receipt = runner.execute(one, "ask", ask, "alice", 0);

    assert_eq!(*receipt.unwrap(), false);
    assert!(receipt.events.is_empty());
    assert_eq!(number(&mut runner, one), 1);
    assert_eq!(number(&mut runner, two), 0);
    assert_eq!((runner.balance(one), runner.balance(two)), (50, 0));

    let ask = json!({"to": two, "method": "write", "args": args, "value": 20});
    let receipt = runner.execute(one, "ask", ask, "alice", 0);
    assert_eq!(*receipt.unwrap(), true);
    assert_eq!(receipt.event("Wrote")["number"], 5);
    assert_eq!((runner.balance(one), runner.balance(two)), (30, 20));
    assert_eq!(runner.total_balance(), 100);
}

#[test]
fn a_contract_at_work_is_not_entered_again_unless_the_method_allows_it() {
    let mut runner = TestRunner::new();
    let puppet = runner.deploy_contract(Puppet::new());

    let refused = runner.execute(puppet, "ask_itself", json!(["number"]), "alice", 0);
    assert!(refused.unwrap_err().starts_with("REENTRANCY: "));
    runner.execute(puppet, "ask_itself", json!(["greet"]), "alice", 0).unwrap();
    assert_eq!(number(&mut runner, puppet), 77);
}

#[test]
fn a_plain_transfer_reaches_an_account_or_a_fallback() {
    let mut runner = TestRunner::new();
    let (one, two) = (runner.deploy_contract(Puppet::new()), runner.deploy_contract(Puppet::new()));
    runner.create_user("alice", 100);
    runner.execute(one, "write", json!([9]), "alice", 50).unwrap();
    for to in [two, Address::from("bob")] {
        let transfer = json!({"to": to, "method": "", "args": "", "value": 10});
        assert_eq!(*runner.execute(one, "ask", transfer, "alice", 0).unwrap(), true);
        assert_eq!(runner.balance(to), 10);
    }
    let too_much = json!({"to": two, "method": "", "args": "", "value": 31});
    assert_eq!(*runner.execute(one, "ask", too_much, "alice", 0).unwrap(), false);
}

#[test]
fn what_is_no_method_goes_to_the_fallback_and_the_reserved_names_nowhere() {
    let mut runner = TestRunner::new();
    let puppet = runner.deploy_contract(Puppet::new());

    let refused = runner.execute_raw(puppet, "dance", vec![], "alice", 0);
    assert_eq!(refused.unwrap_err(), "VALIDATION: no method dance");
    for reserved in ["init", "migrate", "migrate_back"] {
        let refused = runner.execute_raw(puppet, reserved, vec![], "alice", 0);
        assert!(refused.unwrap_err().starts_with("PERMISSION: "));
    }
    let nobody = runner.execute_raw(Address::from("nobody"), "x", vec![], "alice", 0);
    assert!(nobody.unwrap_err().starts_with("UNKNOWN_CONTRACT: "));
}

#[test]
fn arguments_that_are_none_are_named() {
    let mut runner = TestRunner::new();
    let puppet = runner.deploy_contract(Puppet::new());

    let short = runner.execute_raw(puppet, "write", vec![1], "alice", 0);
    assert_eq!(short.unwrap_err(), "BAD_ARGUMENTS: argument 'number' of write is no u64");
    let missing = runner.execute_raw(puppet, "write", vec![], "alice", 0);
    assert_eq!(
        missing.unwrap_err(),
        "BAD_ARGUMENTS: argument 'number' of write is no u64: the arguments end before it"
    );
    let long = runner.execute_raw(puppet, "write", vec![0; 9], "alice", 0);
    assert_eq!(long.unwrap_err(), "BAD_ARGUMENTS: too many bytes of arguments for write");
    let some = runner.execute_raw(puppet, "greet", vec![0], "alice", 0);
    assert_eq!(some.unwrap_err(), "BAD_ARGUMENTS: too many bytes of arguments for greet");
}

#[test]
fn a_panic_is_a_failure_and_a_query_writes_nothing() {
    let mut runner = TestRunner::new();
    let puppet = runner.deploy_contract(Puppet::new());

    let panicked = runner.execute(puppet, "overflow", json!([1]), "alice", 0);
    assert_eq!(panicked.unwrap_err(), "UNKNOWN: the contract panicked");
    assert_eq!(runner.query(puppet, "writing_query", json!({})), 5);
    assert_eq!(number(&mut runner, puppet), 0);
}
