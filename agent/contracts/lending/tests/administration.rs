mod bank;

use bank::{fixed_rate, settings, Bank, HOUR};
use lending::rates::InterestRateModel;
use lending::Lending;
use xwasm::json;
use xwasm::json::Json;
use xwasm::mock::MockContext;
use xwasm::prelude::*;
use xwasm::testing::{account, TestRunner};

fn with(name: &str, value: u64) -> Json {
    let mut given = settings(Json::Null);
    if let Json::Object(fields) = &mut given {
        fields.retain(|(field, _)| field != name);
        fields.push((name.into(), json!(value)));
    }
    given
}

#[test]
fn strangers_administer_nothing() {
    let mut bank = Bank::lent(0);
    let silver = bank.silver;
    let calls = [
        ("create_market", json!([silver, settings(Json::Null)])),
        ("configure_market", json!([silver, settings(Json::Null)])),
        ("freeze_market", json!([silver, true])),
        ("withdraw_reserves", json!([silver, 1, "bob"])),
        ("write_off", json!(["bob", silver])),
        ("set_oracle", json!(["bob", 1])),
        ("transfer_contract", json!(["bob"])),
    ];
    for (method, arguments) in calls {
        let refused = bank.call(method, arguments, "bob").unwrap_err();
        assert_eq!(refused, "PERMISSION: only the owner", "{}", method);
    }
    for user in ["owner", "bob"] {
        let refused = bank.call("set_price", json!([silver, 1]), user);
        assert_eq!(refused.unwrap_err(), "PERMISSION: only the oracle sets prices");
    }
}

#[test]
fn settings_that_endanger_the_protocol_are_refused() {
    let mut bank = Bank::at_rate(0);
    let refusals = [
        (with("collateral_factor", 10_000), "a collateral factor is below 100%"),
        (with("close_factor", 0), "a close factor is above 0 and at most 100%"),
        (with("close_factor", 10_001), "a close factor is above 0 and at most 100%"),
        (
            with("liquidation_bonus", 3_334),
            "with this bonus a liquidation would leave a loan worse than it was",
        ),
        (with("reserve_factor", 5_001), "a reserve factor is at most 50%"),
        (with("supply_cap", 0), "a supply cap is above 0 and at most 10^27"),
    ];
    for (given, why) in refusals {
        let refused = bank.call("configure_market", json!([bank.silver, given]), "owner");
        assert_eq!(refused.unwrap_err(), format!("VALIDATION: {}", why));
    }
    let bonus = with("liquidation_bonus", 3_333);
    let changed = bank.call("configure_market", json!([bank.silver, bonus]), "owner");
    assert_eq!(changed.event("MarketConfigured")["asset_id"], bank.silver);
}

#[test]
fn a_market_is_opened_once_and_for_a_contract() {
    let mut bank = Bank::at_rate(0);
    let config = settings(fixed_rate(0));

    let again = bank.call("create_market", json!([bank.silver, config.clone()]), "owner");
    assert_eq!(again.unwrap_err(), "STATE: the asset has a market already");
    let nothing = bank.call("create_market", json!(["lead", config]), "owner");
    assert_eq!(nothing.unwrap_err(), "VALIDATION: an asset is the address of a token contract");
    let all = bank.ask("markets", json!([0, 50]));
    assert_eq!(all.items(), [json!(bank.gold), json!(bank.silver)]);
    assert_eq!(bank.ask("markets", json!([1, 50])).items(), [json!(bank.silver)]);
}

#[test]
fn prices_are_for_markets_and_within_bounds() {
    let mut bank = Bank::at_rate(0);

    let unknown = bank.call("set_price", json!(["lead", 1]), "oracle");
    assert_eq!(unknown.unwrap_err(), "STATE: no such market");
    for wrong in [0, u128::MAX] {
        let refused = bank.call("set_price", json!([bank.gold, wrong]), "oracle");
        assert!(refused.unwrap_err().starts_with("VALIDATION: a price is above 0"));
    }
    let set = bank.call("set_price", json!([bank.gold, 7]), "oracle");
    assert_eq!(set.event("PriceSet")["value"], 7);
    bank.call("set_oracle", json!(["carol", HOUR]), "owner").unwrap();
    bank.call("set_price", json!([bank.gold, 8]), "oracle").unwrap_err();
    bank.call("set_price", json!([bank.gold, 8]), "carol").unwrap();
}

#[test]
fn a_protocol_is_set_up_once_and_with_sense() {
    let mut runner = TestRunner::new();
    let given = |limit: u64, rate: u128| {
        json!({"owner": "owner", "oracle": "oracle", "staleness_limit": limit,
               "interest_rate_model": fixed_rate(rate)})
    };
    let refused = runner.try_deploy(Lending::new(), given(0, 0)).unwrap_err().to_string();
    assert_eq!(refused, "VALIDATION: a price that is never good is of no use");
    let refused = runner.try_deploy(Lending::new(), given(1, 11 * Ray::SCALE)).unwrap_err();
    assert_eq!(refused.to_string(), "VALIDATION: a rate above 1000% a year is too high");
}

#[test]
fn ownership_moves_on() {
    let mut bank = Bank::at_rate(0);

    bank.call("transfer_contract", json!(["carol"]), "owner").unwrap();

    assert_eq!(bank.ask("contract_owner", json!([])), account("carol"));
    bank.call("freeze_market", json!([bank.gold, true]), "owner").unwrap_err();
    bank.call("freeze_market", json!([bank.gold, true]), "carol").unwrap();
}

#[test]
fn no_native_value_comes_in() {
    let mut bank = Bank::at_rate(0);
    bank.runner.create_user("alice", 5);

    let refused = bank.runner.execute(bank.lending, "deposit", json!([bank.silver, 5]), "alice", 5);

    assert_eq!(refused.unwrap_err(), "NOT_PAYABLE: deposit of lending takes no value");
}

#[test]
fn a_deposit_that_was_not_approved_changes_nothing() {
    let mut bank = Bank::at_rate(0);
    let before = bank.runner.storage(bank.lending);

    let refused = bank.call("deposit", json!([bank.silver, 5]), "dave");

    assert_eq!(refused.unwrap_err(), "PERMISSION: allowance too low");
    assert_eq!(bank.runner.storage(bank.lending), before);
    let nothing = bank.call("deposit", json!([bank.silver, 0]), "alice");
    assert_eq!(nothing.unwrap_err(), "VALIDATION: nothing is to be deposited");
}

#[test]
fn methods_are_plain_rust() {
    let mut context = MockContext::new();
    let mut lending = Lending::new();
    let model = InterestRateModel::Linear { base_rate: Ray::ZERO, slope: Ray::ONE };
    lending.init(account("owner"), account("oracle"), HOUR, model).unwrap();
    context.set_sender("bob");

    let refused = lending.repay(context, account("gold"), 5).unwrap_err();
    assert_eq!(refused.to_string(), "StateError: no such market");
    let again = lending.init(account("bob"), account("bob"), HOUR, model).unwrap_err();
    assert_eq!(again.to_string(), "StateError: the protocol is set up already");
}
