mod bank;

use bank::{fixed_rate, number, percent, settings, Bank, HOUR, YEAR};
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::account;

#[test]
fn a_deposit_can_be_withdrawn() {
    let mut bank = Bank::at_rate(0);

    let receipt = bank.call("deposit", json!([bank.silver, 500]), "alice");

    assert_eq!(receipt.result["amount"], 500);
    assert_eq!(receipt.result["user_balance"], 500);
    assert_eq!(receipt.result["interest_index"], Ray::SCALE);
    assert_eq!(receipt.event("Deposited")["certificates"], 500);
    assert_eq!(receipt.event("Transfer")["to"], bank.lending);
    assert_eq!(bank.tokens(bank.silver, bank.lending), 500);
    let back = bank.call("withdraw", json!([bank.silver, 500]), "alice");
    assert_eq!(back.unwrap()["user_balance"], 0);
    assert_eq!(back.event("Withdrawn")["certificates"], 500);
    assert_eq!(bank.tokens(bank.silver, "alice"), 1_000_000);
    assert_eq!(bank.tokens(bank.silver, bank.lending), 0);
}

#[test]
fn a_loan_is_paid_out_against_a_pledged_deposit() {
    let mut bank = Bank::funded(percent(5));

    let receipt = bank.borrow(1_500, 1_000);

    assert_eq!(receipt.result["amount"], 1_500);
    assert_eq!(receipt.result["interest_rate"], percent(5));
    assert_eq!(receipt.result["collateral_asset"], bank.gold);
    assert_eq!(receipt.result["collateral_amount"], 1_000);
    assert_eq!(receipt.event("Borrowed")["user"], account("bob"));
    assert_eq!(receipt.event("Borrowed")["interest_rate"], percent(5));
    assert_eq!(receipt.event("CollateralPledged")["amount"], 1_000);
    assert_eq!(bank.tokens(bank.silver, "bob"), 1_001_500);
    assert_eq!(bank.ask("balance_of", json!(["bob", bank.gold])), 0);
    let loan = bank.loan();
    assert_eq!(loan["principal"], 1_500);
    assert_eq!(loan["collateral"], 1_000);
    assert_eq!(bank.ask("loans", json!([0, 10])).items().len(), 1);
}

#[test]
fn nobody_borrows_more_than_the_collateral_bears() {
    let mut bank = Bank::funded(0);

    assert_eq!(
        bank.borrow(1_501, 1_000).unwrap_err(),
        "RESOURCES: the collateral is worth too little"
    );
    assert_eq!(bank.borrow(1_500, 1_001).unwrap_err(), "RESOURCES: the deposit is not that large");
    assert_eq!(bank.borrow(0, 1_000).unwrap_err(), "VALIDATION: nothing is to be borrowed");
    let too_much = "RESOURCES: the market does not have that much to lend";
    assert_eq!(bank.borrow(10_001, 1_000).unwrap_err(), too_much);
    assert_eq!(bank.borrow(1_500, 1_000).unwrap()["amount"], 1_500);
    assert_eq!(bank.borrow(1, 0).unwrap_err(), "RESOURCES: the collateral is worth too little");
}

#[test]
fn a_loan_has_one_other_asset_for_its_collateral() {
    let mut bank = Bank::lent(0);
    bank.call("deposit", json!([bank.gold, 50]), "bob").unwrap();

    let same = bank.call("borrow", json!([bank.silver, 1, bank.silver, 1]), "bob");
    assert_eq!(same.unwrap_err(), "VALIDATION: an asset does not secure itself");
    let unknown = bank.call("borrow", json!([bank.silver, 1, "lead", 1]), "bob");
    assert!(unknown.unwrap_err().starts_with("STATE: the loan is secured by another asset"));
    let unknown = bank.call("borrow", json!(["lead", 1, bank.silver, 1]), "bob");
    assert_eq!(unknown.unwrap_err(), "STATE: no such market");
}

#[test]
fn repaying_frees_the_same_part_of_the_collateral() {
    let mut bank = Bank::lent(0);

    let receipt = bank.call("repay", json!([bank.silver, 300]), "bob");

    assert_eq!(receipt.result["principal_repaid"], 300);
    assert_eq!(receipt.result["interest_paid"], 0);
    assert_eq!(receipt.result["remaining_debt"], 900);
    assert_eq!(receipt.result["released_collateral"], 250);
    assert_eq!(receipt.event("Repaid")["principal"], 300);
    assert_eq!(receipt.event("CollateralReleased")["amount"], 250);
    assert_eq!(bank.ask("balance_of", json!(["bob", bank.gold])), 250);
}

#[test]
fn paying_more_than_is_owed_takes_the_debt_alone() {
    let mut bank = Bank::lent(0);

    let receipt = bank.call("repay", json!([bank.silver, u128::MAX]), "bob");

    assert_eq!(receipt.unwrap()["principal_repaid"], 1_200);
    assert_eq!(receipt.result["released_collateral"], 1_000);
    assert!(bank.loan().is_null());
    assert_eq!(bank.tokens(bank.silver, "bob"), 1_000_000);
    assert_eq!(bank.tokens(bank.silver, bank.lending), 10_000);
    let again = bank.call("repay", json!([bank.silver, 1]), "bob");
    assert_eq!(again.unwrap_err(), "STATE: no such loan");
}

#[test]
fn interest_is_paid_before_principal() {
    let mut bank = Bank::lent(percent(10));
    bank.runner.advance_time(YEAR);

    let receipt = bank.call("repay", json!([bank.silver, 200]), "bob");

    // 1,200 * e^0.1 is 1,326.2, rounded up; what 200 are in shares is rounded down.
    assert_eq!(receipt.unwrap()["interest_paid"], 127);
    assert_eq!(receipt.result["principal_repaid"], 73);
    assert_eq!(receipt.result["remaining_debt"], 1_128);
    let loan = bank.loan();
    assert_eq!(loan["principal"], 1_127);
}

#[test]
fn depositors_get_the_interest_less_the_reserves() {
    let mut bank = Bank::lent(percent(10));
    bank.runner.advance_time(YEAR);
    bank.call("repay", json!([bank.silver, 5_000]), "bob").unwrap();

    let market = bank.market(bank.silver);
    // 127 of interest, 126.2 of it by the index, of which 90 % go to Alice.
    assert_eq!(market["total_borrows"], 0);
    assert_eq!(market["cash"], 10_127);
    assert_eq!(bank.ask("balance_of", json!(["alice", bank.silver])), 10_113);
    assert_eq!(market["reserves"], 13);
    let refused = bank.call("withdraw_reserves", json!([bank.silver, 14, "owner"]), "owner");
    assert_eq!(refused.unwrap_err(), "RESOURCES: the reserves are not that large, or lent out");
    let paid = bank.call("withdraw_reserves", json!([bank.silver, 13, "carol"]), "owner");
    assert_eq!(paid.event("ReservesWithdrawn")["amount"], 13);
    assert_eq!(bank.tokens(bank.silver, "carol"), 1_000_013);
    bank.call("withdraw", json!([bank.silver, 10_113]), "alice").unwrap();
    assert_eq!(bank.market(bank.silver)["supply_shares"], 0);
    assert_eq!(bank.tokens(bank.silver, bank.lending), 1);
}

#[test]
fn what_is_lent_out_cannot_be_withdrawn() {
    let mut bank = Bank::lent(0);

    let refused = bank.call("withdraw", json!([bank.silver, 8_801]), "alice");
    assert_eq!(refused.unwrap_err(), "RESOURCES: the deposits are lent out");
    bank.call("withdraw", json!([bank.silver, 8_800]), "alice").unwrap();
    let refused = bank.call("withdraw", json!([bank.gold, 1]), "bob");
    assert_eq!(refused.unwrap_err(), "RESOURCES: the deposit is not that large");
}

#[test]
fn collateral_can_be_added_and_what_is_not_needed_released() {
    let mut bank = Bank::lent(0);
    bank.call("deposit", json!([bank.gold, 100]), "bob").unwrap();

    let pledged = bank.call("add_collateral", json!([bank.silver, 100]), "bob");
    assert_eq!(*pledged.unwrap(), 1_100);
    // 1,200 of debt need 800 gold at 2 and 75 %.
    let refused = bank.call("release_collateral", json!([bank.silver, 301]), "bob");
    assert_eq!(refused.unwrap_err(), "RESOURCES: the collateral is worth too little");
    let rest = bank.call("release_collateral", json!([bank.silver, 300]), "bob");
    assert_eq!(*rest.unwrap(), 800);
    assert_eq!(rest.event("CollateralReleased")["amount"], 300);
    assert_eq!(bank.ask("balance_of", json!(["bob", bank.gold])), 300);
}

#[test]
fn old_prices_stop_loans_but_no_payments() {
    let mut bank = Bank::lent(0);
    bank.runner.advance_time(HOUR);

    let old = "TIMEOUT: the price is too old";
    assert_eq!(bank.borrow(1, 0).unwrap_err(), old);
    let release = bank.call("release_collateral", json!([bank.silver, 1]), "bob");
    assert_eq!(release.unwrap_err(), old);
    let liquidation = bank.call("liquidate", json!(["bob", bank.silver, 100, 0]), "carol");
    assert_eq!(liquidation.unwrap_err(), old);
    let health = bank.runner.try_query(bank.lending, "health", json!(["bob", bank.silver]));
    assert_eq!(health.unwrap_err().to_string(), old);
    let part = bank.call("repay", json!([bank.silver, 600]), "bob");
    assert_eq!(part.unwrap()["released_collateral"], 0);
    let all = bank.call("repay", json!([bank.silver, 600]), "bob");
    assert_eq!(all.unwrap()["released_collateral"], 1_000);
}

#[test]
fn a_price_is_good_for_exactly_its_time() {
    let mut bank = Bank::lent(0);
    let set_at = number(&bank.ask("price", json!([bank.gold])), "set_at") as u64;

    bank.runner.set_time(set_at + HOUR);
    assert_eq!(bank.ask("health", json!(["bob", bank.silver]))["debt_value"], 1_200);
    bank.runner.set_time(set_at + HOUR + 1);
    let late = bank.runner.try_query(bank.lending, "health", json!(["bob", bank.silver]));
    assert_eq!(late.unwrap_err().to_string(), "TIMEOUT: the price is too old");
}

#[test]
fn a_market_that_is_full_or_frozen_takes_nothing_new() {
    let mut bank = Bank::lent(0);
    let mut low = settings(fixed_rate(0));
    if let Json::Object(fields) = &mut low {
        fields.retain(|(name, _)| name != "supply_cap");
        fields.push(("supply_cap".into(), json!(10_100)));
    }
    bank.call("configure_market", json!([bank.silver, low]), "owner").unwrap();
    let full = bank.call("deposit", json!([bank.silver, 101]), "carol");
    assert_eq!(full.unwrap_err(), "RESOURCES: the market takes no more deposits");
    bank.call("deposit", json!([bank.silver, 100]), "carol").unwrap();

    let frozen = bank.call("freeze_market", json!([bank.silver, true]), "owner");
    assert_eq!(frozen.event("MarketFrozen")["frozen"], true);
    assert_eq!(bank.borrow(1, 0).unwrap_err(), "STATE: the market is frozen");
    let refused = bank.call("deposit", json!([bank.silver, 1]), "alice");
    assert_eq!(refused.unwrap_err(), "STATE: the market is frozen");
    bank.call("withdraw", json!([bank.silver, 1]), "alice").unwrap();
    bank.call("repay", json!([bank.silver, 1]), "bob").unwrap();
}
