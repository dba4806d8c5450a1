//! The exchange as its users see it. Numbers are computed by hand from the formula in `exchange.rs`.

use dex::Dex;
use token::Token;
use xwasm::json;
use xwasm::json::Json;
use xwasm::mock::MockContext;
use xwasm::prelude::*;
use xwasm::testing::{account, TestRunner};

const MUCH: u128 = 1_000_000;

struct Market {
    runner: TestRunner,
    dex: Address,
    gold: Address,
    silver: Address,
}

impl Market {
    /// A pool of 1000 and 4000, provided by user1; user2 has as much as they like of both tokens.
    fn open(fee_per_mille: u16) -> Market {
        let mut runner = TestRunner::new();
        let dex = runner.deploy(
            Dex::new(),
            json!({"owner": "owner", "fee_per_mille": fee_per_mille}),
        );
        let gold = token(&mut runner, dex, "Gold");
        let silver = token(&mut runner, dex, "Silver");
        let mut market = Market { runner, dex, gold, silver };
        let pool = json!({"pool": "ETH-USDC", "token_a": gold, "token_b": silver});
        market.runner.execute(dex, "create_pool", pool, "user1", 0).unwrap();
        let amounts = json!({"pool": "ETH-USDC", "amount_a": 1000, "amount_b": 4000});
        market.runner.execute(dex, "add_liquidity", amounts, "user1", 0).unwrap();
        market
    }

    fn swap(&mut self, user: &str, amount: u128, least: u128) -> xwasm::testing::Receipt {
        let arguments = json!({
            "pool": "ETH-USDC",
            "input_token": self.gold,
            "input_amount": amount,
            "min_output_amount": least,
        });
        self.runner.execute(self.dex, "swap", arguments, user, 0)
    }

    fn pool(&mut self) -> Json {
        self.runner.query(self.dex, "pool_state", json!({"pool": "ETH-USDC"}))
    }

    fn held(&mut self, token: Address, user: &str) -> u128 {
        self.runner.query(token, "balance_of", json!([user])).as_u128().unwrap()
    }
}

fn token(runner: &mut TestRunner, dex: Address, name: &str) -> Address {
    let set_up =
        json!({"name": name, "symbol": name, "decimals": 0, "supply": 2 * MUCH, "owner": "user1"});
    let token = runner.deploy(Token::new(), set_up);
    runner.execute(token, "transfer", json!(["user2", MUCH]), "user1", 0).unwrap();
    for user in ["user1", "user2"] {
        runner.execute(token, "approve", json!([dex, MUCH]), user, 0).unwrap();
    }
    token
}

#[test]
fn without_a_fee_100_buy_363() {
    let mut market = Market::open(0);

    let receipt = market.swap("user2", 100, 350);

    assert_eq!(receipt.unwrap()["output_amount"], 363);
    assert_eq!(receipt.event("Swap")["trader"], account("user2"));
    let pool = market.pool();
    assert_eq!(pool["reserve_a"], 1100);
    assert_eq!(pool["reserve_b"], 3637);
}

#[test]
fn with_three_per_mille_100_buy_362() {
    let mut market = Market::open(3);

    assert_eq!(market.swap("user2", 100, 362).unwrap()["output_amount"], 362);

    assert_eq!(market.pool()["reserve_b"], 3638);
    let (gold, silver) = (market.gold, market.silver);
    assert_eq!(market.held(gold, "user2"), MUCH - 100);
    assert_eq!(market.held(silver, "user2"), MUCH + 362);
}

#[test]
fn a_swap_below_the_wanted_output_moves_nothing() {
    let mut market = Market::open(3);
    let before = (market.runner.storage(market.dex), market.runner.storage(market.gold));

    let refused = market.swap("user2", 100, 363);

    assert_eq!(refused.unwrap_err(), "VALIDATION: output amount is below the minimum");
    let after = (market.runner.storage(market.dex), market.runner.storage(market.gold));
    assert!(before == after);
}

#[test]
fn all_liquidity_can_be_taken_out_again() {
    let mut market = Market::open(3);
    assert_eq!(market.pool()["total_liquidity"], 2000);

    let out = json!({"pool": "ETH-USDC", "liquidity_amount": 2000});
    let receipt = market.runner.execute(market.dex, "remove_liquidity", out, "user1", 0);

    assert_eq!(receipt.unwrap()["amount_a"], 1000);
    assert_eq!(receipt.unwrap()["amount_b"], 4000);
    assert_eq!(market.swap("user2", 1, 0).unwrap_err(), "RESOURCES: the pool is empty");
}

#[test]
fn a_trader_who_did_not_approve_changes_no_reserve() {
    let mut market = Market::open(3);
    let before = market.pool();

    let refused = market.swap("stranger", 100, 1);

    assert_eq!(refused.unwrap_err(), "PERMISSION: allowance too low");
    assert_eq!(market.pool(), before);
}

#[test]
fn value_is_not_taken_by_a_swap() {
    let mut market = Market::open(3);
    market.runner.create_user("user2", 100);
    let swap = json!(["ETH-USDC", market.gold, 100, 1]);
    let refused = market.runner.execute(market.dex, "swap", swap, "user2", 100);
    assert_eq!(refused.unwrap_err(), "NOT_PAYABLE: swap of dex takes no value");
}

#[test]
fn the_owner_alone_sets_the_fee() {
    let mut context = MockContext::new();
    let mut dex = Dex::new();
    dex.init(account("owner"), None).unwrap();
    context.set_sender("user1");

    assert_eq!(
        dex.set_fee(5).unwrap_err().to_string(),
        "InsufficientPermission: only the owner"
    );
    context.set_sender("owner");
    dex.set_fee(5).unwrap();
    assert_eq!(dex.fee_rate(), 5);
    assert_eq!(
        dex.set_fee(101).unwrap_err().to_string(),
        "ValidationError: the fee is at most 100 per mille"
    );
}
