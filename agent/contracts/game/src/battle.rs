//! Battles: both sides commit to their actions, then both reveal them, then either side ends it
//! (`ending.rs`).

use xwasm::prelude::*;

use crate::combat::Fighter;
use crate::events::{ActionsCommitted, ActionsRevealed, BattleStarted};
use crate::item::ItemId;
use crate::player::{self, Player, PlayerId};
use crate::rules::{self, Rules};
use crate::Game;

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
pub struct BattleResultReceipt {
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
    pub fn sides(&self) -> [&Side; 2] {
        [&self.challenger, &self.opponent]
    }

    pub fn side(&mut self, player: &PlayerId) -> Result<&mut Side> {
        if self.challenger.player == *player {
            return Ok(&mut self.challenger);
        }
        ensure_permission!(self.opponent.player == *player, "only who fights may do this");
        Ok(&mut self.opponent)
    }

    pub fn committed(&self) -> u8 {
        self.sides().iter().filter(|side| side.commitment.is_some()).count() as u8
    }

    pub fn revealed(&self) -> u8 {
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
pub fn running(game: &Game, ctx: Context, id: BattleId) -> Result<Battle> {
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

fn side(game: &Game, rules: &Rules, now: u64, id: PlayerId, player: &Player) -> Result<Side> {
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
    ensure_validation!(actions.len() == battle.rounds.into(), "there is one action for each round");
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
