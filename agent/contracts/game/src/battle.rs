//! Battles: both sides commit to their actions, then both reveal them, then either side ends it. A
//! side that lets a deadline pass loses, and cannot be challenged until it says so.

use xwasm::prelude::*;

use crate::combat::{self, Corner, Fighter};
use crate::events::{ActionsCommitted, ActionsRevealed, BattleEnded, BattleStarted, LootDropped};
use crate::item::{self, ItemId, MOST_HELD};
use crate::player::{self, Gauge, Player, PlayerId};
use crate::rules::{self, Rules};
use crate::{loot, season, template, Game};

/// The place in the list of battles.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct BattleId(pub u32);

#[xwasm::record]
#[derive(Copy, Eq)]
pub enum Action {
    /// Hits.
    Strike,
    /// Halves what comes in, and gains one focus.
    Guard,
    /// Gains two focus.
    Focus,
    /// What the class does best, for three focus.
    Special,
}

#[xwasm::record]
pub struct Reveal {
    pub actions: Vec<Action>,
    pub salt: Hash,
}

#[xwasm::record]
pub struct Side {
    pub player: PlayerId,
    pub fighter: Fighter,
    pub commitment: Option<Hash>,
    pub reveal: Option<Reveal>,
}

#[xwasm::record]
#[derive(Copy, Eq)]
pub enum Ending {
    /// Both revealed, and it was fought.
    Fought,
    /// One side was silent.
    Forfeited,
    /// Both were.
    Abandoned,
}

#[xwasm::record]
#[derive(Default)]
pub struct BattleRewards {
    pub experience: u64,
    pub currency: u128,
    pub items: Vec<ItemId>,
}

#[xwasm::record]
pub struct BattleResult {
    pub winner: Option<PlayerId>,
    pub ending: Ending,
    pub rounds: u8,
    pub challenger_health: u32,
    pub opponent_health: u32,
    /// The loser's level in hundredths of the winner's, 25 to 400.
    pub difficulty: u32,
    pub rewards: BattleRewards,
    pub ended_at: u64,
}

#[xwasm::record]
pub struct Battle {
    pub challenger: Side,
    pub opponent: Side,
    pub rounds: u8,
    pub start_time: u64,
    /// Of the phase it is in: to commit, and once both have, to reveal.
    pub deadline: u64,
    pub result: Option<BattleResult>,
}

#[xwasm::record]
pub struct BattleStartReceipt {
    pub battle_id: BattleId,
    pub player_id: PlayerId,
    pub opponent_id: PlayerId,
    pub start_time: u64,
    pub deadline: u64,
}

/// How far a battle is.
#[xwasm::record]
pub struct PhaseReceipt {
    pub battle_id: BattleId,
    pub committed: u8,
    pub revealed: u8,
    pub deadline: u64,
}

#[xwasm::record]
pub struct BattleReceipt {
    pub battle_id: BattleId,
    pub winner: Option<PlayerId>,
    pub ending: Ending,
    pub rewards: BattleRewards,
    pub experience_gained: u64,
    pub duration: u64,
}

/// What a side commits to: the SHA-256 of the battle's number (4 bytes, little-endian), the player,
/// the number of actions (4 bytes), one byte for each action, and the salt.
pub fn commitment(
    ctx: Context,
    battle: BattleId,
    player: &PlayerId,
    actions: &[Action],
    salt: &Hash,
) -> Hash {
    ctx.hash_of(&(battle, player, actions, salt))
}

impl Battle {
    fn sides(&self) -> [&Side; 2] {
        [&self.challenger, &self.opponent]
    }

    fn side(&mut self, player: &PlayerId) -> Result<&mut Side> {
        if self.challenger.player == *player {
            return Ok(&mut self.challenger);
        }
        ensure_permission!(self.opponent.player == *player, "only who fights may do this");
        Ok(&mut self.opponent)
    }

    fn committed(&self) -> u8 {
        self.sides().iter().filter(|side| side.commitment.is_some()).count() as u8
    }

    fn revealed(&self) -> u8 {
        self.sides().iter().filter(|side| side.reveal.is_some()).count() as u8
    }

    fn phase(&self, battle_id: BattleId) -> PhaseReceipt {
        let (committed, revealed) = (self.committed(), self.revealed());
        PhaseReceipt { battle_id, committed, revealed, deadline: self.deadline }
    }
}

pub fn of(game: &Game, id: BattleId) -> Result<Battle> {
    game.battles.get(id.0).ok_or(ContractError::StateError("no such battle"))
}

/// A battle that is not over, and in which the caller fights.
fn running(game: &Game, ctx: Context, id: BattleId) -> Result<Battle> {
    let mut battle = of(game, id)?;
    battle.side(&ctx.sender())?;
    let over = battle.result.is_some() && cfg!(not(planted = "paid-twice"));
    ensure_state!(!over, "the battle is over");
    Ok(battle)
}

pub fn start(game: &mut Game, ctx: Context, opponent_id: PlayerId) -> Result<BattleStartReceipt> {
    let player_id = ctx.sender();
    let now = ctx.block_timestamp();
    let rules = rules::of(game);
    ensure_validation!(player_id != opponent_id, "nobody fights themselves");
    let mut player = player::of(game, &player_id)?;
    let mut opponent = player::of(game, &opponent_id)?;
    ensure_state!(opponent.open, "the opponent is not open to challenges");
    ensure_state!(player.battle.is_none(), "the player is in a battle");
    ensure_state!(opponent.battle.is_none(), "the opponent is in a battle");
    player::spend_energy(&mut player, &rules, now, rules.battle_energy)?;
    let challenger_side = side(game, &rules, now, player_id, &player)?;
    let opponent_side = side(game, &rules, now, opponent_id, &opponent)?;
    let deadline = now.plus(rules.commit_window)?;
    let battle_id = BattleId(game.battles.push(&Battle {
        challenger: challenger_side,
        opponent: opponent_side,
        rounds: rules.rounds,
        start_time: now,
        deadline,
        result: None,
    }));
    player.battle = Some(battle_id);
    opponent.battle = Some(battle_id);
    game.players.set(&player_id, &player);
    game.players.set(&opponent_id, &opponent);
    BattleStarted { battle: battle_id, challenger: player_id, opponent: opponent_id, deadline }
        .emit();
    Ok(BattleStartReceipt { battle_id, player_id, opponent_id, start_time: now, deadline })
}

fn side(
    game: &Game,
    rules: &Rules,
    now: u64,
    id: PlayerId,
    player: &Player,
) -> Result<Side> {
    let fighter = player.fighter(game, rules, now);
    ensure_resources!(
        fighter.health >= fighter.max_health / 4,
        "who fights needs a quarter of their health"
    );
    Ok(Side { player: id, fighter, commitment: None, reveal: None })
}

pub fn commit(
    game: &mut Game,
    ctx: Context,
    id: BattleId,
    commitment: Hash,
) -> Result<PhaseReceipt> {
    let now = ctx.block_timestamp();
    let mut battle = running(game, ctx, id)?;
    let deadline = battle.deadline;
    let side = battle.side(&ctx.sender())?;
    ensure_state!(side.commitment.is_none(), "the actions are committed already");
    ensure_in_time!(now <= deadline, "the time to commit is over");
    ensure_validation!(commitment != Hash::ZERO, "no commitment is given");
    side.commitment = Some(commitment);
    if battle.committed() == 2 {
        battle.deadline = now.plus(rules::of(game).reveal_window)?;
    }
    game.battles.set(id.0, &battle);
    ActionsCommitted { battle: id, player: ctx.sender(), commitment }.emit();
    Ok(battle.phase(id))
}

pub fn reveal(
    game: &mut Game,
    ctx: Context,
    id: BattleId,
    actions: Vec<Action>,
    salt: Hash,
) -> Result<PhaseReceipt> {
    let player = ctx.sender();
    let mut battle = running(game, ctx, id)?;
    ensure_state!(battle.committed() == 2, "both sides commit before either reveals");
    ensure_in_time!(
        ctx.block_timestamp() <= battle.deadline || cfg!(planted = "late-reveal"),
        "the time to reveal is over"
    );
    ensure_validation!(
        actions.len() == battle.rounds.into(),
        "there is one action for each round"
    );
    let side = battle.side(&player)?;
    ensure_state!(side.reveal.is_none(), "the actions are revealed already");
    ensure_validation!(
        side.commitment == Some(commitment(ctx, id, &player, &actions, &salt))
            || cfg!(planted = "any-actions"),
        "these are not the actions that were committed"
    );
    side.reveal = Some(Reveal { actions, salt });
    game.battles.set(id.0, &battle);
    ActionsRevealed { battle: id, player }.emit();
    Ok(battle.phase(id))
}

/// Ends a battle in which both have revealed, or whose deadline has passed.
pub fn end(game: &mut Game, ctx: Context, id: BattleId) -> Result<BattleReceipt> {
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
    let mut players = [
        player::of(game, &battle.challenger.player)?,
        player::of(game, &battle.opponent.player)?,
    ];
    let winner = battle.sides().iter().position(|side| Some(side.player) == result.winner);
    settle(game, &battle, &result, &mut players, now);
    if let Some(winner) = winner {
        result.rewards = reward(game, ctx, id, &battle, &result, winner, &mut players)?;
    }
    for (side, player) in battle.sides().iter().zip(&players) {
        game.players.set(&side.player, player);
    }
    let receipt = BattleReceipt {
        battle_id: id,
        winner: result.winner,
        ending: result.ending,
        rewards: result.rewards.clone(),
        experience_gained: result.rewards.experience,
        duration: now - battle.start_time,
    };
    battle.result = Some(result);
    game.battles.set(id.0, &battle);
    let BattleReceipt { winner, ending, ref rewards, .. } = receipt;
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
fn settle(game: &Game, battle: &Battle, result: &BattleResult, players: &mut [Player; 2], now: u64) {
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
