//! The numbers that the owner may change.

use xwasm::prelude::*;

use crate::events::RulesChanged;
use crate::Game;

pub const MOST_ENERGY: u32 = 100;
const MOST_ROUNDS: u8 = 20;
const MOST_PRIZE: u128 = 1_000_000_000_000;
const SECOND: u64 = 1_000;
const DAY: u64 = 24 * 60 * 60 * SECOND;

/// Times are in milliseconds. A battle keeps the rounds and deadlines it began with.
#[xwasm::record]
#[derive(Copy)]
pub struct Rules {
    /// What a battle costs its challenger.
    pub battle_energy: u32,
    /// How long one point of energy takes to come back.
    pub energy_interval: u64,
    /// How long one point of health takes to come back.
    pub health_interval: u64,
    /// In gold, for one point.
    pub energy_price: u128,
    pub rounds: u8,
    pub commit_window: u64,
    pub reveal_window: u64,
    /// For a win over an equal; scaled by the loser's level over the winner's.
    pub win_experience: u64,
    pub win_gold: u128,
    pub loot_per_mille: u16,
    pub offer_lifetime: u64,
}

impl Rules {
    pub const DEFAULT: Rules = Rules {
        battle_energy: 10,
        energy_interval: 60 * SECOND,
        health_interval: 10 * SECOND,
        energy_price: 2,
        rounds: 6,
        commit_window: 60 * 60 * SECOND,
        reveal_window: 60 * 60 * SECOND,
        win_experience: 50,
        win_gold: 100,
        loot_per_mille: 300,
        offer_lifetime: 7 * DAY,
    };

    fn check(&self) -> Result<()> {
        let window = SECOND..=30 * DAY;
        ensure_validation!(self.battle_energy <= MOST_ENERGY, "a battle costs at most 100 energy");
        ensure_validation!(
            window.contains(&self.energy_interval) && window.contains(&self.health_interval),
            "an interval is a second to 30 days"
        );
        ensure_validation!(
            window.contains(&self.commit_window) && window.contains(&self.reveal_window),
            "a window is a second to 30 days"
        );
        ensure_validation!(
            window.contains(&self.offer_lifetime),
            "an offer lives a second to 30 days"
        );
        ensure_validation!(
            self.rounds > 0 && self.rounds <= MOST_ROUNDS,
            "a battle has 1 to 20 rounds"
        );
        ensure_validation!(
            u128::from(self.win_experience) <= MOST_PRIZE
                && self.win_gold <= MOST_PRIZE
                && self.energy_price <= MOST_PRIZE,
            "prizes and prices in gold are at most 10^12"
        );
        ensure_validation!(self.loot_per_mille <= 1000, "a chance is at most 1000 per mille");
        Ok(())
    }
}

pub fn set(game: &mut Game, rules: &Rules) -> Result<()> {
    rules.check()?;
    game.rules.set(rules);
    Ok(())
}

pub fn change(game: &mut Game, rules: &Rules) -> Result<()> {
    set(game, rules)?;
    RulesChanged { rules: *rules }.emit();
    Ok(())
}

pub fn of(game: &Game) -> Rules {
    game.rules.get_or(Rules::DEFAULT)
}
