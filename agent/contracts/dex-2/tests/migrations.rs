//! The way from version 1 and back, with real pools, shares and traders in the state.
#![cfg(not(feature = "unmigrated"))]

use dex::Dex as First;
use dex_2::Dex as Second;
use token::Token;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::TestRunner;

const MUCH: u128 = 1_000_000;

struct Market {
    runner: TestRunner,
    dex: Address,
    gold: Address,
}

impl Market {
    /// Version 1 with so many pools of 1000 and 4000, the first of which has seen one swap.
    fn open(pools: u32) -> Market {
        let mut runner = TestRunner::new();
        let dex = runner.deploy(First::new(), json!({"owner": "owner", "fee_per_mille": 3}));
        let gold = token(&mut runner, dex, "Gold");
        let silver = token(&mut runner, dex, "Silver");
        for number in 0..pools {
            let pool = format!("pool-{}", number);
            runner.execute(dex, "create_pool", json!([&pool, gold, silver]), "user", 0).unwrap();
            runner.execute(dex, "add_liquidity", json!([&pool, 1000, 4000]), "user", 0).unwrap();
        }
        let mut market = Market { runner, dex, gold };
        market.swap(100);
        market
    }

    fn swap(&mut self, amount: u128) {
        let swap = json!(["pool-0", self.gold, amount, 1]);
        self.runner.execute(self.dex, "swap", swap, "user", 0).unwrap();
    }

    fn pool(&mut self, name: &str) -> Json {
        self.runner.query(self.dex, "pool_state", json!([name]))
    }

    fn forth(&mut self) {
        self.runner.migrate(self.dex, Second::new(), json!({})).unwrap();
    }

    fn back(&mut self) {
        self.runner.migrate_back(self.dex, First::new()).unwrap();
    }
}

fn token(runner: &mut TestRunner, dex: Address, name: &str) -> Address {
    let set_up =
        json!({"name": name, "symbol": name, "decimals": 0, "supply": MUCH, "owner": "user"});
    let token = runner.deploy(Token::new(), set_up);
    runner.execute(token, "approve", json!([dex, MUCH]), "user", 0).unwrap();
    token
}

#[test]
fn forth_and_back_is_where_it_began() {
    let mut market = Market::open(20);
    let before = market.runner.storage(market.dex);

    market.forth();
    assert!(market.runner.storage(market.dex) != before);
    market.back();

    assert!(market.runner.storage(market.dex) == before);
}

#[test]
fn what_happens_in_between_survives() {
    let mut market = Market::open(2);

    market.forth();
    assert_eq!(market.pool("pool-0")["trades"], 0);
    market.swap(100);
    assert_eq!(market.pool("pool-0")["trades"], 1);
    assert_eq!(market.pool("pool-0")["volume_a"], 100);
    let during = market.pool("pool-0");
    market.back();

    let after = market.pool("pool-0");
    for field in ["reserve_a", "reserve_b", "total_liquidity", "token_a", "token_b"] {
        assert_eq!(after[field], during[field], "{}", field);
    }
    assert!(after.get("trades").is_none());
    assert_eq!(market.pool("pool-1")["reserve_a"], 1000);
    assert_eq!(market.runner.query(market.dex, "trader", json!(["user"]))["trades"], 2);
    market.swap(100);
}

#[test]
fn a_migration_that_was_made_is_not_made_again() {
    let mut market = Market::open(1);
    market.forth();
    market.swap(100);
    let before = market.runner.storage(market.dex);

    market.forth();

    assert!(market.runner.storage(market.dex) == before);
}

#[test]
fn the_reverse_migration_leaves_another_schema_alone() {
    let mut market = Market::open(1);
    let code = market.runner.upload(Second::new());
    let before = market.runner.storage(market.dex);

    let refused = market.runner.run_as::<First, _>(market.dex, "user", 0, |_, ctx| {
        ctx.delegate(&code, "migrate_back", &[])
    });

    assert_eq!(refused.unwrap_err().to_string(), "Callee: the state has another schema");
    assert!(market.runner.storage(market.dex) == before);
}
