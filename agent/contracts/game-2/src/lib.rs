//! The game, version 2: seasons, and ratings within them. The rest is version 1's own sources.
#![no_std]

use xwasm::prelude::*;

#[path = "../../game/src/battle.rs"]
pub mod battle;
#[path = "../../game/src/combat.rs"]
pub mod combat;
pub mod economy;
#[path = "../../game/src/ending.rs"]
mod ending;
#[path = "../../game/src/events.rs"]
pub mod events;
#[path = "../../game/src/interface.rs"]
mod interface;
#[path = "../../game/src/item.rs"]
pub mod item;
#[path = "../../game/src/loot.rs"]
mod loot;
#[path = "../../game/src/player.rs"]
pub mod player;
#[path = "../../game/src/rules.rs"]
pub mod rules;
pub mod season;
#[path = "../../game/src/template.rs"]
pub mod template;
#[path = "../../game/src/trade.rs"]
pub mod trade;

use battle::Battle;
pub use economy::Economy;
use events::*;
use item::{Item, ItemId};
use player::{Player, PlayerId};
use rules::Rules;
use season::{Rated, Season, SeasonBegan};
use template::{LootChance, Template};
use trade::{Offer, OfferId, TradeReceipt};

#[xwasm::contract(
    name = "game",
    schema = 2,
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
        FeesWithdrawn,
        Rated,
        SeasonBegan
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
    /// By season and player; nothing for who has not fought in it.
    #[state]
    ratings: Map<(u32, PlayerId), u32>,
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
impl Game {
    /// Everybody is rated anew from now on; for the owner.
    pub fn new_season(&mut self, ctx: Context) -> Result<Season> {
        season::renew(self, ctx)
    }

    pub fn season(&self) -> Season {
        season::now(self)
    }

    /// In the present season.
    pub fn rating(&self, player: PlayerId) -> u32 {
        season::rating(self, self.economy.get_or_default().season, &player)
    }

    #[migrate(from = 1)]
    pub fn migrate(&mut self, ctx: Context) -> Result<()> {
        economy::migrate(self, ctx)
    }

    #[migrate_back]
    pub fn migrate_back(&mut self) -> Result<()> {
        economy::migrate_back(self)
    }
}
