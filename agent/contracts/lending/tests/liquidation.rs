mod bank;

use bank::{number, percent, Bank, YEAR};
use xwasm::json;
use xwasm::prelude::*;

#[test]
fn a_healthy_loan_is_not_liquidated() {
    let mut bank = Bank::lent(0);
    // 1,200 at 75 % of 1,000 * 1.6 is just enough.
    bank.price(bank.gold, percent(160));

    assert_eq!(bank.ask("health", json!(["bob", bank.silver]))["liquidatable"], false);
    let refused = bank.call("liquidate", json!(["bob", bank.silver, 100, 0]), "carol");
    assert_eq!(refused.unwrap_err(), "STATE: the loan is healthy");
}

#[test]
fn a_liquidator_pays_at_most_the_close_factor_and_gets_a_bonus() {
    let mut bank = Bank::lent(0);
    bank.price(bank.gold, percent(150));
    let health = bank.ask("health", json!(["bob", bank.silver]));
    assert_eq!(health["debt_value"], 1_200);
    assert_eq!(health["liquidation_limit"], 1_125);
    assert_eq!(health["liquidatable"], true);

    let receipt = bank.call("liquidate", json!(["bob", bank.silver, 1_000, 440]), "carol");

    // Half of 1,200; 600 * 1.1 / 1.5 of gold.
    assert_eq!(receipt.unwrap()["repaid"], 600);
    assert_eq!(receipt.result["seized_collateral"], 440);
    assert_eq!(receipt.result["remaining_debt"], 600);
    assert_eq!(receipt.result["remaining_collateral"], 560);
    assert_eq!(receipt.event("Liquidated")["seized"], 440);
    assert_eq!(bank.tokens(bank.silver, "carol"), 999_400);
    bank.call("withdraw", json!([bank.gold, 440]), "carol").unwrap();
    assert_eq!(bank.ask("health", json!(["bob", bank.silver]))["liquidatable"], false);
}

#[test]
fn a_liquidator_says_the_least_that_they_want() {
    let mut bank = Bank::lent(0);
    bank.price(bank.gold, percent(150));

    let refused = bank.call("liquidate", json!(["bob", bank.silver, 600, 441]), "carol");
    assert!(refused.unwrap_err().starts_with("VALIDATION: the collateral is less than the least"));
    let own = bank.call("liquidate", json!(["bob", bank.silver, 600, 0]), "bob");
    assert_eq!(own.unwrap_err(), "PERMISSION: nobody liquidates their own loan");
    let nothing = bank.call("liquidate", json!(["bob", bank.silver, 0, 0]), "carol");
    assert_eq!(nothing.unwrap_err(), "VALIDATION: nothing is to be repaid");
    let nobody = bank.call("liquidate", json!(["alice", bank.silver, 600, 0]), "carol");
    assert_eq!(nobody.unwrap_err(), "STATE: no such loan");
}

#[test]
fn collateral_that_does_not_reach_lowers_the_price() {
    let mut bank = Bank::lent(0);
    bank.price(bank.gold, percent(50));

    let receipt = bank.call("liquidate", json!(["bob", bank.silver, 600, 0]), "carol");

    // 500 of value are good for 454.5 of debt, rounded up.
    assert_eq!(receipt.unwrap()["repaid"], 455);
    assert_eq!(receipt.result["seized_collateral"], 1_000);
    assert_eq!(receipt.result["remaining_collateral"], 0);
    assert_eq!(receipt.result["remaining_debt"], 745);
}

#[test]
fn reserves_bear_what_no_collateral_covers() {
    let mut bank = Bank::lent(percent(10));
    let early = bank.call("write_off", json!(["bob", bank.silver]), "owner");
    assert_eq!(early.unwrap_err(), "STATE: the loan has collateral");
    bank.runner.advance_time(YEAR);
    bank.price(bank.gold, percent(50));
    bank.price(bank.silver, percent(100));
    bank.call("liquidate", json!(["bob", bank.silver, 600, 0]), "carol").unwrap();
    let before = bank.market(bank.silver);
    let debt = number(&bank.loan(), "debt");

    let receipt = bank.call("write_off", json!(["bob", bank.silver]), "owner");

    let rest = receipt.unwrap().as_u128().unwrap();
    let borne = number(receipt.event("DebtWrittenOff"), "amount");
    assert_eq!(borne, debt - rest);
    assert!(borne > 0 && borne <= number(&before, "reserves") + 1);
    let after = bank.market(bank.silver);
    assert!(number(&after, "reserves") <= 1);
    assert_eq!(after["total_supply"], number(&before, "total_supply"));
    let again = bank.call("write_off", json!(["bob", bank.silver]), "owner");
    assert_eq!(again.unwrap_err(), "RESOURCES: there are no reserves");
}
