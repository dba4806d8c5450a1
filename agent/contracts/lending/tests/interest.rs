mod bank;

use bank::{number, percent, Bank, YEAR};
use lending::accrual::{INDEX_LIMIT, SECONDS_PER_YEAR};
use lending::config::{MarketConfig, HIGHEST_SUPPLY_CAP};
use lending::market::Market;
use lending::rates::InterestRateModel;
use xwasm::json;
use xwasm::prelude::*;

fn market(model: InterestRateModel, supply: u128, borrowed: u128) -> Market {
    let config = MarketConfig {
        collateral_factor: 7_500,
        close_factor: 5_000,
        liquidation_bonus: 500,
        reserve_factor: 1_000,
        supply_cap: HIGHEST_SUPPLY_CAP,
        model,
    };
    let mut market = Market::new(config, 0);
    market.supply_shares = supply;
    market.borrow_shares = borrowed;
    market.cash = supply - borrowed;
    market
}

fn fixed(rate: u128) -> InterestRateModel {
    InterestRateModel::Linear { base_rate: Ray(percent(rate)), slope: Ray::ZERO }
}

#[test]
fn the_linear_model_rises_evenly() {
    let model = InterestRateModel::Linear { base_rate: Ray(percent(2)), slope: Ray(percent(20)) };
    let at = |u| model.calculate_borrow_interest_rate(Ray(percent(u))).unwrap();

    assert_eq!(at(0), Ray(percent(2)));
    assert_eq!(at(50), Ray(percent(12)));
    assert_eq!(at(100), Ray(percent(22)));
}

#[test]
fn kink_and_jump_bend_where_they_say() {
    let kink = InterestRateModel::Kink {
        base_rate: Ray(percent(2)),
        slope1: Ray(percent(10)),
        slope2: Ray(percent(100)),
        kink: Ray(percent(80)),
    };
    let jump = InterestRateModel::Jump {
        base_rate: Ray(percent(2)),
        slope: Ray(percent(10)),
        jump_slope: Ray(percent(100)),
        jump_utilization: Ray(percent(80)),
    };
    for model in [kink, jump] {
        let at = |u| model.calculate_borrow_interest_rate(Ray(percent(u))).unwrap();
        assert_eq!(at(0), Ray(percent(2)));
        assert_eq!(at(40), Ray(percent(6)));
        assert_eq!(at(80), Ray(percent(10)));
        assert_eq!(at(90), Ray(percent(20)));
        assert_eq!(at(100), Ray(percent(30)));
    }
}

#[test]
fn models_that_make_no_sense_are_refused() {
    let too_dear = fixed(1_001).validate();
    assert!(too_dear.unwrap_err().to_string().contains("above 1000% a year"));
    assert!(fixed(1_000).validate().is_ok());
    for kink in [Ray::ZERO, Ray(Ray::SCALE + 1)] {
        let (base_rate, slope1, slope2) = (Ray::ZERO, Ray::ONE, Ray::ONE);
        let bent = InterestRateModel::Kink { base_rate, slope1, slope2, kink };
        assert!(bent.validate().unwrap_err().to_string().contains("bends"));
    }
    let huge = InterestRateModel::Linear { base_rate: Ray(u128::MAX), slope: Ray::ONE };
    assert!(huge.validate().is_err());
}

#[test]
fn a_year_at_five_percent_compounds_by_the_second() {
    let mut market = market(fixed(5), 1_000_000, 500_000);

    let interest = market.accrue(SECONDS_PER_YEAR as u64 * 1_000).unwrap();

    // e^0.05 is 1.0512710963760…; by the second the eighth digit is still the same.
    assert_eq!(market.borrow_index.0 / 10u128.pow(17), 10_512_710_963);
    assert_eq!(interest, 25_635);
    // 90 % of half of that.
    assert_eq!(market.supply_index.0 / 10u128.pow(17), 10_230_719_933);
    assert_eq!(market.total_supply().unwrap(), 1_023_072);
    assert_eq!(market.reserves().unwrap(), 2_563);
}

#[test]
fn however_the_time_is_cut_the_indexes_agree_within_the_bound() {
    let mut seed = 0x5eed_u64;
    for _ in 0..200 {
        let mut random = || {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            seed
        };
        let supply = 1 + (random() % 1_000_000_000_000) as u128;
        let borrowed = 1 + random() as u128 % supply;
        let begin = market(fixed(1 + random() as u128 % 300), supply, borrowed);
        let (mut whole, mut cut) = (begin, begin);
        let (mut now, mut accruals) = (0, 1);
        for _ in 0..1 + random() % 40 {
            now += random() % 900_000_000;
            cut.accrue(now).unwrap();
            accruals += 1;
        }
        whole.accrue(now).unwrap();

        assert_eq!(whole.accrued_at, cut.accrued_at);
        let bound =
            |of: Ray| of.0.mul_div_up((now / 1_000 + accruals) as u128, Ray::SCALE).unwrap();
        let borrow = bound(whole.borrow_index);
        assert!(whole.borrow_index.0.abs_diff(cut.borrow_index.0) <= borrow);
        let supplied = borrow.mul_div_up(borrowed, supply).unwrap() + 2 * accruals as u128;
        assert!(whole.supply_index.0.abs_diff(cut.supply_index.0) <= supplied);
    }
}

#[test]
fn an_index_stops_at_its_limit_and_debts_can_still_be_told() {
    let mut market = market(fixed(1_000), HIGHEST_SUPPLY_CAP, HIGHEST_SUPPLY_CAP);
    for year in 1..10u64 {
        let before = market;
        market.accrue(year * YEAR).unwrap();
        assert!(market.borrow_index >= before.borrow_index);
        assert!(market.supply_index >= before.supply_index);
    }
    market.accrue(u64::MAX).unwrap();

    assert_eq!(market.borrow_index, INDEX_LIMIT);
    assert!(market.supply_index <= INDEX_LIMIT);
    assert!(market.total_borrows().unwrap() >= market.total_supply().unwrap());
}

#[test]
fn a_market_that_lends_nothing_earns_nothing() {
    let mut market = market(fixed(5), 1_000, 0);

    assert_eq!(market.accrue(YEAR).unwrap(), 0);
    assert_eq!(market.supply_index, Ray::ONE);
    assert_eq!(market.calculate_utilization_rate().unwrap(), Ray::ZERO);
}

#[test]
fn every_call_accrues_first() {
    let mut bank = Bank::lent(percent(50));
    bank.runner.advance_time(YEAR / 10);
    bank.price(bank.silver, Ray::SCALE);
    let index = number(&bank.market(bank.silver), "borrow_index");

    let receipt = bank.call("deposit", json!([bank.silver, 100]), "carol");

    assert_eq!(number(receipt.event("InterestAccrued"), "borrow_index"), index);
    // An index above 1 gives fewer certificates than units, and what they are worth is no more.
    assert_eq!(receipt.unwrap()["user_balance"], 99);
    assert_eq!(receipt.event("Deposited")["certificates"], 99);
}
