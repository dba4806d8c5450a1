//! Items: making them, and where each of them is. An item's own record says who holds it and how;
//! inventories, equipment and offers say the same from the other side.

use xwasm::prelude::*;

use crate::events::{ItemEquipped, ItemUnequipped, ItemsMinted};
use crate::player::{self, Player, PlayerId};
use crate::rules;
use crate::template::{self, Design, Slot, TemplateId};
use crate::trade::OfferId;
use crate::Game;

/// The place in the list of items.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct ItemId(pub u32);

/// Worn and offered ones count, so that they can always come back.
pub const MOST_HELD: u32 = 40;
const MOST_AT_ONCE: u32 = 20;

#[xwasm::record]
#[derive(Copy, Eq)]
pub enum Place {
    Inventory,
    Equipped { slot: Slot },
    Offered { offer: OfferId },
}

#[xwasm::record]
#[derive(Copy)]
pub struct Item {
    pub template: TemplateId,
    /// How many of its template there were with it.
    pub serial: u32,
    pub owner: PlayerId,
    pub place: Place,
    pub created_at: u64,
    pub trades: u32,
}

#[xwasm::record]
#[derive(Copy)]
pub struct Equipment {
    pub weapon: Option<ItemId>,
    pub armour: Option<ItemId>,
    pub trinket: Option<ItemId>,
}

impl Equipment {
    pub fn at(&mut self, slot: Slot) -> &mut Option<ItemId> {
        match slot {
            Slot::Weapon => &mut self.weapon,
            Slot::Armour => &mut self.armour,
            Slot::Trinket => &mut self.trinket,
        }
    }

    pub fn items(&self) -> impl Iterator<Item = ItemId> {
        let Equipment { weapon, armour, trinket } = *self;
        weapon.into_iter().chain(armour).chain(trinket)
    }
}

#[xwasm::record]
pub struct ItemMintingReceipt {
    pub items: Vec<ItemId>,
    pub template_id: TemplateId,
    pub quantity: u32,
    pub cost: u128,
}

pub fn of(game: &Game, id: ItemId) -> Result<Item> {
    game.items.get(id.0).ok_or(ContractError::StateError("no such item"))
}

/// What an item does. Items and templates are never removed.
pub fn design_of(game: &Game, id: ItemId) -> Design {
    let template = of(game, id).and_then(|item| template::of(game, item.template));
    match template {
        Ok(template) => template.design,
        Err(error) => error.raise(),
    }
}

/// Says where an item is from now on, in the item's own record.
pub fn put(game: &mut Game, id: ItemId, place: Place) -> Result<()> {
    let mut item = of(game, id)?;
    item.place = place;
    game.items.set(id.0, &item);
    Ok(())
}

pub fn put_into_inventory(game: &mut Game, player: &PlayerId, id: ItemId) {
    let mut inventory = game.inventories.get_or_default(player);
    inventory.push(id);
    game.inventories.set(player, &inventory);
}

pub fn take_from_inventory(game: &mut Game, player: &PlayerId, id: ItemId) {
    let mut inventory = game.inventories.get_or_default(player);
    inventory.retain(|held| *held != id);
    game.inventories.set(player, &inventory);
}

/// Makes new items for a player, who is changed but not stored.
pub fn make(
    game: &mut Game,
    owner: &PlayerId,
    player: &mut Player,
    id: TemplateId,
    quantity: u32,
    now: u64,
) -> Result<Vec<ItemId>> {
    let mut template = template::of(game, id)?;
    let minted = if cfg!(planted = "limit-per-call") { 0 } else { template.minted };
    ensure_resources!(
        quantity <= template.design.limit - minted,
        "the template's supply is exhausted"
    );
    ensure_resources!(quantity <= MOST_HELD - player.held, "a player holds at most 40 items");
    let mut inventory = game.inventories.get_or_default(owner);
    let mut made = Vec::new();
    for _ in 0..quantity {
        template.minted += 1;
        let item = Item {
            template: id,
            serial: template.minted,
            owner: *owner,
            place: Place::Inventory,
            created_at: now,
            trades: 0,
        };
        made.push(ItemId(game.items.push(&item)));
    }
    inventory.extend_from_slice(&made);
    player.held += quantity;
    game.templates.set(id.0, &template);
    game.inventories.set(owner, &inventory);
    Ok(made)
}

pub fn mint(
    game: &mut Game,
    ctx: Context,
    id: TemplateId,
    quantity: u32,
) -> Result<ItemMintingReceipt> {
    let owner = ctx.sender();
    let mut player = player::of(game, &owner)?;
    let design = template::of(game, id)?.design;
    ensure_permission!(
        design.public || game.minters.contains(&owner) || game.owner.get() == Some(owner),
        "only minters make these items"
    );
    ensure_validation!(quantity > 0 && quantity <= MOST_AT_ONCE, "1 to 20 items are made at once");
    let cost = design.price.times(quantity.into())?;
    ensure_validation!(ctx.value() == cost, "the value is not the minting fee");
    let items = make(game, &owner, &mut player, id, quantity, ctx.block_timestamp())?;
    game.players.set(&owner, &player);
    let mut economy = game.economy.require("the game is not set up")?;
    economy.fees = economy.fees.plus(cost)?;
    game.economy.set(&economy);
    ItemsMinted { player: owner, template: id, items: items.clone(), cost }.emit();
    Ok(ItemMintingReceipt { items, template_id: id, quantity, cost })
}

/// An item that its owner has at hand: neither worn nor offered.
pub fn at_hand(game: &Game, owner: &PlayerId, id: ItemId) -> Result<Item> {
    let item = of(game, id)?;
    ensure_permission!(item.owner == *owner, "the item belongs to another player");
    match item.place {
        Place::Inventory => Ok(item),
        Place::Equipped { .. } => Err(ContractError::StateError("the item is worn")),
        Place::Offered { .. } => Err(ContractError::StateError("the item is offered")),
    }
}

/// Puts an item on; what was worn in its place goes back to the inventory.
pub fn equip(game: &mut Game, ctx: Context, id: ItemId) -> Result<Slot> {
    let owner = ctx.sender();
    let mut player = player::of(game, &owner)?;
    at_hand(game, &owner, id)?;
    let design = design_of(game, id);
    ensure_validation!(player.level() >= design.min_level, "the player's level is too low");
    ensure_validation!(
        design.class.map_or(true, |class| class == player.class),
        "the item is made for another class"
    );
    settle_health(game, &mut player, ctx);
    take_from_inventory(game, &owner, id);
    if let Some(before) = player.equipment.at(design.slot).replace(id) {
        if cfg!(not(planted = "still-worn")) {
            put(game, before, Place::Inventory)?;
        }
        put_into_inventory(game, &owner, before);
    }
    put(game, id, Place::Equipped { slot: design.slot })?;
    settle_health(game, &mut player, ctx);
    game.players.set(&owner, &player);
    ItemEquipped { player: owner, item: id, slot: design.slot }.emit();
    Ok(design.slot)
}

/// Takes an item off.
pub fn unequip(game: &mut Game, ctx: Context, slot: Slot) -> Result<ItemId> {
    let owner = ctx.sender();
    let mut player = player::of(game, &owner)?;
    settle_health(game, &mut player, ctx);
    let worn = player.equipment.at(slot).take();
    let id = worn.ok_or(ContractError::StateError("nothing is worn there"))?;
    put(game, id, Place::Inventory)?;
    put_into_inventory(game, &owner, id);
    settle_health(game, &mut player, ctx);
    game.players.set(&owner, &player);
    ItemUnequipped { player: owner, item: id, slot }.emit();
    Ok(id)
}

/// Health as of now, and no more than what is worn allows: called before a change of equipment and
/// after it.
fn settle_health(game: &Game, player: &mut Player, ctx: Context) {
    let rules = rules::of(game);
    let now = ctx.block_timestamp();
    let most = player.fighter(game, &rules, now).max_health;
    player.health = player.health.at(now, rules.health_interval, most);
}
