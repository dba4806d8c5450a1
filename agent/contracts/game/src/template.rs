//! What items are made from: designs with a limit, and the loot that battles may drop.

use xwasm::prelude::*;

use crate::events::TemplateCreated;
use crate::player::CharacterClass;
use crate::Game;

/// The place in the list of templates.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct TemplateId(pub u32);

#[xwasm::record]
#[derive(Copy, Eq)]
pub enum Slot {
    Weapon,
    Armour,
    Trinket,
}

const MOST_BONUS: u32 = 1_000;
const MOST_LOOT: usize = 32;
const LONGEST_NAME: usize = 48;

#[xwasm::record]
pub struct Design {
    pub name: String,
    pub slot: Slot,
    pub attack: u32,
    pub defense: u32,
    pub health: u32,
    pub min_level: u32,
    /// The only class that can wear it.
    pub class: Option<CharacterClass>,
    /// For one, in native value.
    pub price: u128,
    /// How many there may ever be.
    pub limit: u32,
    /// How likely it drops, against the others; 0: never.
    pub drop_weight: u32,
    /// Whether every player may mint it, or only minters.
    pub public: bool,
    /// Stays with its first player.
    pub bound: bool,
}

#[xwasm::record]
pub struct Template {
    pub design: Design,
    pub minted: u32,
}

#[xwasm::record]
#[derive(Copy)]
pub struct LootChance {
    pub template: TemplateId,
    pub weight: u32,
}

/// The first template of each class is what its players begin with.
pub fn starter(class: CharacterClass) -> TemplateId {
    TemplateId(match class {
        CharacterClass::Warrior => 0,
        CharacterClass::Mage => 1,
        CharacterClass::Ranger => 2,
        CharacterClass::Cleric => 3,
    })
}

pub fn create_starters(game: &mut Game) {
    let starters = [
        ("Iron sword", CharacterClass::Warrior, 4, 1),
        ("Oak staff", CharacterClass::Mage, 5, 0),
        ("Short bow", CharacterClass::Ranger, 5, 0),
        ("Ash mace", CharacterClass::Cleric, 3, 2),
    ];
    for (name, class, attack, defense) in starters {
        let design = Design {
            name: name.into(),
            slot: Slot::Weapon,
            attack,
            defense,
            health: 0,
            min_level: 1,
            class: Some(class),
            price: 0,
            limit: u32::MAX,
            drop_weight: 0,
            public: false,
            bound: true,
        };
        game.templates.push(&Template { design, minted: 0 });
    }
}

pub fn create(game: &mut Game, design: Design) -> Result<TemplateId> {
    check(&design)?;
    let id = TemplateId(game.templates.len());
    if design.drop_weight > 0 {
        let mut loot = game.loot.get_or_default();
        ensure_resources!(loot.len() < MOST_LOOT, "at most 32 templates can drop");
        loot.push(LootChance { template: id, weight: design.drop_weight });
        game.loot.set(&loot);
    }
    let (name, limit) = (design.name.clone(), design.limit);
    game.templates.push(&Template { design, minted: 0 });
    TemplateCreated { template: id, name, limit }.emit();
    Ok(id)
}

fn check(design: &Design) -> Result<()> {
    ensure_validation!(
        !design.name.is_empty() && design.name.len() <= LONGEST_NAME,
        "a template's name has 1 to 48 bytes"
    );
    ensure_validation!(
        design.attack <= MOST_BONUS && design.defense <= MOST_BONUS && design.health <= MOST_BONUS,
        "a bonus is at most 1000"
    );
    ensure_validation!(
        (1..=crate::player::HIGHEST_LEVEL).contains(&design.min_level),
        "a level is 1 to 50"
    );
    ensure_validation!(design.limit > 0, "a template makes at least one item");
    ensure_validation!(design.drop_weight <= 1_000_000, "a weight is at most 1000000");
    Ok(())
}

pub fn of(game: &Game, id: TemplateId) -> Result<Template> {
    game.templates.get(id.0).ok_or(ContractError::StateError("no such template"))
}
