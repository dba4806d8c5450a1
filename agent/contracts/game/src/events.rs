//! What the game announces.

use xwasm::prelude::*;

use crate::battle::{BattleId, BattleRewards, Ending};
use crate::item::ItemId;
use crate::player::{CharacterClass, PlayerId};
use crate::rules::Rules;
use crate::template::{Slot, TemplateId};
use crate::trade::{Currency, OfferId};

#[xwasm::event]
pub struct PlayerCreated {
    pub player: PlayerId,
    pub name: String,
    pub class: CharacterClass,
    pub starter: ItemId,
}

#[xwasm::event]
pub struct BattleStarted {
    pub battle: BattleId,
    pub challenger: PlayerId,
    pub opponent: PlayerId,
    pub deadline: u64,
}

#[xwasm::event]
pub struct ActionsCommitted {
    pub battle: BattleId,
    pub player: PlayerId,
    pub commitment: Hash,
}

#[xwasm::event]
pub struct ActionsRevealed {
    pub battle: BattleId,
    pub player: PlayerId,
}

#[xwasm::event]
pub struct BattleEnded {
    pub battle: BattleId,
    pub winner: Option<PlayerId>,
    pub ending: Ending,
    pub rewards: BattleRewards,
}

/// The seed is the hash of the battle's number and both sides' salts, the challenger's first.
#[xwasm::event]
pub struct LootDropped {
    pub battle: BattleId,
    pub winner: PlayerId,
    pub item: ItemId,
    pub template: TemplateId,
    pub seed: Hash,
}

#[xwasm::event]
pub struct TemplateCreated {
    pub template: TemplateId,
    pub name: String,
    pub limit: u32,
}

#[xwasm::event]
pub struct ItemsMinted {
    pub player: PlayerId,
    pub template: TemplateId,
    pub items: Vec<ItemId>,
    pub cost: u128,
}

#[xwasm::event]
pub struct ItemEquipped {
    pub player: PlayerId,
    pub item: ItemId,
    pub slot: Slot,
}

#[xwasm::event]
pub struct ItemUnequipped {
    pub player: PlayerId,
    pub item: ItemId,
    pub slot: Slot,
}

#[xwasm::event]
pub struct TradeOffered {
    pub offer: OfferId,
    pub item: ItemId,
    pub seller: PlayerId,
    pub recipient: PlayerId,
    pub price: u128,
    pub currency: Currency,
    pub expires_at: u64,
}

#[xwasm::event]
pub struct TradeCancelled {
    pub offer: OfferId,
    pub item: ItemId,
    pub by: PlayerId,
}

#[xwasm::event]
pub struct ItemTraded {
    pub item: ItemId,
    pub seller: PlayerId,
    pub buyer: PlayerId,
    pub price: u128,
    pub currency: Currency,
}

#[xwasm::event]
pub struct EnergyBought {
    pub player: PlayerId,
    pub points: u32,
    pub cost: u128,
}

#[xwasm::event]
pub struct MinterChanged {
    pub party: Address,
    pub allowed: bool,
}

#[xwasm::event]
pub struct RulesChanged {
    pub rules: Rules,
}

#[xwasm::event]
pub struct FeesWithdrawn {
    pub to: Address,
    pub amount: u128,
}
