use nft_market::NFTMarketplace as First;
use nft_market_2::NFTMarketplace as Second;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{account, Receipt, TestRunner};

const HOUR: u64 = 3_600_000;

struct Market {
    runner: TestRunner,
    address: Address,
}

impl Market {
    /// Version 1 with NFTs 1 to 3 of alice: the first sold, so that there are fees, the second for
    /// sale, and an offer for the third.
    fn in_use() -> Market {
        let mut runner = TestRunner::new();
        for name in ["alice", "bob", "carol"] {
            runner.create_user(name, 10_000);
        }
        let set_up = json!({"owner": "owner", "fee_percentage": 250, "fee_recipient": "fees"});
        let address = runner.deploy(First::new(), set_up);
        let mut market = Market { runner, address };
        for uri in ["a", "b", "c"] {
            let royalty = json!({"recipient": "alice", "percentage": 500});
            market.call("alice", "mint", json!({"uri": uri, "royalty": royalty}), 0).unwrap();
        }
        market.call("alice", "list_nft", json!([1, 1000, null, HOUR]), 0).unwrap();
        market.call("bob", "buy_nft", json!([1]), 1_000).unwrap();
        market.call("alice", "list_nft", json!([2, 400, null, HOUR]), 0).unwrap();
        let expiration = market.runner.time() + HOUR;
        let offer = json!([3, 300, null, expiration]);
        market.call("carol", "make_offer", offer, 300).unwrap();
        market
    }

    fn call(&mut self, user: &str, method: &str, arguments: Json, value: u128) -> Receipt {
        self.runner.execute(self.address, method, arguments, user, value)
    }

    fn query(&mut self, method: &str, arguments: Json) -> Json {
        self.runner.query(self.address, method, arguments)
    }

    fn upgrade(&mut self) {
        self.runner.migrate(self.address, Second::new(), json!({})).unwrap();
    }

    fn roll_back(&mut self) {
        self.runner.migrate_back(self.address, First::new()).unwrap();
    }

    fn fees(&mut self) -> Json {
        self.query("holdings", json!([null]))["uncollected_fees"].clone()
    }
}

#[test]
fn there_and_back_is_the_same_state() {
    let mut market = Market::in_use();
    let before = market.runner.storage(market.address);

    market.upgrade();
    assert_ne!(market.runner.storage(market.address), before);
    market.roll_back();

    assert_eq!(market.runner.storage(market.address), before);
}

#[test]
fn what_was_begun_before_the_upgrade_is_finished_after_it() {
    let mut market = Market::in_use();
    market.upgrade();
    assert_eq!(market.fees(), 25);

    market.call("carol", "buy_nft", json!([2]), 400).unwrap();
    market.call("alice", "accept_offer", json!([1]), 0).unwrap();

    assert_eq!(market.fees(), 25 + 10 + 8);
    let takings = market.query("takings", json!([null]));
    assert_eq!(takings["sales"], 2);
    assert_eq!(takings["volume"], 700);
    assert_eq!(*market.call("fees", "collect_fees", json!([null]), 0).unwrap(), 43);
    assert_eq!(market.query("takings", json!([null]))["collected"], 43);
}

#[test]
fn calls_in_between_survive_the_way_back() {
    let mut market = Market::in_use();
    market.upgrade();
    market.call("carol", "buy_nft", json!([2]), 400).unwrap();
    market.call("carol", "list_falling", json!([2, 600, 100, null, HOUR]), 0).unwrap();
    market.roll_back();

    assert_eq!(market.fees(), 35);
    assert_eq!(market.query("nft", json!([2]))["listing"], 3);
    market.runner.advance_time(HOUR / 2);
    let low = market.call("bob", "buy_nft", json!([3]), 599);
    assert_eq!(low.unwrap_err(), "RESOURCES: the payment is below the price");
    market.call("bob", "buy_nft", json!([3]), 600).unwrap();
    market.call("alice", "accept_offer", json!([1]), 0).unwrap();
    assert_eq!(market.fees(), 35 + 15 + 8);

    market.upgrade();
    assert_eq!(market.fees(), 58);
    assert_eq!(market.query("nft", json!([2]))["owner"], account("bob"));
}

#[test]
fn a_price_falls_evenly_and_never_below_the_lowest() {
    let mut market = Market::in_use();
    market.upgrade();
    market.call("bob", "list_falling", json!([1, 1000, 100, null, HOUR]), 0).unwrap();
    let listed = market.runner.time() - 1_000;

    market.runner.set_time(listed + HOUR / 3);
    assert_eq!(market.query("price", json!([3])), 700);
    market.runner.set_time(listed + HOUR / 3 + 1);
    assert_eq!(market.query("price", json!([3])), 700, "rounded up");
    market.runner.set_time(listed + HOUR - 1);
    assert_eq!(market.query("price", json!([3])), 101);
    let bought = market.call("carol", "buy_nft", json!([3]), 150);
    assert_eq!(bought.unwrap()["price"], 101);
    assert_eq!(market.runner.balance("carol"), 10_000 - 300 - 101);
}

#[test]
fn a_lowest_price_that_makes_no_sense_is_refused() {
    let mut market = Market::in_use();
    market.upgrade();
    for lowest in [0, 1_001] {
        let refused =
            market.call("bob", "list_falling", json!([1, 1000, lowest, null, HOUR]), 0);
        let why = "VALIDATION: the lowest price is between 1 and the first price";
        assert_eq!(refused.unwrap_err(), why);
    }
}

#[test]
fn a_market_that_begins_with_version_2_counts_from_the_first_sale() {
    let mut runner = TestRunner::new();
    let set_up = json!({"owner": "owner", "fee_percentage": 250, "fee_recipient": "fees"});
    let market = runner.deploy(Second::new(), set_up);

    assert_eq!(runner.query(market, "takings", json!([null]))["sales"], 0);
}
