use nft_market::NFTMarketplace;
use token::Token;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{account, Receipt, TestRunner};

const HOUR: u64 = 3_600_000;

/// A market with a fee of 2.5 % and NFT 1, which alice made, with a royalty of 5 % for her, and sold
/// to nobody yet; and users with 10,000 each.
struct Market {
    runner: TestRunner,
    address: Address,
}

impl Market {
    fn open() -> Market {
        let mut runner = TestRunner::new();
        for name in ["alice", "bob", "carol", "dave"] {
            runner.create_user(name, 10_000);
        }
        let set_up = json!({"owner": "owner", "fee_percentage": 250, "fee_recipient": "fees"});
        let address = runner.deploy(NFTMarketplace::new(), set_up);
        let mut market = Market { runner, address };
        let royalty = json!({"recipient": "alice", "percentage": 500});
        let minted =
            market.call("alice", "mint", json!({"uri": "ipfs://one", "royalty": royalty}));
        assert_eq!(*minted.unwrap(), 1);
        market
    }

    fn call(&mut self, user: &str, method: &str, arguments: Json) -> Receipt {
        self.pay(user, method, arguments, 0)
    }

    fn pay(&mut self, user: &str, method: &str, arguments: Json, value: u128) -> Receipt {
        self.runner.execute(self.address, method, arguments, user, value)
    }

    fn list(&mut self, user: &str, price: u128) -> Receipt {
        self.call(
            user,
            "list_nft",
            json!({"nft_id": 1, "price": price, "currency": null, "duration": HOUR}),
        )
    }

    fn offer(&mut self, user: &str, price: u128) -> Receipt {
        let expiration = self.runner.time() + HOUR;
        self.pay(user, "make_offer", json!([1, price, null, expiration]), price)
    }

    fn owner(&mut self) -> Json {
        self.runner.query(self.address, "nft", json!([1]))["owner"].clone()
    }

    fn balance(&self, user: &str) -> u128 {
        self.runner.balance(user)
    }

    /// The contract's balance is what it owes, to the last unit.
    fn holds(&mut self, locked: u128, fees: u128, royalties: u128) {
        let held = self.runner.query(self.address, "holdings", json!([null]));
        assert_eq!(held["locked_offers"], locked);
        assert_eq!(held["uncollected_fees"], fees);
        assert_eq!(held["unclaimed_royalties"], royalties);
        assert_eq!(self.runner.balance(self.address), locked + fees + royalties);
    }
}

/// `$call` by `$user` is refused with this sentence and changes nothing.
macro_rules! refused {
    ($market:expr, $call:expr, $why:expr) => {{
        let before = $market.runner.storage($market.address);
        assert_eq!($call.unwrap_err(), $why);
        assert_eq!($market.runner.storage($market.address), before);
    }};
}

#[test]
fn a_sale_divides_the_price_between_seller_maker_and_market() {
    let mut market = Market::open();
    market.call("alice", "transfer_nft", json!([1, "bob"])).unwrap();
    let listed = market.list("bob", 1_000);
    assert_eq!(listed.unwrap()["listing_id"], 1);
    assert_eq!(market.owner(), market.address);
    assert_eq!(listed.event("Transferred")["to"], market.address);

    let bought = market.pay("carol", "buy_nft", json!([1]), 1_100);

    let receipt = bought.unwrap();
    assert_eq!(receipt["price"], 1_000);
    assert_eq!(receipt["royalties"]["amount"], 50);
    assert_eq!(receipt["fees"]["amount"], 25);
    assert_eq!(receipt["seller_amount"], 925);
    assert_eq!(bought.event("Sold")["seller"], account("bob"));
    assert_eq!(market.owner(), account("carol"));
    assert_eq!(market.balance("alice"), 10_050);
    assert_eq!(market.balance("bob"), 10_925);
    assert_eq!(market.balance("carol"), 9_000);
    market.holds(0, 25, 0);
    let listing = market.runner.query(market.address, "listing", json!([1]));
    assert_eq!(listing["status"], "Sold");
    assert!(market.runner.query(market.address, "active_listings", json!([0, 10]))[0].is_null());

    let again = market.pay("dave", "buy_nft", json!([1]), 1_000);
    refused!(market, again, "STATE: the listing is closed");
}

#[test]
fn the_fee_is_rounded_up_and_the_royalty_down() {
    let mut market = Market::open();
    market.call("alice", "transfer_nft", json!([1, "bob"])).unwrap();
    market.list("bob", 39).unwrap();

    let receipt = market.pay("carol", "buy_nft", json!([1]), 39);

    assert_eq!(receipt.unwrap()["royalties"]["amount"], 1);
    assert_eq!(receipt.unwrap()["fees"]["amount"], 1);
    assert_eq!(receipt.unwrap()["seller_amount"], 37);
}

#[test]
fn who_may_list_what_and_how() {
    let mut market = Market::open();
    let mut list = |user: &str, nft: u64, price: u128, currency: Json, duration: u64| {
        let arguments =
            json!({"nft_id": nft, "price": price, "currency": currency, "duration": duration});
        market.call(user, "list_nft", arguments).unwrap_err()
    };
    assert_eq!(list("bob", 1, 5, json!(null), HOUR), "PERMISSION: only the NFT's owner");
    assert_eq!(list("alice", 2, 5, json!(null), HOUR), "STATE: no such NFT");
    assert_eq!(list("alice", 1, 0, json!(null), HOUR), "VALIDATION: the price is zero");
    let standing = "VALIDATION: a listing stands for 1 millisecond to 365 days";
    assert_eq!(list("alice", 1, 5, json!(null), 0), standing);
    assert_eq!(list("alice", 1, 5, json!(null), 366 * 24 * HOUR), standing);
    let foreign = "VALIDATION: this currency is not accepted";
    assert_eq!(list("alice", 1, 5, json!("somebody"), HOUR), foreign);

    market.list("alice", 5).unwrap();
    let twice = market.list("alice", 5);
    refused!(market, twice, "STATE: the NFT is for sale: cancel its listing first");
    let moved = market.call("alice", "transfer_nft", json!([1, "bob"]));
    refused!(market, moved, "STATE: the NFT is for sale: cancel its listing first");
}

#[test]
fn who_may_buy() {
    let mut market = Market::open();
    market.list("alice", 1_000).unwrap();

    let poor = market.pay("bob", "buy_nft", json!([1]), 999);
    refused!(market, poor, "RESOURCES: the payment is below the price");
    let own = market.pay("alice", "buy_nft", json!([1]), 1_000);
    refused!(market, own, "VALIDATION: the seller cannot buy it");
    let none = market.pay("bob", "buy_nft", json!([2]), 1_000);
    refused!(market, none, "STATE: no such listing");
    market.runner.advance_time(HOUR);
    let late = market.pay("bob", "buy_nft", json!([1]), 1_000);
    refused!(market, late, "TIMEOUT: the listing is over");
    assert_eq!(market.balance("bob"), 10_000);
}

#[test]
fn a_listing_is_cancelled_by_its_seller_and_expired_by_anybody() {
    let mut market = Market::open();
    market.list("alice", 1_000).unwrap();
    let stranger = market.call("bob", "cancel_listing", json!([1]));
    refused!(market, stranger, "PERMISSION: only the listing's seller");
    let early = market.call("bob", "expire_listing", json!([1]));
    refused!(market, early, "TIMEOUT: the listing is not over yet");

    let cancelled = market.call("alice", "cancel_listing", json!([1]));
    assert_eq!(cancelled.unwrap()["nft_id"], 1);
    assert_eq!(market.owner(), account("alice"));
    let again = market.call("alice", "cancel_listing", json!([1]));
    refused!(market, again, "STATE: the listing is closed");

    market.list("alice", 1_000).unwrap();
    market.runner.advance_time(HOUR);
    let expired = market.call("bob", "expire_listing", json!([2]));
    assert_eq!(expired.event("ListingExpired")["listing_id"], 2);
    assert_eq!(market.owner(), account("alice"));
}

#[test]
fn an_offer_locks_its_money_until_it_is_accepted() {
    let mut market = Market::open();
    let offered = market.offer("bob", 2_000);
    assert_eq!(offered.unwrap()["offer_id"], 1);
    assert_eq!(market.balance("bob"), 8_000);
    market.holds(2_000, 0, 0);

    let stranger = market.call("carol", "accept_offer", json!([1]));
    refused!(market, stranger, "PERMISSION: only the NFT's owner");
    let accepted = market.call("alice", "accept_offer", json!([1]));

    assert_eq!(accepted.unwrap()["fees"]["amount"], 50);
    assert_eq!(accepted.unwrap()["royalties"]["amount"], 100);
    assert_eq!(market.owner(), account("bob"));
    assert_eq!(market.balance("alice"), 11_950);
    market.holds(0, 50, 0);
    let offers = market.runner.query(market.address, "offers_for", json!([1, 0, 10]));
    assert_eq!(offers[0]["status"], "Accepted");
    let again = market.call("bob", "accept_offer", json!([1]));
    refused!(market, again, "STATE: the offer is closed");
}

#[test]
fn an_offer_can_be_cancelled_and_expires() {
    let mut market = Market::open();
    market.offer("bob", 2_000).unwrap();
    market.offer("carol", 300).unwrap();
    market.holds(2_300, 0, 0);
    let stranger = market.call("carol", "cancel_offer", json!([1]));
    refused!(market, stranger, "PERMISSION: only the offer's buyer");
    let early = market.call("dave", "expire_offer", json!([2]));
    refused!(market, early, "TIMEOUT: the offer is not over yet");

    assert_eq!(market.call("bob", "cancel_offer", json!([1])).unwrap()["returned"], 2_000);
    market.holds(300, 0, 0);
    market.runner.advance_time(HOUR);
    let late = market.call("alice", "accept_offer", json!([2]));
    refused!(market, late, "TIMEOUT: the offer is over");
    market.call("dave", "expire_offer", json!([2])).unwrap();

    market.holds(0, 0, 0);
    assert_eq!(market.balance("bob"), 10_000);
    assert_eq!(market.balance("carol"), 10_000);
    let again = market.call("carol", "cancel_offer", json!([2]));
    refused!(market, again, "STATE: the offer is closed");
}

#[test]
fn who_may_offer_what() {
    let mut market = Market::open();
    let now = market.runner.time();
    let mut offer = |user: &str, nft: u64, price: u128, expiration: u64, value: u128| {
        market.pay(user, "make_offer", json!([nft, price, null, expiration]), value).unwrap_err()
    };
    let soon = now + HOUR;
    assert_eq!(offer("alice", 1, 5, soon, 5), "VALIDATION: the owner cannot offer for it");
    assert_eq!(offer("bob", 2, 5, soon, 5), "STATE: no such NFT");
    assert_eq!(offer("bob", 1, 0, soon, 0), "VALIDATION: the price is zero");
    assert_eq!(offer("bob", 1, 5, now, 5), "VALIDATION: the offer would be over already");
    let long = now + 366 * 24 * HOUR;
    assert_eq!(offer("bob", 1, 5, long, 5), "VALIDATION: an offer stands for at most 365 days");
    assert_eq!(offer("bob", 1, 5, soon, 4), "RESOURCES: the payment is below the price");

    market.offer("bob", 5).unwrap();
    market.list("alice", 9).unwrap();
    let for_sale = market.call("alice", "accept_offer", json!([1]));
    refused!(market, for_sale, "STATE: the NFT is for sale: cancel its listing first");
    market.pay("bob", "buy_nft", json!([1]), 9).unwrap();
    let own = market.call("bob", "accept_offer", json!([1]));
    refused!(market, own, "VALIDATION: the buyer cannot accept the offer");
}

#[test]
fn prices_in_tokens() {
    let mut market = Market::open();
    let set_up =
        json!({"name": "Gold", "symbol": "GLD", "decimals": 0, "supply": 5000, "owner": "bob"});
    let gold = market.runner.deploy(Token::new(), set_up);
    let address = market.address;
    market.runner.execute(gold, "approve", json!([address, 3_000]), "bob", 0).unwrap();
    market.call("owner", "set_currency", json!([gold, true])).unwrap();
    let price = json!({"nft_id": 1, "price": 1000, "currency": gold, "duration": HOUR});
    market.call("alice", "list_nft", price.clone()).unwrap();
    let native = market.pay("bob", "buy_nft", json!([1]), 1_000);
    refused!(market, native, "VALIDATION: the price is not in native value");
    let without = market.call("carol", "buy_nft", json!([1]));
    refused!(market, without, "PERMISSION: allowance too low");

    market.call("bob", "buy_nft", json!([1])).unwrap();

    assert_eq!(market.runner.query(gold, "balance_of", json!(["alice"])), 975);
    assert_eq!(market.runner.query(gold, "balance_of", json!([address])), 25);
    market.holds(0, 0, 0);
    let held = market.runner.query(address, "holdings", json!([gold]));
    assert_eq!(held["uncollected_fees"], 25);
    assert_eq!(*market.call("fees", "collect_fees", json!([gold])).unwrap(), 25);
    assert_eq!(market.runner.query(gold, "balance_of", json!(["fees"])), 25);

    market.call("owner", "set_currency", json!([gold, false])).unwrap();
    let refused = market.call("bob", "list_nft", price);
    refused!(market, refused, "VALIDATION: this currency is not accepted");
}

#[test]
fn fees_are_the_recipient_s_and_the_owner_s_to_set() {
    let mut market = Market::open();
    let stranger = market.call("bob", "set_fee_config", json!([0, "bob"]));
    refused!(market, stranger, "PERMISSION: only the owner");
    let high = market.call("owner", "set_fee_config", json!([1001, "fees"]));
    refused!(market, high, "VALIDATION: a fee is at most 1000 basis points");
    let nobody = market.call("owner", "set_fee_config", json!([100, Address::ZERO]));
    refused!(market, nobody, "VALIDATION: this party cannot receive fees");
    let no_contract = market.call("owner", "set_currency", json!(["bob", true]));
    refused!(market, no_contract, "VALIDATION: a currency is the address of a contract");

    market.list("alice", 1_000).unwrap();
    market.call("owner", "set_fee_config", json!([1000, "fees"])).unwrap();
    let bought = market.pay("bob", "buy_nft", json!([1]), 1_000);
    assert_eq!(bought.unwrap()["fees"]["amount"], 25, "the fee of when it was listed");

    let stranger = market.call("owner", "collect_fees", json!([null]));
    refused!(market, stranger, "PERMISSION: only the fee's recipient");
    assert_eq!(*market.call("fees", "collect_fees", json!([null])).unwrap(), 25);
    assert_eq!(market.balance("fees"), 25);
    market.holds(0, 0, 0);
    let empty = market.call("fees", "collect_fees", json!([null]));
    refused!(market, empty, "RESOURCES: there are no fees in this currency");
}

#[test]
fn what_cannot_be_minted() {
    let mut market = Market::open();
    let mut mint = |uri: &str, recipient: Address, percentage: u64| {
        let royalty = json!({"recipient": recipient, "percentage": percentage});
        market.call("bob", "mint", json!({"uri": uri, "royalty": royalty})).unwrap_err()
    };
    let bob = account("bob");
    assert_eq!(mint("", bob, 0), "VALIDATION: the uri is empty");
    assert_eq!(mint(&"x".repeat(513), bob, 0), "VALIDATION: the uri is longer than 512 bytes");
    let high = "VALIDATION: a royalty is at most 5000 basis points";
    assert_eq!(mint("x", bob, 5_001), high);
    let nobody = "VALIDATION: this party cannot receive royalties";
    assert_eq!(mint("x", Address::ZERO, 5), nobody);
    let nowhere = market.call("alice", "transfer_nft", json!([1, Address::ZERO]));
    refused!(market, nowhere, "VALIDATION: this party cannot receive an NFT");
    let stranger = market.call("bob", "set_royalty_recipient", json!([1, "bob"]));
    refused!(market, stranger, "PERMISSION: only the royalty's recipient");
    market.call("alice", "set_royalty_recipient", json!([1, "carol"])).unwrap();
    let info = market.runner.query(market.address, "royalty_info", json!([1]));
    assert_eq!(info["recipient"], account("carol"));
}

/// Takes no money.
#[xwasm::contract(name = "miser")]
struct Miser {}

#[xwasm::interface]
impl Miser {
    pub fn ping(&self) -> bool {
        true
    }
}

#[test]
fn a_contract_that_takes_no_money_cannot_stop_a_sale_by_its_royalty() {
    let mut market = Market::open();
    let miser = market.runner.deploy_contract(Miser::new());
    market.call("alice", "set_royalty_recipient", json!([1, miser])).unwrap();
    market.list("alice", 1_000).unwrap();

    market.pay("bob", "buy_nft", json!([1]), 1_000).unwrap();

    assert_eq!(market.balance("alice"), 10_925);
    market.holds(0, 25, 50);
    assert!(!market.call("bob", "pay_out_royalties", json!([miser])).success);
    let none = market.call("bob", "pay_out_royalties", json!(["alice"]));
    refused!(market, none, "RESOURCES: no royalties wait for this party");
}
