#[path = "../../lending/tests/bank/mod.rs"]
mod bank;

use bank::{number, percent, settings, Bank, YEAR};
use lending::Lending as Lending1;
use lending_2::Lending as Lending2;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;

fn upgrade(bank: &mut Bank) {
    bank.runner.migrate(bank.lending, Lending2::new(), json!({})).unwrap();
}

fn roll_back(bank: &mut Bank) {
    bank.runner.migrate_back(bank.lending, Lending1::new()).unwrap();
}

#[test]
fn migrating_back_gives_every_byte_back() {
    let mut bank = Bank::lent(percent(5));
    bank.runner.advance_time(YEAR);
    bank.call("accrue", json!([bank.silver]), "carol").unwrap();
    bank.call("freeze_market", json!([bank.gold, true]), "owner").unwrap();
    let before = bank.runner.storage(bank.lending);

    upgrade(&mut bank);
    let between = bank.runner.storage(bank.lending);
    roll_back(&mut bank);

    assert_ne!(between, before);
    assert_eq!(bank.runner.storage(bank.lending), before);
}

#[test]
fn calls_between_upgrade_and_rollback_survive() {
    let mut bank = Bank::lent(percent(5));
    upgrade(&mut bank);
    bank.runner.advance_time(YEAR);

    bank.call("deposit", json!([bank.silver, 700]), "carol").unwrap();
    let paid = bank.call("repay", json!([bank.silver, 462]), "bob");
    assert_eq!(paid.unwrap()["interest_paid"], 62);
    let limits = json!({"liquidation_threshold": 9000, "borrow_cap": 5000});
    bank.call("set_limits", json!([bank.silver, limits]), "owner").unwrap();
    let (market, loan) = (bank.market(bank.silver), bank.loan());
    roll_back(&mut bank);

    assert_eq!(bank.market(bank.silver), market);
    assert_eq!(bank.loan(), loan);
    assert_eq!(loan["principal"], 800);
    let rest = bank.call("repay", json!([bank.silver, u128::MAX]), "bob");
    assert_eq!(rest.unwrap()["remaining_debt"], 0);
    bank.call("withdraw", json!([bank.silver, 699]), "carol").unwrap();
}

#[test]
fn a_migrated_market_gets_a_threshold_and_no_narrower_cap() {
    let mut bank = Bank::lent(0);
    upgrade(&mut bank);

    let limits = bank.ask("limits", json!([bank.gold]));
    assert_eq!(limits["liquidation_threshold"], 8_000);
    assert_eq!(limits["borrow_cap"], 1_000_000_000_000u64);
    let given = settings(Json::Null);
    assert_eq!(bank.market(bank.gold)["config"]["collateral_factor"], given["collateral_factor"]);
}

#[test]
fn a_loan_is_safe_up_to_the_threshold() {
    let mut bank = Bank::lent(0);
    upgrade(&mut bank);
    // 1,200 is 80 % of 1,000 * 1.5.
    bank.price(bank.gold, percent(150));

    assert_eq!(bank.borrow(1, 0).unwrap_err(), "RESOURCES: the collateral is worth too little");
    let health = bank.ask("health", json!(["bob", bank.silver]));
    assert_eq!(health["borrow_limit"], 1_125);
    assert_eq!(health["liquidation_limit"], 1_200);
    let refused = bank.call("liquidate", json!(["bob", bank.silver, 1, 0]), "carol");
    assert_eq!(refused.unwrap_err(), "STATE: the loan is healthy");
    bank.price(bank.gold, percent(149));
    let done = bank.call("liquidate", json!(["bob", bank.silver, 1_000, 0]), "carol");
    assert_eq!(done.unwrap()["repaid"], 600);
}

#[test]
fn a_market_lends_up_to_its_cap() {
    let mut bank = Bank::funded(0);
    upgrade(&mut bank);
    let limits = json!({"liquidation_threshold": 8000, "borrow_cap": 1000});

    let set = bank.call("set_limits", json!([bank.silver, limits]), "owner");

    assert_eq!(set.event("LimitsSet")["borrow_cap"], 1_000);
    assert_eq!(bank.borrow(1_001, 1_000).unwrap_err(), "RESOURCES: the market lends no more");
    assert_eq!(number(bank.borrow(1_000, 1_000).unwrap(), "amount"), 1_000);
}

#[test]
fn limits_that_endanger_the_protocol_are_refused() {
    let mut bank = Bank::lent(0);
    upgrade(&mut bank);
    let mut set = |threshold: u16, user: &str| {
        let limits = json!({"liquidation_threshold": threshold, "borrow_cap": 1});
        bank.call("set_limits", json!([bank.gold, limits]), user).unwrap_err()
    };

    assert!(set(7_499, "owner").contains("would be below the collateral factor"));
    assert!(set(9_091, "owner").contains("worse than it was"));
    assert_eq!(set(9_000, "bob"), "PERMISSION: only the owner");
}

#[test]
fn a_migration_runs_once() {
    let mut bank = Bank::lent(0);
    upgrade(&mut bank);
    let before = bank.runner.storage(bank.lending);

    upgrade(&mut bank);

    assert_eq!(bank.runner.storage(bank.lending), before);
    roll_back(&mut bank);
    let again = bank.runner.migrate_back(bank.lending, Lending1::new());
    assert!(again.is_err());
}
