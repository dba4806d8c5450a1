//! A game, version 1. See `interface.rs` for what can be asked of it.
#![no_std]

use xwasm::prelude::*;

pub mod battle;
pub mod combat;
pub mod economy;
mod ending;
pub mod events;
mod interface;
pub mod item;
mod loot;
pub mod player;
pub mod rules;
mod season;
pub mod template;
pub mod trade;

use battle::Battle;
pub use economy::Economy;
use events::*;
use item::{Item, ItemId};
use player::{Player, PlayerId};
use rules::Rules;
use template::{LootChance, Template};
use trade::{Offer, OfferId, TradeReceipt};

#[xwasm::contract(
    name = "game",
    schema = 1,
    upgradeable,
    events(
        PlayerCreated,
        BattleStarted,
        ActionsCommitted,
        ActionsRevealed,
        BattleEnded,
        LootDropped,
        TemplateCreated,
        ItemsMinted,
        ItemEquipped,
        ItemUnequipped,
        TradeOffered,
        TradeCancelled,
        ItemTraded,
        EnergyBought,
        MinterChanged,
        RulesChanged,
        FeesWithdrawn
    ),
    errors(
        "STATE: no such player",
        "STATE: the battle is over",
        "TIMEOUT: the time to reveal is over",
        "VALIDATION: these are not the actions that were committed",
        "RESOURCES: the template's supply is exhausted",
        "RESOURCES: not enough energy",
        "PERMISSION: the item belongs to another player"
    )
)]
pub struct Game {
    #[state]
    owner: Value<Address>,
    #[state]
    rules: Value<Rules>,
    #[state]
    economy: Value<Economy>,
    #[state]
    minters: Set<Address>,
    #[state]
    players: IndexedMap<PlayerId, Player>,
    #[state]
    names: Map<String, PlayerId>,
    /// What a player holds that is neither worn nor offered.
    #[state]
    inventories: Map<PlayerId, Vec<ItemId>>,
    /// By `TemplateId`, as the lists below by their ids: an id is a place in the list.
    #[state]
    templates: List<Template>,
    #[state]
    loot: Value<Vec<LootChance>>,
    #[state]
    items: List<Item>,
    #[state]
    battles: List<Battle>,
    /// Open ones only.
    #[state]
    offers: IndexedMap<OfferId, Offer>,
    #[state]
    next_offer: Value<u32>,
    /// By item and the number of its trade.
    #[state]
    trades: Map<(ItemId, u32), TradeReceipt>,
}

#[xwasm::interface(with(interface))]
impl Game {}
