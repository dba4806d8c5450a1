//! What the whole game has come to, as version 2 stores it, which version 1 cannot read, and the way
//! there and back. Both cost the same however many players there are: the record that every battle
//! writes is the only one that takes another form, and ratings lie beside what version 1 stored.

use xwasm::prelude::*;

use crate::{season, Game};

#[path = "../../game/src/economy.rs"]
mod first;

/// `gold_issued - gold_spent` is what all players have together; `fees`, in native value, is what
/// this contract has.
#[xwasm::record]
#[derive(Copy, Default)]
pub struct Economy {
    pub season: u32,
    pub season_started: u64,
    pub season_battles: u64,
    pub trades: u64,
    /// Those that somebody won, in all seasons.
    pub battles: u64,
    pub fees: u128,
    pub gold_spent: u128,
    pub gold_issued: u128,
}

const FIRST: Value<first::Economy> = Value::new("economy");

/// The first season begins with the upgrade. One that is made again after a rollback goes on with
/// the ratings of the first season.
pub fn migrate(game: &mut Game, ctx: Context) -> Result<()> {
    let before = FIRST.require("the game is not set up")?;
    let first::Economy { gold_issued, gold_spent, fees, battles, trades } = before;
    let begun = season::begin(ctx.block_timestamp());
    game.economy.set(&Economy { gold_issued, gold_spent, fees, battles, trades, ..begun });
    Ok(())
}

/// Version 1 does not know which season it is; ratings stay where it does not look.
pub fn migrate_back(game: &mut Game) -> Result<()> {
    let economy = game.economy.require("the game is not set up")?;
    let Economy { gold_issued, gold_spent, fees, battles, trades, .. } = economy;
    let mut first = FIRST;
    first.set(&first::Economy { gold_issued, gold_spent, fees, battles, trades });
    Ok(())
}
