//! A protocol with two markets, for the workflow tests: gold at 2 and silver at 1. Each test file uses a part.
#![allow(dead_code)]

use lending::Lending;
use token::Token;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{Receipt, TestRunner};

pub const HOUR: u64 = 3_600_000;
pub const YEAR: u64 = 31_557_600_000;

pub struct Bank {
    pub runner: TestRunner,
    pub lending: Address,
    pub gold: Address,
    pub silver: Address,
}

pub fn percent(number: u128) -> u128 {
    Ray::SCALE / 100 * number
}

pub fn fixed_rate(rate: u128) -> Json {
    json!({"Linear": {"base_rate": rate, "slope": 0}})
}

pub fn settings(model: Json) -> Json {
    json!({"collateral_factor": 7500, "close_factor": 5000, "liquidation_bonus": 1000,
           "reserve_factor": 1000, "supply_cap": 1_000_000_000_000u64, "model": model})
}

impl Bank {
    /// Interest in both markets at this rate, however much is lent out.
    pub fn at_rate(rate: u128) -> Bank {
        let mut runner = TestRunner::new();
        let gold = token_of(&mut runner, "Gold");
        let silver = token_of(&mut runner, "Silver");
        let lending = runner.deploy(
            Lending::new(),
            json!({"owner": "owner", "oracle": "oracle", "staleness_limit": HOUR,
                   "interest_rate_model": fixed_rate(rate)}),
        );
        let mut bank = Bank { runner, lending, gold, silver };
        for asset in [gold, silver] {
            let given = json!({"asset_id": asset, "settings": settings(Json::Null)});
            bank.call("create_market", given, "owner").unwrap();
            for user in ["alice", "bob", "carol"] {
                let approval = json!([lending, u128::MAX]);
                bank.runner
                    .execute(asset, "transfer", json!([user, 1_000_000]), "owner", 0)
                    .unwrap();
                bank.runner.execute(asset, "approve", approval, user, 0).unwrap();
            }
        }
        bank.price(gold, 2 * Ray::SCALE);
        bank.price(silver, Ray::SCALE);
        bank
    }

    /// Alice has put in 10,000 silver, Bob 1,000 gold.
    pub fn funded(rate: u128) -> Bank {
        let mut bank = Bank::at_rate(rate);
        bank.call("deposit", json!([bank.silver, 10_000]), "alice").unwrap();
        bank.call("deposit", json!([bank.gold, 1_000]), "bob").unwrap();
        bank
    }

    /// Bob has borrowed 1,200 silver against 1,000 gold, which is 1,500 at most.
    pub fn lent(rate: u128) -> Bank {
        let mut bank = Bank::funded(rate);
        bank.borrow(1_200, 1_000).unwrap();
        bank
    }

    pub fn call(&mut self, method: &str, arguments: Json, user: &str) -> Receipt {
        self.runner.execute(self.lending, method, arguments, user, 0)
    }

    pub fn borrow(&mut self, amount: u128, collateral: u128) -> Receipt {
        let given = json!({"asset_id": self.silver, "amount": amount,
                           "collateral_asset": self.gold, "collateral_amount": collateral});
        self.call("borrow", given, "bob")
    }

    pub fn price(&mut self, asset: Address, value: u128) {
        self.call("set_price", json!([asset, value]), "oracle").unwrap();
    }

    pub fn ask(&mut self, method: &str, arguments: Json) -> Json {
        self.runner.query(self.lending, method, arguments)
    }

    pub fn tokens(&mut self, asset: Address, owner: impl Into<Address>) -> u128 {
        self.runner.query(asset, "balance_of", json!([owner.into()])).as_u128().unwrap()
    }

    pub fn market(&mut self, asset: Address) -> Json {
        self.ask("market", json!([asset]))
    }

    pub fn loan(&mut self) -> Json {
        let silver = self.silver;
        self.ask("loan", json!(["bob", silver]))
    }
}

pub fn number(json: &Json, name: &str) -> u128 {
    json[name].as_u128().unwrap_or_else(|| panic!("{} of {} is no number", name, json))
}

fn token_of(runner: &mut TestRunner, name: &str) -> Address {
    let given = json!({"name": name, "symbol": name, "decimals": 0, "supply": 1_000_000_000u64,
                       "owner": "owner"});
    runner.deploy(Token::new(), given)
}
