//! The methods that all versions have.

use xwasm::prelude::*;

use crate::battle::{Action, Battle, BattleId, BattleResultReceipt, BattleStartReceipt, PhaseReceipt};
use crate::events::{FeesWithdrawn, MinterChanged};
use crate::item::{Item, ItemId, ItemMintingReceipt};
use crate::player::{CharacterClass, PlayerCreationReceipt, PlayerId, PlayerView};
use crate::rules::Rules;
use crate::template::{Design, LootChance, Slot, Template, TemplateId};
use crate::trade::{Currency, Offer, OfferId, TradeReceipt};
use crate::{battle, ending, item, player, rules, season, template, trade, Economy, Game};

/// Most entries that a query answers with.
const PAGE: u32 = 50;

#[xwasm::interface(part)]
impl Game {
    /// The owner makes templates, rules and minters, and gets the minting fees.
    pub fn init(
        &mut self,
        ctx: Context,
        owner: Address,
        rules: Option<Rules>,
    ) -> Result<()> {
        ensure_state!(!self.owner.exists(), "the game is set up already");
        self.owner.set(&owner);
        self.economy.set(&season::begin(ctx.block_timestamp()));
        rules::set(self, &rules.unwrap_or(Rules::DEFAULT))?;
        template::create_starters(self);
        Ok(())
    }

    /// Makes the caller a player, with a weapon of the class to begin with.
    pub fn create_player(
        &mut self,
        ctx: Context,
        name: String,
        character_class: CharacterClass,
    ) -> Result<PlayerCreationReceipt> {
        player::create(self, ctx, name, character_class)
    }

    /// Whether others may challenge the caller.
    pub fn set_open(&mut self, ctx: Context, open: bool) -> Result<()> {
        player::set_open(self, ctx, open)
    }

    pub fn buy_energy(&mut self, ctx: Context, points: u32) -> Result<u32> {
        player::buy_energy(self, ctx, points)
    }

    /// Challenges a player; costs energy.
    pub fn start_battle(
        &mut self,
        ctx: Context,
        opponent_id: PlayerId,
    ) -> Result<BattleStartReceipt> {
        battle::start(self, ctx, opponent_id)
    }

    /// Binds the caller to actions that nobody knows; `commitment` tells what to hand in.
    pub fn commit_actions(
        &mut self,
        ctx: Context,
        battle_id: BattleId,
        commitment: Hash,
    ) -> Result<PhaseReceipt> {
        battle::commit(self, ctx, battle_id, commitment)
    }

    pub fn reveal_actions(
        &mut self,
        ctx: Context,
        battle_id: BattleId,
        actions: Vec<Action>,
        salt: Hash,
    ) -> Result<PhaseReceipt> {
        battle::reveal(self, ctx, battle_id, actions, salt)
    }

    /// Decides and pays, once: when both have revealed, or the deadline has passed.
    pub fn end_battle(
        &mut self,
        ctx: Context,
        battle_id: BattleId,
    ) -> Result<BattleResultReceipt> {
        ending::end(self, ctx, battle_id)
    }

    #[only_owner]
    pub fn create_template(&mut self, design: Design) -> Result<TemplateId> {
        template::create(self, design)
    }

    #[only_owner]
    pub fn set_minter(&mut self, party: Address, allowed: bool) -> Result<()> {
        let changed = match allowed {
            true => self.minters.insert(&party),
            false => self.minters.remove(&party),
        };
        ensure_state!(changed, "so it is already");
        MinterChanged { party, allowed }.emit();
        Ok(())
    }

    #[only_owner]
    pub fn set_rules(&mut self, rules: Rules) -> Result<()> {
        rules::change(self, &rules)
    }

    /// Makes items for the caller, who pays the template's price for each.
    #[payable]
    pub fn mint_item(
        &mut self,
        ctx: Context,
        item_template_id: TemplateId,
        quantity: u32,
    ) -> Result<ItemMintingReceipt> {
        item::mint(self, ctx, item_template_id, quantity)
    }

    pub fn equip(&mut self, ctx: Context, item_id: ItemId) -> Result<Slot> {
        item::equip(self, ctx, item_id)
    }

    pub fn unequip(&mut self, ctx: Context, slot: Slot) -> Result<ItemId> {
        item::unequip(self, ctx, slot)
    }

    /// Offers an item to a player. Nobody pays before `accept_trade`.
    pub fn trade_item(
        &mut self,
        ctx: Context,
        item_id: ItemId,
        recipient: PlayerId,
        price: u128,
        currency: Currency,
    ) -> Result<trade::OfferReceipt> {
        trade::offer(self, ctx, item_id, recipient, price, currency)
    }

    #[payable]
    pub fn accept_trade(
        &mut self,
        ctx: Context,
        offer_id: OfferId,
    ) -> Result<TradeReceipt> {
        trade::accept(self, ctx, offer_id)
    }

    pub fn cancel_trade(&mut self, ctx: Context, offer_id: OfferId) -> Result<()> {
        trade::cancel(self, ctx, offer_id)
    }

    /// Pays minting fees out.
    #[only_owner]
    pub fn withdraw_fees(&mut self, ctx: Context, to: Address, amount: u128) -> Result<()> {
        let mut economy = self.economy.require("the game is not set up")?;
        ensure_resources!(economy.fees >= amount, "there are fewer fees");
        economy.fees -= amount;
        self.economy.set(&economy);
        FeesWithdrawn { to, amount }.emit();
        ctx.pay(&to, amount)
    }

    pub fn player(&self, ctx: Context, id: PlayerId) -> Option<PlayerView> {
        self.players.get(&id).map(|player| player::view(self, ctx, id, player))
    }

    pub fn players(&self, ctx: Context, from: u32, count: u32) -> Vec<PlayerView> {
        let page = self.players.page(from, count.min(PAGE)).into_iter();
        page.map(|(id, player)| player::view(self, ctx, id, player)).collect()
    }

    pub fn player_named(&self, name: String) -> Option<PlayerId> {
        self.names.get(&name)
    }

    pub fn inventory(&self, player: PlayerId) -> Vec<ItemId> {
        self.inventories.get_or_default(&player)
    }

    pub fn item(&self, id: ItemId) -> Option<Item> {
        self.items.get(id.0)
    }

    pub fn items(&self, from: ItemId, count: u32) -> Vec<Item> {
        self.items.page(from.0, count.min(PAGE))
    }

    pub fn template(&self, id: TemplateId) -> Option<Template> {
        self.templates.get(id.0)
    }

    pub fn templates(&self, from: TemplateId, count: u32) -> Vec<Template> {
        self.templates.page(from.0, count.min(PAGE))
    }

    pub fn loot(&self) -> Vec<LootChance> {
        self.loot.get_or_default()
    }

    pub fn battle(&self, id: BattleId) -> Option<Battle> {
        self.battles.get(id.0)
    }

    pub fn battle_count(&self) -> u32 {
        self.battles.len()
    }

    /// What a side has to commit to. Ask this of a node of one's own: it tells the actions.
    pub fn commitment(
        &self,
        ctx: Context,
        battle_id: BattleId,
        player: PlayerId,
        actions: Vec<Action>,
        salt: Hash,
    ) -> Hash {
        battle::commitment(ctx, battle_id, &player, &actions, &salt)
    }

    pub fn offer(&self, id: OfferId) -> Option<Offer> {
        self.offers.get(&id)
    }

    /// Open offers, also expired ones, in no order.
    pub fn offers(&self, from: u32, count: u32) -> Vec<trade::OfferView> {
        let page = self.offers.page(from, count.min(PAGE)).into_iter();
        page.map(|(offer_id, offer)| trade::OfferView { offer_id, offer }).collect()
    }

    /// An item's trades, the oldest first.
    pub fn trade_history(
        &self,
        item_id: ItemId,
        from: u32,
        count: u32,
    ) -> Result<Vec<TradeReceipt>> {
        trade::history(self, item_id, from, count.min(PAGE))
    }

    pub fn economy(&self) -> Economy {
        self.economy.get_or_default()
    }

    pub fn rules(&self) -> Rules {
        rules::of(self)
    }

    pub fn is_minter(&self, party: Address) -> bool {
        self.minters.contains(&party)
    }

    pub fn contract_owner(&self) -> Address {
        self.owner.get_or(Address::ZERO)
    }
}
