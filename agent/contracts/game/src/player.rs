//! Players: who they are, and what time does to them.

use xwasm::math;
use xwasm::prelude::*;

use crate::battle::BattleId;
use crate::combat::Fighter;
use crate::events::{EnergyBought, PlayerCreated};
use crate::item::{self, Equipment};
use crate::rules::{self, Rules, MOST_ENERGY};
use crate::template::{self, Slot};
use crate::Game;

/// The account that plays; one player each.
pub type PlayerId = Address;

pub const HIGHEST_LEVEL: u32 = 50;
/// Level n begins at 100 (n - 1)² of experience.
const LEVEL_UNIT: u64 = 100;

#[xwasm::record]
#[derive(Copy, Eq)]
pub enum CharacterClass {
    Warrior,
    Mage,
    Ranger,
    Cleric,
}

/// Something that comes back with time: what it was, and when.
#[xwasm::record]
#[derive(Copy)]
pub struct Gauge {
    pub value: u32,
    pub since: u64,
}

impl Gauge {
    /// What it is now; the part of an interval that has begun is not lost.
    pub fn at(self, now: u64, interval: u64, most: u32) -> Gauge {
        let grown = now.saturating_sub(self.since) / interval;
        let missing = u64::from(most.saturating_sub(self.value));
        if grown >= missing && cfg!(not(planted = "endless-energy")) {
            return Gauge { value: most, since: now };
        }
        Gauge { value: self.value + grown as u32, since: self.since + grown * interval }
    }
}

#[xwasm::record]
pub struct Player {
    pub name: String,
    pub class: CharacterClass,
    pub created_at: u64,
    pub experience: u64,
    pub energy: Gauge,
    pub health: Gauge,
    pub gold: u128,
    pub wins: u32,
    pub losses: u32,
    pub draws: u32,
    /// Whether others may challenge; ends when the player lets a battle's deadline pass.
    pub open: bool,
    pub battle: Option<BattleId>,
    pub equipment: Equipment,
    /// Items in the inventory, worn and offered.
    pub held: u32,
}

/// A player as of now.
#[xwasm::record]
pub struct PlayerView {
    pub id: PlayerId,
    pub name: String,
    pub class: CharacterClass,
    pub level: u32,
    pub experience: u64,
    pub energy: u32,
    pub health: u32,
    pub max_health: u32,
    pub attack: u32,
    pub defense: u32,
    pub gold: u128,
    pub wins: u32,
    pub losses: u32,
    pub draws: u32,
    pub open: bool,
    pub battle: Option<BattleId>,
    pub equipment: Equipment,
    pub held: u32,
    pub created_at: u64,
}

#[xwasm::record]
pub struct PlayerCreationReceipt {
    pub player_id: PlayerId,
    pub name: String,
    pub character_class: CharacterClass,
    pub created_at: u64,
}

impl Player {
    pub fn level(&self) -> u32 {
        let beyond = math::sqrt_of_product((self.experience / LEVEL_UNIT).into(), 1);
        beyond.min((HIGHEST_LEVEL - 1).into()) as u32 + 1
    }

    /// What class, level and equipment come to, with the health of this moment.
    pub fn fighter(&self, game: &Game, rules: &Rules, now: u64) -> Fighter {
        let level = self.level();
        let (attack, defense, health) = match self.class {
            CharacterClass::Warrior => (12, 10, 120),
            CharacterClass::Mage => (16, 4, 80),
            CharacterClass::Ranger => (14, 6, 100),
            CharacterClass::Cleric => (10, 8, 110),
        };
        let mut fighter = Fighter {
            class: self.class,
            level,
            attack: attack + (level - 1),
            defense: defense + (level - 1),
            max_health: health + 5 * (level - 1),
            health: 0,
        };
        for worn in self.equipment.items() {
            let design = item::design_of(game, worn);
            fighter.attack += design.attack;
            fighter.defense += design.defense;
            fighter.max_health += design.health;
        }
        fighter.health = self.health.at(now, rules.health_interval, fighter.max_health).value;
        fighter
    }
}

pub fn of(game: &Game, id: &PlayerId) -> Result<Player> {
    game.players.require(id, "no such player")
}

pub fn create(
    game: &mut Game,
    ctx: Context,
    name: String,
    class: CharacterClass,
) -> Result<PlayerCreationReceipt> {
    let id = ctx.sender();
    let now = ctx.block_timestamp();
    check_name(&name)?;
    ensure_state!(!game.players.contains(&id), "the account plays already");
    ensure_state!(!game.names.contains(&name), "the name is taken");
    let mut player = Player {
        name: name.clone(),
        class,
        created_at: now,
        experience: 0,
        energy: Gauge { value: MOST_ENERGY, since: now },
        health: Gauge { value: 0, since: now },
        gold: 0,
        wins: 0,
        losses: 0,
        draws: 0,
        open: true,
        battle: None,
        equipment: Equipment { weapon: None, armour: None, trinket: None },
        held: 0,
    };
    let starter = item::make(game, &id, &mut player, template::starter(class), 1, now)?[0];
    item::take_from_inventory(game, &id, starter);
    item::put(game, starter, item::Place::Equipped { slot: Slot::Weapon })?;
    player.equipment.weapon = Some(starter);
    player.health.value = player.fighter(game, &rules::of(game), now).max_health;
    game.players.set(&id, &player);
    game.names.set(&name, &id);
    PlayerCreated { player: id, name: name.clone(), class, starter }.emit();
    Ok(PlayerCreationReceipt { player_id: id, name, character_class: class, created_at: now })
}

fn check_name(name: &str) -> Result<()> {
    ensure_validation!((3..=24).contains(&name.len()), "a name has 3 to 24 characters");
    let fine = |c: u8| c.is_ascii_alphanumeric() || c == b'_' || c == b'-';
    ensure_validation!(name.bytes().all(fine), "a name has letters, digits, '_' and '-'");
    Ok(())
}

pub fn set_open(game: &mut Game, ctx: Context, open: bool) -> Result<()> {
    let mut player = of(game, &ctx.sender())?;
    player.open = open;
    game.players.set(&ctx.sender(), &player);
    Ok(())
}

/// Takes energy, or refuses.
pub fn spend_energy(player: &mut Player, rules: &Rules, now: u64, points: u32) -> Result<()> {
    player.energy = player.energy.at(now, rules.energy_interval, MOST_ENERGY);
    ensure_resources!(player.energy.value >= points, "not enough energy");
    player.energy.value -= points;
    Ok(())
}

/// Sells energy for gold, which is gone then.
pub fn buy_energy(game: &mut Game, ctx: Context, points: u32) -> Result<u32> {
    let rules = rules::of(game);
    let mut player = of(game, &ctx.sender())?;
    player.energy = player.energy.at(ctx.block_timestamp(), rules.energy_interval, MOST_ENERGY);
    ensure_validation!(points > 0, "no points are asked for");
    ensure_validation!(
        points <= MOST_ENERGY - player.energy.value,
        "a player has at most 100 energy"
    );
    let cost = rules.energy_price.times(points.into())?;
    ensure_resources!(player.gold >= cost, "not enough gold");
    player.gold -= cost;
    player.energy.value += points;
    let mut economy = game.economy.require("the game is not set up")?;
    economy.gold_spent = economy.gold_spent.plus(cost)?;
    game.economy.set(&economy);
    game.players.set(&ctx.sender(), &player);
    EnergyBought { player: ctx.sender(), points, cost }.emit();
    Ok(player.energy.value)
}

pub fn view(game: &Game, ctx: Context, id: PlayerId, player: Player) -> PlayerView {
    let rules = rules::of(game);
    let now = ctx.block_timestamp();
    let fighter = player.fighter(game, &rules, now);
    PlayerView {
        id,
        class: player.class,
        level: fighter.level,
        experience: player.experience,
        energy: player.energy.at(now, rules.energy_interval, MOST_ENERGY).value,
        health: fighter.health,
        max_health: fighter.max_health,
        attack: fighter.attack,
        defense: fighter.defense,
        gold: player.gold,
        wins: player.wins,
        losses: player.losses,
        draws: player.draws,
        open: player.open,
        battle: player.battle,
        equipment: player.equipment,
        held: player.held,
        created_at: player.created_at,
        name: player.name,
    }
}
