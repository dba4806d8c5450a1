use supply_chain::SupplyChain;
use xwasm::json;
use xwasm::json::Json;
use xwasm::prelude::*;
use xwasm::testing::{account, Receipt, TestRunner};

const DAY: u64 = 24 * 3_600_000;

/// A farm and a mill, which make things, a shop, and somebody who takes no part. Product 1 is the
/// farm's wheat, batch 1 are 100 units of it.
struct Chain {
    runner: TestRunner,
    address: Address,
}

impl Chain {
    fn begun() -> Chain {
        let mut runner = TestRunner::new();
        let address = runner.deploy(SupplyChain::new(), json!({"owner": "owner"}));
        let mut chain = Chain { runner, address };
        for (name, role) in
            [("farm", "Manufacturer"), ("mill", "Manufacturer"), ("shop", "Retailer")]
        {
            chain.call("owner", "register_participant", participant(name, json!([role]))).unwrap();
        }
        let registered = chain.call("farm", "register_product", product("wheat"));
        assert_eq!(registered.unwrap()["product_id"], 1);
        chain.make("farm", 1, 100, json!([])).unwrap();
        chain
    }

    fn call(&mut self, user: &str, method: &str, arguments: Json) -> Receipt {
        self.runner.execute(self.address, method, arguments, user, 0)
    }

    fn query(&mut self, method: &str, arguments: Json) -> Json {
        self.runner.query(self.address, method, arguments)
    }

    fn make(&mut self, user: &str, product: u64, quantity: u32, ingredients: Json) -> Receipt {
        let now = self.runner.time();
        let arguments = json!([product, quantity, now, now + 60 * DAY, ingredients]);
        self.call(user, "create_batch", arguments)
    }

    fn ship(&mut self, user: &str, quantity: u32, to: &str) -> Receipt {
        self.call(user, "ship_quantity", json!([1, quantity, to, "Road", DAY]))
    }

    fn confirm(&mut self, user: &str, quantity: u32, condition: &str) -> Receipt {
        self.call(user, "confirm_receipt", json!([1, quantity, condition]))
    }

    fn holding(&mut self, user: &str) -> Json {
        self.query("holding", json!([user, 1]))
    }

    /// Where the units of batch 1 are: in stock, on their way, damaged, missing, consumed.
    fn where_they_are(&mut self) -> [Json; 5] {
        let batch = self.query("batch", json!([1]));
        ["in_stock", "in_transit", "damaged", "missing", "consumed"].map(|k| batch[k].clone())
    }

    fn kinds(&mut self) -> String {
        let history = self.query("trace", json!([1, 0, 100]));
        let length = self.query("trace_length", json!([1]));
        (0..100)
            .take_while(|i| length != *i)
            .map(|i| history[i as usize]["kind"].to_string().replace('"', "") + " ")
            .collect()
    }
}

fn participant(name: &str, roles: Json) -> Json {
    json!({"participant": name, "name": name, "location": "Ulm", "equipment": "a plough",
           "roles": roles})
}

fn product(name: &str) -> Json {
    let specifications = json!({"unit": "kg", "storage": "dry", "quality_standard": "ISO 22000",
                                "defect_tolerance": 200});
    json!({"name": name, "description": "", "specifications": specifications})
}

macro_rules! refused {
    ($chain:expr, $call:expr, $why:expr) => {{
        let before = $chain.runner.storage($chain.address);
        assert_eq!($call.unwrap_err(), $why);
        assert_eq!($chain.runner.storage($chain.address), before);
    }};
}

#[test]
fn what_is_received_is_the_receivers() {
    let mut chain = Chain::begun();

    let shipped = chain.call("farm", "ship_batch", json!([1, "shop", "Rail", DAY]));
    assert_eq!(shipped.unwrap()["quantity"], 100);
    assert_eq!(shipped.event("BatchShipped")["destination"], account("shop"));
    assert_eq!(chain.where_they_are(), [0, 100, 0, 0, 0].map(|n| json!(n)));
    let confirmed = chain.confirm("shop", 100, "Good");

    assert_eq!(confirmed.unwrap()["outstanding"], 0);
    assert_eq!(chain.holding("shop"), 100);
    assert_eq!(chain.holding("farm"), 0);
    assert_eq!(chain.query("stock", json!(["shop", 1]))["available"], 100);
    assert_eq!(chain.query("shipment", json!([1]))["status"], "Completed");
    assert_eq!(chain.kinds(), "Produced Shipped Received ");
    let again = chain.confirm("shop", 1, "Good");
    refused!(chain, again, "STATE: nothing of the shipment is on its way");
}

#[test]
fn a_receipt_in_parts_with_damage_and_loss() {
    let mut chain = Chain::begun();
    chain.ship("farm", 80, "shop").unwrap();

    assert_eq!(chain.confirm("shop", 50, "Good").unwrap()["outstanding"], 30);
    assert_eq!(chain.query("shipment", json!([1]))["status"], "PartlyReceived");
    chain.confirm("shop", 12, "Damaged").unwrap();
    chain.confirm("shop", 8, "Missing").unwrap();
    assert_eq!(chain.where_they_are(), [70, 10, 12, 8, 0].map(|n| json!(n)));
    let more = chain.confirm("shop", 11, "Good");
    refused!(chain, more, "VALIDATION: more than is on its way");
    let returned = chain.call("shop", "return_shipment", json!([1]));

    assert_eq!(returned.unwrap()["returned"], 10);
    assert_eq!(chain.holding("farm"), 30);
    assert_eq!(chain.holding("shop"), 50);
    assert_eq!(chain.query("stock", json!(["shop", 1]))["damaged"], 12);
    assert_eq!(chain.where_they_are(), [80, 0, 12, 8, 0].map(|n| json!(n)));
    assert_eq!(chain.kinds(), "Produced Shipped Received Damaged Missing Returned ");
}

#[test]
fn the_receiver_alone_confirms() {
    let mut chain = Chain::begun();
    chain.ship("farm", 80, "shop").unwrap();

    for other in ["farm", "mill", "owner"] {
        let refused = chain.confirm(other, 80, "Good");
        refused!(chain, refused, "PERMISSION: only the shipment's receiver");
        let refused = chain.call(other, "return_shipment", json!([1]));
        refused!(chain, refused, "PERMISSION: only the shipment's receiver");
    }
    let nothing = chain.confirm("shop", 0, "Good");
    refused!(chain, nothing, "VALIDATION: the quantity is zero");
    let none = chain.call("shop", "confirm_receipt", json!([2, 1, "Good"]));
    refused!(chain, none, "STATE: no such shipment");
}

#[test]
fn a_silent_receivers_shipment_is_recalled_after_30_days() {
    let mut chain = Chain::begun();
    chain.ship("farm", 80, "shop").unwrap();
    chain.confirm("shop", 30, "Good").unwrap();
    let stranger = chain.call("shop", "recall_shipment", json!([1]));
    refused!(chain, stranger, "PERMISSION: only the shipment's shipper");
    let early = chain.call("farm", "recall_shipment", json!([1]));
    refused!(chain, early, "TIMEOUT: the shipment is not overdue by 30 days");

    chain.runner.advance_time(31 * DAY);
    assert_eq!(chain.call("farm", "recall_shipment", json!([1])).unwrap()["returned"], 50);

    assert_eq!(chain.holding("farm"), 70);
    let late = chain.confirm("shop", 50, "Good");
    refused!(chain, late, "STATE: nothing of the shipment is on its way");
}

#[test]
fn an_ingredient_comes_out_of_the_makers_stock() {
    let mut chain = Chain::begun();
    chain.ship("farm", 60, "mill").unwrap();
    chain.confirm("mill", 60, "Good").unwrap();
    chain.call("mill", "register_product", product("flour")).unwrap();
    let water = json!({"name": "water", "quantity": 5, "source": null});
    let wheat = json!({"name": "wheat", "quantity": 40, "source": 1});

    let foreign = chain.make("mill", 1, 30, json!([wheat.clone()]));
    refused!(chain, foreign, "PERMISSION: only the product's manufacturer");
    let made = chain.make("mill", 2, 30, json!([water, wheat]));

    assert_eq!(made.unwrap()["batch_id"], 2);
    assert_eq!(made.event("UnitsConsumed")["used_for"], 2);
    assert_eq!(chain.holding("mill"), 20);
    assert_eq!(chain.where_they_are(), [60, 0, 0, 0, 40].map(|n| json!(n)));
    assert_eq!(chain.query("trace", json!([1, 3, 10]))[0]["used_for"], 2);
    assert_eq!(chain.query("batch", json!([2]))["ingredients"][1]["source"], 1);
    let too_much = json!({"name": "wheat", "quantity": 21, "source": 1});
    let refused = chain.make("mill", 2, 30, json!([too_much]));
    refused!(chain, refused, "RESOURCES: the sender has less of this batch");
}

#[test]
fn the_history_tells_where_and_how_and_is_chained() {
    let mut chain = Chain::begun();
    chain.ship("farm", 60, "mill").unwrap();
    chain.call("farm", "consume", json!([1, 10])).unwrap();
    chain.call("farm", "write_off", json!([1, 5])).unwrap();

    let history = chain.query("trace", json!([1, 0, 100]));
    assert_eq!(history[0]["previous"], Hash::ZERO);
    for place in 0..3 {
        assert_eq!(history[place]["id"], (place + 1) as u64);
        assert_ne!(history[place + 1]["previous"], Hash::ZERO);
        assert_ne!(history[place + 1]["previous"], history[place]["previous"].clone());
    }
    let made = chain.query("production_event", json!([1]));
    assert_eq!(made["location"], "Ulm");
    assert_eq!(made["equipment"], "a plough");
    assert_eq!(made["quality_metrics"]["sample_size"], 10);
    assert_eq!(made["quality_metrics"]["tolerated_defects"], 2);
    assert_eq!(chain.query("inventory", json!(["farm", 0, 10]))[0]["quantity"], 25);
    assert_eq!(chain.query("stock", json!(["farm", 1]))["damaged"], 5);
    assert_eq!(chain.query("trace", json!([1, 1, 1]))[0]["kind"], "Shipped");
}

#[test]
fn who_may_take_part() {
    let mut chain = Chain::begun();
    let mut register = |user: &str, arguments: Json| {
        chain.call(user, "register_participant", arguments).unwrap_err()
    };
    let shop = json!(["Retailer"]);
    assert_eq!(register("farm", participant("x", shop.clone())), "PERMISSION: only the owner");
    let twice = "STATE: the participant is registered already";
    assert_eq!(register("owner", participant("farm", shop.clone())), twice);
    let no_role = "VALIDATION: a participant has at least one role";
    assert_eq!(register("owner", participant("x", json!([]))), no_role);
    let double = json!(["Retailer", "Retailer"]);
    let given_twice = "VALIDATION: a role is given twice";
    assert_eq!(register("owner", participant("x", double)), given_twice);
    let nobody = json!({"participant": Address::ZERO, "name": "x", "location": "y",
                        "equipment": "", "roles": shop.clone()});
    assert_eq!(register("owner", nobody), "VALIDATION: the zero address cannot take part");
    let nowhere = json!({"participant": "x", "name": "x", "location": "", "equipment": "",
                         "roles": shop});
    let short = "VALIDATION: a name, place or unit has 1 to 128 bytes";
    assert_eq!(register("owner", nowhere), short);

    let stranger = chain.call("nobody", "register_product", product("x"));
    refused!(chain, stranger, "STATE: no such participant");
    let shop = chain.call("shop", "register_product", product("x"));
    refused!(chain, shop, "PERMISSION: only a manufacturer");
    chain.call("owner", "set_participant_active", json!(["mill", false])).unwrap();
    let inactive = chain.call("mill", "register_product", product("x"));
    refused!(chain, inactive, "PERMISSION: the participant is not active");
    let sent = chain.ship("farm", 1, "mill");
    refused!(chain, sent, "PERMISSION: the participant is not active");
}

#[test]
fn what_cannot_be_made() {
    let mut chain = Chain::begun();
    let now = chain.runner.time() + 1_000;
    let mut make = |product: u64, quantity: u32, made: u64, until: u64| {
        let arguments = json!([product, quantity, made, until, []]);
        chain.call("farm", "create_batch", arguments).unwrap_err()
    };
    assert_eq!(make(2, 1, 0, now + DAY), "STATE: no such product");
    assert_eq!(make(1, 0, 0, now + DAY), "VALIDATION: the quantity is zero");
    let future = "VALIDATION: the production date is in the future";
    assert_eq!(make(1, 1, now + DAY, now + 2 * DAY), future);
    assert_eq!(make(1, 1, 0, now), "VALIDATION: the batch would be over its date already");
    let ingredient = json!({"name": "x", "quantity": 1, "source": null});
    let many = Json::from(vec![ingredient; 17]);
    let refused = chain.make("farm", 1, 1, many);
    refused!(chain, refused, "VALIDATION: a batch has at most 16 ingredients");

    chain.call("farm", "set_product_status", json!([1, "Discontinued"])).unwrap();
    let refused = chain.make("farm", 1, 1, json!([]));
    refused!(chain, refused, "STATE: the product is discontinued");
}

#[test]
fn what_cannot_be_shipped() {
    let mut chain = Chain::begun();
    let nothing = chain.ship("shop", 1, "farm");
    refused!(chain, nothing, "PERMISSION: the sender has nothing of this batch");
    let more = chain.ship("farm", 101, "shop");
    refused!(chain, more, "RESOURCES: the sender has less of this batch");
    let none = chain.ship("farm", 0, "shop");
    refused!(chain, none, "VALIDATION: the quantity is zero");
    let home = chain.ship("farm", 1, "farm");
    refused!(chain, home, "VALIDATION: a shipment goes to somebody else");
    let nowhere = chain.ship("farm", 1, "nobody");
    refused!(chain, nowhere, "STATE: no such participant");
    let slow = chain.call("farm", "ship_batch", json!([1, "shop", "Sea", 366 * DAY]));
    refused!(chain, slow, "VALIDATION: a shipment takes at most 365 days");
    chain.runner.advance_time(60 * DAY);
    let old = chain.ship("farm", 1, "shop");
    refused!(chain, old, "TIMEOUT: the batch is over its date");
    let old = chain.call("farm", "consume", json!([1, 1]));
    refused!(chain, old, "TIMEOUT: the batch is over its date");
    chain.call("farm", "write_off", json!([1, 100])).unwrap();
    assert_eq!(chain.query("batch", json!([1]))["status"], "Spent");
}
