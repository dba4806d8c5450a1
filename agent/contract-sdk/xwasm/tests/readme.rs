//! The contract that README.md builds up, piece by piece, and the tests that it shows.

mod shop {
    use xwasm::prelude::*;

    #[xwasm::record]
    #[derive(Eq)]
    pub struct ItemId(pub String);

    #[xwasm::record]
    #[derive(Copy)]
    pub enum Pricing {
        Fixed,
        Falling { per_hour: u128, lowest: u128 },
    }

    #[xwasm::record]
    pub struct Item {
        pub seller: Address,
        pub price: u128,
        pub pricing: Pricing,
        pub tags: Vec<String>,
        pub listed_at: u64,
    }

    #[xwasm::record]
    pub struct Receipt {
        pub item: ItemId,
        pub price: u128,
        pub fee: u128,
    }

    #[xwasm::event]
    pub struct Sold {
        pub item: ItemId,
        pub buyer: Address,
        pub price: u128,
    }

    #[xwasm::interface]
    pub trait Token {
        fn transfer_from(&self, from: Address, to: Address, amount: u128) -> Result<()>;
        #[query]
        fn balance_of(&self, owner: Address) -> Result<u128>;
    }

    #[xwasm::contract(
        name = "shop",
        schema = 1,
        upgradeable,
        events(Sold),
        errors("STATE: no such item", "VALIDATION: the price is not met")
    )]
    pub struct Shop {
        #[state]
        owner: Value<Address>,
        #[state]
        fee: Value<u16>,
        #[state]
        items: IndexedMap<ItemId, Item>,
        #[state]
        purchases: Map<(Address, ItemId), u32>,
        #[state]
        log: List<Receipt>,
        #[state]
        banned: Set<Address>,
    }

    #[xwasm::interface]
    impl Shop {
        pub fn init(&mut self, ctx: Context, owner: Option<Address>) -> Result<()> {
            self.owner.set(&owner.unwrap_or_else(|| ctx.origin()));
            self.fee.set(&250);
            Ok(())
        }

        #[only_owner]
        pub fn set_fee(&mut self, basis_points: u16) -> Result<()> {
            ensure_validation!(basis_points <= 10_000, "a fee of {} is too much", basis_points);
            self.fee.set(&basis_points);
            Ok(())
        }

        #[only_owner]
        pub fn ban(&mut self, party: Address) -> Result<bool> {
            Ok(self.banned.insert(&party))
        }

        pub fn list(
            &mut self,
            ctx: Context,
            id: ItemId,
            price: u128,
            pricing: Pricing,
            tags: Vec<String>,
        ) -> Result<()> {
            let seller = ctx.sender();
            ensure_permission!(!self.banned.contains(&seller), "the seller is banned");
            ensure_state!(!self.items.contains(&id), "there is such an item");
            let listed_at = ctx.block_timestamp();
            self.items.set(&id, &Item { seller, price, pricing, tags, listed_at });
            Ok(())
        }

        #[payable]
        pub fn buy(&mut self, ctx: Context, id: ItemId) -> Result<Receipt> {
            let item = self.items.require(&id, "no such item")?;
            let price = self.price_now(&ctx, &item)?;
            ensure_validation!(ctx.value() >= price, "the price is not met");
            let fee = Ray::basis_points(self.fee.get_or(0).into()).of(price)?;
            self.items.remove(&id);
            self.purchases.update(&(ctx.sender(), id.clone()), |count| *count += 1);
            let receipt = Receipt { item: id.clone(), price, fee };
            self.log.push(&receipt);
            ctx.pay(&item.seller, price.minus(fee)?)?;
            ctx.pay(&ctx.sender(), ctx.value() - price)?;
            Sold { item: id, buyer: ctx.sender(), price }.emit();
            Ok(receipt)
        }

        /// The same, paid in a token that the buyer has approved.
        pub fn buy_with_token(&mut self, ctx: Context, id: ItemId, token: Address) -> Result<()> {
            let item = self.items.require(&id, "no such item")?;
            let price = self.price_now(&ctx, &item)?;
            self.items.remove(&id);
            Token::at(token).transfer_from(ctx.sender(), item.seller, price)
        }

        pub fn item(&self, id: ItemId) -> Option<Item> {
            self.items.get(&id)
        }

        pub fn items(&self, from: u32, count: u32) -> Vec<Item> {
            self.items.page(from, count.min(100)).into_iter().map(|(_, item)| item).collect()
        }

        pub fn last_sale(&self) -> Option<Receipt> {
            self.log.last()
        }

        pub fn bought(&self, buyer: Address, id: ItemId) -> u32 {
            self.purchases.get_or_default(&(buyer, id))
        }
    }

    impl Shop {
        fn price_now(&self, ctx: &Context, item: &Item) -> Result<u128> {
            match item.pricing {
                Pricing::Fixed => Ok(item.price),
                Pricing::Falling { per_hour, lowest } => {
                    let hours = (ctx.block_timestamp() - item.listed_at) / 3_600_000;
                    let off = per_hour.times(hours.into())?;
                    Ok(item.price.saturating_sub(off).max(lowest))
                }
            }
        }
    }
}

/// The next version: prices carry a currency, so items are stored in another form.
mod shop_2 {
    use super::shop::{self, ItemId, Pricing};
    use xwasm::prelude::*;

    #[xwasm::record]
    pub struct Item {
        pub currency: String,
        pub seller: Address,
        pub price: u128,
        pub pricing: Pricing,
        pub tags: Vec<String>,
        pub listed_at: u64,
    }

    #[xwasm::contract(name = "shop", version = "2.0.0", schema = 2, upgradeable)]
    pub struct Shop {
        #[state]
        items: IndexedMap<ItemId, Item>,
    }

    #[xwasm::interface]
    impl Shop {
        #[migrate(from = 1)]
        pub fn migrate(&mut self, currency: String) -> Result<()> {
            let old = IndexedMap::<ItemId, shop::Item>::new("items");
            for (id, item) in old.iter() {
                let shop::Item { seller, price, pricing, tags, listed_at } = item;
                let currency = currency.clone();
                self.items.set(&id, &Item { currency, seller, price, pricing, tags, listed_at });
            }
            Ok(())
        }

        #[migrate_back]
        pub fn migrate_back(&mut self) -> Result<()> {
            let mut old = IndexedMap::<ItemId, shop::Item>::new("items");
            for (id, item) in self.items.iter() {
                let Item { currency: _, seller, price, pricing, tags, listed_at } = item;
                old.set(&id, &shop::Item { seller, price, pricing, tags, listed_at });
            }
            Ok(())
        }

        pub fn item(&self, id: ItemId) -> Option<Item> {
            self.items.get(&id)
        }
    }
}

mod tests {
    use super::shop::{ItemId, Pricing, Shop};
    use super::{shop, shop_2};
    use xwasm::json;
    use xwasm::mock::MockContext;
    use xwasm::prelude::*;
    use xwasm::testing::{account, TestRunner};

    fn open(runner: &mut TestRunner) -> Address {
        runner.create_user("alice", 0);
        runner.create_user("bob", 1_000);
        let shop = runner.deploy(Shop::new(), json!({"owner": "owner"}));
        let lamp = json!({
            "id": "lamp", "price": 400, "pricing": {"Falling": {"per_hour": 10, "lowest": 375}},
            "tags": ["light", "old"],
        });
        runner.execute(shop, "list", lamp, "alice", 0).unwrap();
        shop
    }

    #[test]
    fn a_sale_pays_the_seller_and_gives_the_rest_back() {
        let mut runner = TestRunner::new();
        let shop = open(&mut runner);
        runner.advance_time(2 * 3_600_000);

        let receipt = runner.execute(shop, "buy", json!(["lamp"]), "bob", 500);

        assert_eq!(receipt.unwrap()["price"], 380);
        assert_eq!(receipt.result["fee"], 9);
        assert_eq!(receipt.event("Sold")["buyer"], account("bob"));
        assert_eq!(runner.balance("alice"), 371);
        assert_eq!(runner.balance("bob"), 620);
        assert_eq!(runner.balance(shop), 9);
        assert_eq!(runner.total_balance(), 1_000);
        assert_eq!(runner.query(shop, "last_sale", json!({}))["item"], "lamp");
        assert_eq!(runner.query(shop, "bought", json!(["bob", "lamp"])), 1);
        assert!(runner.query(shop, "item", json!(["lamp"])).is_null());
    }

    #[test]
    fn a_refused_sale_moves_nothing() {
        let mut runner = TestRunner::new();
        let shop = open(&mut runner);
        let before = runner.storage(shop);

        let refused = runner.execute(shop, "buy", json!({"id": "lamp"}), "bob", 399);

        assert_eq!(refused.unwrap_err(), "VALIDATION: the price is not met");
        assert_eq!(runner.storage(shop), before);
        assert_eq!(runner.balance("bob"), 1_000);
    }

    #[test]
    fn the_owner_alone_bans() {
        let mut runner = TestRunner::new();
        let shop = open(&mut runner);

        let refused = runner.execute(shop, "ban", json!(["alice"]), "alice", 0);
        assert_eq!(refused.unwrap_err(), "PERMISSION: only the owner");
        assert_eq!(*runner.execute(shop, "ban", json!(["alice"]), "owner", 0).unwrap(), true);
        let refused = runner.execute(
            shop,
            "list",
            json!({"id": "x", "price": 1, "pricing": "Fixed", "tags": []}),
            "alice",
            0,
        );
        assert_eq!(refused.unwrap_err(), "PERMISSION: the seller is banned");
        let refused = runner.execute(shop, "set_fee", json!([10_001]), "owner", 0);
        assert_eq!(refused.unwrap_err(), "VALIDATION: a fee of 10001 is too much");
    }

    #[test]
    fn methods_are_plain_rust() {
        let mut context = MockContext::new();
        let mut shop = Shop::new();
        context.set_sender("alice");
        let id = ItemId("cup".into());
        shop.list(context, id.clone(), 100, Pricing::Fixed, vec![]).unwrap();

        context.set_sender("bob");
        context.set_value(99);
        let refused = shop.buy(context, id.clone());

        assert_eq!(refused.unwrap_err().to_string(), "ValidationError: the price is not met");
        assert_eq!(shop.item(id).unwrap().price, 100);
    }

    #[test]
    fn a_migration_goes_forth_and_back() {
        let mut runner = TestRunner::new();
        let shop = open(&mut runner);
        let before = runner.storage(shop);

        runner.migrate(shop, shop_2::Shop::new(), json!({"currency": "EUR"})).unwrap();
        assert_eq!(runner.query(shop, "item", json!(["lamp"]))["currency"], "EUR");
        runner.migrate_back(shop, shop::Shop::new()).unwrap();

        assert_eq!(runner.storage(shop), before);
    }

    /// What the token of `agent/contracts/token` would be for the shop.
    #[xwasm::contract(name = "purse")]
    struct Purse {
        #[state]
        held: Map<Address, u128>,
    }

    #[xwasm::interface]
    impl Purse {
        pub fn fill(&mut self, ctx: Context, amount: u128) {
            self.held.set(&ctx.sender(), &amount);
        }

        pub fn transfer_from(&mut self, from: Address, to: Address, amount: u128) -> Result<()> {
            ensure_resources!(self.held.get_or(&from, 0) >= amount, "balance too low");
            self.held.update(&from, |held| *held -= amount);
            self.held.update(&to, |held| *held += amount);
            Ok(())
        }

        pub fn balance_of(&self, owner: Address) -> u128 {
            self.held.get_or_default(&owner)
        }
    }

    #[test]
    fn another_contracts_refusal_is_passed_on_and_undoes_everything() {
        let mut runner = TestRunner::new();
        let shop = open(&mut runner);
        let purse = runner.deploy_contract(Purse::new());
        let buy = json!({"id": "lamp", "token": purse});

        let refused = runner.execute(shop, "buy_with_token", buy.clone(), "bob", 0);
        assert_eq!(refused.unwrap_err(), "RESOURCES: balance too low");
        assert!(!runner.query(shop, "item", json!(["lamp"])).is_null());

        runner.execute(purse, "fill", json!([400]), "bob", 0).unwrap();
        runner.execute(shop, "buy_with_token", buy, "bob", 0).unwrap();
        assert_eq!(runner.query(purse, "balance_of", json!(["alice"])), 400);
    }
}
