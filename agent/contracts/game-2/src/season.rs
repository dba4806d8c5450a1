//! Ratings: who wins takes points from who loses, the more the less it was expected. What all have
//! together stays the same.

use xwasm::prelude::*;

use crate::player::PlayerId;
use crate::{Economy, Game};

/// What everybody has at the beginning of a season.
pub const FIRST_RATING: u32 = 1_000;
/// What a win over an equal takes.
const STEP: i64 = 16;
/// So much more or less of rating makes one point more or less.
const SLOPE: i64 = 25;

#[xwasm::record]
pub struct Season {
    pub number: u32,
    pub started: u64,
    pub battles: u64,
}

#[xwasm::event]
pub struct SeasonBegan {
    pub number: u32,
}

#[xwasm::event]
pub struct Rated {
    pub season: u32,
    pub winner: PlayerId,
    pub winner_rating: u32,
    pub loser: PlayerId,
    pub loser_rating: u32,
}

/// The first season.
pub fn begin(now: u64) -> Economy {
    Economy { season: 1, season_started: now, ..Economy::default() }
}

pub fn renew(game: &mut Game, ctx: Context) -> Result<Season> {
    // Not #[only_owner]: the attribute cannot see `self` through the macro of the interface.
    ensure_permission!(game.owner.get() == Some(ctx.sender()), "only the owner");
    let mut economy = game.economy.require("the game is not set up")?;
    economy.season += 1;
    economy.season_started = ctx.block_timestamp();
    economy.season_battles = 0;
    game.economy.set(&economy);
    SeasonBegan { number: economy.season }.emit();
    Ok(now(game))
}

pub fn now(game: &Game) -> Season {
    let Economy { season, season_started, season_battles, .. } = game.economy.get_or_default();
    Season { number: season, started: season_started, battles: season_battles }
}

pub fn rating(game: &Game, season: u32, player: &PlayerId) -> u32 {
    game.ratings.get_or(&(season, *player), FIRST_RATING)
}

pub fn rate(game: &mut Game, economy: &mut Economy, winner: &PlayerId, loser: &PlayerId) {
    let season = economy.season;
    let (won, lost) = (rating(game, season, winner), rating(game, season, loser));
    let points = points(won, lost);
    let (winner_rating, loser_rating) = (won + points, lost - points);
    game.ratings.set(&(season, *winner), &winner_rating);
    game.ratings.set(&(season, *loser), &loser_rating);
    economy.season_battles += 1;
    let (winner, loser) = (*winner, *loser);
    Rated { season, winner, winner_rating, loser, loser_rating }.emit();
}

/// 1 to 31, but never more than the loser has.
fn points(won: u32, lost: u32) -> u32 {
    let expected = (i64::from(lost) - i64::from(won)) / SLOPE;
    let points = (STEP + expected).clamp(1, 2 * STEP - 1) as u32;
    points.min(lost)
}
