//! How a battle ends: who wins, what it leaves behind, what it pays. A side that lets a deadline pass
//! loses, and cannot be challenged until it says so.

use xwasm::prelude::*;

use crate::battle::{running, Battle, BattleId, BattleResult, BattleResultReceipt, BattleRewards};
use crate::battle::{Ending, Side};
use crate::combat::{self, Corner};
use crate::events::{BattleEnded, LootDropped};
use crate::item::{self, ItemId, MOST_HELD};
use crate::player::{self, Gauge, Player, PlayerId};
use crate::{loot, rules, season, template, Game};

/// Ends a battle in which both have revealed, or whose deadline has passed.
pub fn end(game: &mut Game, ctx: Context, id: BattleId) -> Result<BattleResultReceipt> {
    let now = ctx.block_timestamp();
    let mut battle = running(game, ctx, id)?;
    ensure_in_time!(
        battle.revealed() == 2 || now > battle.deadline,
        "the other side still has time"
    );
    #[cfg(planted = "present-health")]
    {
        let present = player::of(game, &battle.challenger.player)?;
        battle.challenger.fighter = present.fighter(game, &rules::of(game), now);
    }
    let mut result = decided(&battle, now);
    let mut players =
        [player::of(game, &battle.challenger.player)?, player::of(game, &battle.opponent.player)?];
    let winner = battle.sides().iter().position(|side| Some(side.player) == result.winner);
    settle(game, &battle, &result, &mut players, now);
    if let Some(winner) = winner {
        result.rewards = reward(game, ctx, id, &battle, &result, winner, &mut players)?;
    }
    for (side, player) in battle.sides().iter().zip(&players) {
        game.players.set(&side.player, player);
    }
    let receipt = BattleResultReceipt {
        battle_id: id,
        winner: result.winner,
        ending: result.ending,
        rewards: result.rewards.clone(),
        experience_gained: result.rewards.experience,
        duration: now - battle.start_time,
    };
    battle.result = Some(result);
    game.battles.set(id.0, &battle);
    let BattleResultReceipt { winner, ending, ref rewards, .. } = receipt;
    BattleEnded { battle: id, winner, ending, rewards: rewards.clone() }.emit();
    Ok(receipt)
}

/// Who wins, from what was committed and revealed alone.
fn decided(battle: &Battle, now: u64) -> BattleResult {
    let (a, b) = (&battle.challenger, &battle.opponent);
    let mut result = BattleResult {
        winner: None,
        ending: Ending::Abandoned,
        rounds: 0,
        challenger_health: a.fighter.health,
        opponent_health: b.fighter.health,
        difficulty: 100,
        rewards: BattleRewards::default(),
        ended_at: now,
    };
    let winner = match (&a.reveal, &b.reveal) {
        (Some(ours), Some(theirs)) => {
            let fight = combat::fight(&a.fighter, &ours.actions, &b.fighter, &theirs.actions);
            result.ending = Ending::Fought;
            result.rounds = fight.rounds;
            result.challenger_health = fight.challenger_health;
            result.opponent_health = fight.opponent_health;
            fight.winner
        }
        _ => spoken(battle),
    };
    let (won, lost) = match winner {
        None => return result,
        Some(Corner::Challenger) => (a, b),
        Some(Corner::Opponent) => (b, a),
    };
    if result.ending == Ending::Abandoned {
        result.ending = Ending::Forfeited;
    }
    result.winner = Some(won.player);
    result.difficulty = (lost.fighter.level * 100 / won.fighter.level).clamp(25, 400);
    result
}

/// The side that did what the deadline was for, if it alone did.
fn spoken(battle: &Battle) -> Option<Corner> {
    let done = |side: &Side| match battle.committed() {
        2 => side.reveal.is_some(),
        _ => side.commitment.is_some(),
    };
    match (done(&battle.challenger), done(&battle.opponent)) {
        (true, false) => Some(Corner::Challenger),
        (false, true) if cfg!(planted = "silent-challenger") => None,
        (false, true) => Some(Corner::Opponent),
        _ => None,
    }
}

/// Lets both go; what was fought leaves its mark. Nobody dies: a point of health stays.
fn settle(
    game: &Game,
    battle: &Battle,
    result: &BattleResult,
    players: &mut [Player; 2],
    now: u64,
) {
    let rules = rules::of(game);
    let silent = |side: &Side| match battle.committed() {
        2 => side.reveal.is_none(),
        _ => side.commitment.is_none(),
    };
    let left = [result.challenger_health, result.opponent_health];
    for ((player, side), left) in players.iter_mut().zip(battle.sides()).zip(left) {
        player.battle = None;
        player.open &= !silent(side);
        if result.ending == Ending::Fought {
            // Equipment may have changed since the battle began.
            let most = player.fighter(game, &rules, now).max_health;
            player.health = Gauge { value: left.clamp(1, most), since: now };
        }
        match result.winner {
            Some(winner) if winner == side.player => player.wins += 1,
            Some(_) => player.losses += 1,
            None => player.draws += 1,
        }
    }
}

fn reward(
    game: &mut Game,
    ctx: Context,
    id: BattleId,
    battle: &Battle,
    result: &BattleResult,
    winner: usize,
    players: &mut [Player; 2],
) -> Result<BattleRewards> {
    let rules = rules::of(game);
    let (won, lost) = (battle.sides()[winner].player, battle.sides()[1 - winner].player);
    let player = &mut players[winner];
    let experience = rules.win_experience.mul_div(result.difficulty.into(), 100)?;
    let currency = rules.win_gold.mul_div(result.difficulty.into(), 100)?;
    player.experience = player.experience.plus(experience)?;
    player.gold = player.gold.plus(currency)?;
    let mut economy = game.economy.require("the game is not set up")?;
    economy.gold_issued = economy.gold_issued.plus(currency)?;
    economy.battles += 1;
    season::rate(game, &mut economy, &won, &lost);
    game.economy.set(&economy);
    let items = drop_loot(game, ctx, id, battle, &won, player)?;
    Ok(BattleRewards { experience, currency, items })
}

/// Only what was fought drops something, and only for whoever has room for it.
fn drop_loot(
    game: &mut Game,
    ctx: Context,
    id: BattleId,
    battle: &Battle,
    winner: &PlayerId,
    player: &mut Player,
) -> Result<Vec<ItemId>> {
    let (ours, theirs) = match (&battle.challenger.reveal, &battle.opponent.reveal) {
        (Some(ours), Some(theirs)) => (ours, theirs),
        _ => return Ok(Vec::new()),
    };
    let seed = loot::seed(ctx, id, &ours.salt, &theirs.salt);
    let chances = game.loot.get_or_default();
    let drawn = match loot::drawn(&seed, rules::of(game).loot_per_mille, &chances) {
        Some(drawn) if player.held < MOST_HELD => drawn,
        _ => return Ok(Vec::new()),
    };
    let template = template::of(game, drawn)?;
    if template.minted == template.design.limit {
        return Ok(Vec::new());
    }
    let items = item::make(game, winner, player, drawn, 1, ctx.block_timestamp())?;
    LootDropped { battle: id, winner: *winner, item: items[0], template: drawn, seed }.emit();
    Ok(items)
}
