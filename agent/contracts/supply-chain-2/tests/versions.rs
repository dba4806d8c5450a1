use supply_chain::SupplyChain as First;
use supply_chain_2::SupplyChain as Second;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{Receipt, TestRunner};

const DAY: u64 = 24 * 3_600_000;

struct Chain {
    runner: TestRunner,
    address: Address,
}

impl Chain {
    /// Version 1 with a farm and a shop, 100 units of the farm's wheat, and 60 of them on their way.
    fn in_use() -> Chain {
        let mut runner = TestRunner::new();
        let address = runner.deploy(First::new(), json!({"owner": "owner"}));
        let mut chain = Chain { runner, address };
        for (name, role) in [("farm", "Manufacturer"), ("shop", "Retailer")] {
            let participant = json!([name, name, "Ulm", "a plough", [role]]);
            chain.call("owner", "register_participant", participant).unwrap();
        }
        let specifications = json!({"unit": "kg", "storage": "dry",
                                    "quality_standard": "ISO 22000", "defect_tolerance": 200});
        chain.call("farm", "register_product", json!(["wheat", "", specifications])).unwrap();
        let now = chain.runner.time();
        chain.call("farm", "create_batch", json!([1, 100, now, now + 60 * DAY, []])).unwrap();
        chain.ship(60).unwrap();
        chain
    }

    fn call(&mut self, user: &str, method: &str, arguments: Json) -> Receipt {
        self.runner.execute(self.address, method, arguments, user, 0)
    }

    fn query(&mut self, method: &str, arguments: Json) -> Json {
        self.runner.query(self.address, method, arguments)
    }

    fn ship(&mut self, quantity: u32) -> Receipt {
        self.call("farm", "ship_quantity", json!([1, quantity, "shop", "Road", DAY]))
    }

    fn upgrade(&mut self) {
        self.runner.migrate(self.address, Second::new(), json!({})).unwrap();
    }

    fn roll_back(&mut self) {
        self.runner.migrate_back(self.address, First::new()).unwrap();
    }
}

#[test]
fn there_and_back_is_the_same_state() {
    let mut chain = Chain::in_use();
    let before = chain.runner.storage(chain.address);

    chain.upgrade();
    assert_ne!(chain.runner.storage(chain.address), before);
    chain.roll_back();

    assert_eq!(chain.runner.storage(chain.address), before);
}

#[test]
fn what_was_on_its_way_arrives_and_counts() {
    let mut chain = Chain::in_use();
    chain.upgrade();
    chain.call("shop", "confirm_receipt", json!([1, 50, "Good"])).unwrap();
    assert_eq!(chain.query("participant", json!(["farm"]))["deliveries"], 0);

    chain.runner.advance_time(2 * DAY);
    chain.call("shop", "confirm_receipt", json!([1, 10, "Damaged"])).unwrap();

    let farm = chain.query("participant", json!(["farm"]));
    assert_eq!(farm["deliveries"], 1);
    assert_eq!(farm["late_deliveries"], 1);
    assert_eq!(chain.query("holding", json!(["shop", 1])), 50);
}

#[test]
fn nothing_is_sent_where_the_certificate_has_run_out() {
    let mut chain = Chain::in_use();
    chain.upgrade();
    let until = chain.runner.time() + DAY;
    let stranger = chain.call("farm", "certify", json!(["shop", until]));
    assert_eq!(stranger.unwrap_err(), "PERMISSION: only the owner");
    let nobody = chain.call("owner", "certify", json!(["nobody", until]));
    assert_eq!(nobody.unwrap_err(), "STATE: no such participant");
    chain.call("owner", "certify", json!(["shop", until])).unwrap();
    chain.ship(10).unwrap();

    chain.runner.set_time(until);
    let late = chain.ship(10);
    assert_eq!(late.unwrap_err(), "TIMEOUT: the destination's certificate has run out");
    chain.call("owner", "certify", json!(["shop", null])).unwrap();
    chain.ship(10).unwrap();
}

#[test]
fn calls_in_between_survive_the_way_back() {
    let mut chain = Chain::in_use();
    chain.upgrade();
    chain.call("shop", "confirm_receipt", json!([1, 60, "Good"])).unwrap();
    chain.call("owner", "set_participant_active", json!(["shop", false])).unwrap();
    let participant = json!(["mill", "mill", "Ulm", "", ["Manufacturer"]]);
    chain.call("owner", "register_participant", participant).unwrap();
    chain.roll_back();

    assert_eq!(chain.query("holding", json!(["shop", 1])), 60);
    assert_eq!(chain.query("participant", json!(["shop"]))["active"], false);
    assert_eq!(chain.query("participants", json!([2, 10]))[0]["name"], "mill");
    assert_eq!(chain.query("trace_length", json!([1])), 3);
    chain.call("owner", "set_participant_active", json!(["shop", true])).unwrap();
    chain.ship(10).unwrap();

    chain.upgrade();
    assert_eq!(chain.query("participant", json!(["mill"]))["deliveries"], 0);
    chain.call("shop", "return_shipment", json!([2])).unwrap();
    assert_eq!(chain.query("holding", json!(["farm", 1])), 40);
}
