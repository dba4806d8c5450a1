//! A fight: from two fighters and their actions alone, so that the same actions always end alike.

use crate::battle::Action;
use crate::player::CharacterClass;

/// What a player takes into a battle; nothing that happens outside changes it.
#[xwasm::record]
#[derive(Copy)]
pub struct Fighter {
    pub class: CharacterClass,
    pub level: u32,
    pub attack: u32,
    pub defense: u32,
    pub max_health: u32,
    pub health: u32,
}

/// How a fight went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fight {
    /// Fewer than the actions when somebody fell.
    pub rounds: u8,
    pub challenger_health: u32,
    pub opponent_health: u32,
    pub winner: Option<Corner>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    Challenger,
    Opponent,
}

const MOST_FOCUS: u32 = 6;
const SPECIAL_FOCUS: u32 = 3;

/// One side during a fight.
struct Standing<'a> {
    fighter: &'a Fighter,
    health: u32,
    focus: u32,
}

/// What one action does.
#[derive(Default)]
struct Blow {
    damage: u32,
    healing: u32,
    /// Lands before the other side's.
    first: bool,
}

impl Standing<'_> {
    fn new(fighter: &Fighter) -> Standing {
        Standing { fighter, health: fighter.health, focus: 0 }
    }

    fn gain_focus(&mut self, points: u32) {
        self.focus = (self.focus + points).min(MOST_FOCUS);
    }

    fn act(&mut self, action: Action, target: &Fighter, guarded: bool) -> Blow {
        match action {
            Action::Guard => self.gain_focus(1),
            Action::Focus => self.gain_focus(2),
            Action::Strike => {
                let damage = softened(self.fighter.attack, target.defense, guarded);
                return Blow { damage, ..Blow::default() };
            }
            // Without the focus it needs, it fails.
            Action::Special if self.focus < SPECIAL_FOCUS => {}
            Action::Special => {
                self.focus -= SPECIAL_FOCUS;
                return special(self.fighter, target, guarded);
            }
        }
        Blow::default()
    }

    fn heal(&mut self, points: u32) {
        let most = if cfg!(planted = "over-healed") { u32::MAX } else { self.fighter.max_health };
        self.health = (self.health + points).min(most);
    }

    fn suffer(&mut self, damage: u32) {
        self.health = self.health.saturating_sub(damage);
    }
}

/// A warrior hits twice as hard, a mage through defense and guard, a ranger before the other side
/// can act, a cleric half as hard and heals a quarter.
fn special(fighter: &Fighter, target: &Fighter, guarded: bool) -> Blow {
    let (attack, defense) = (fighter.attack, target.defense);
    match fighter.class {
        CharacterClass::Warrior => {
            Blow { damage: softened(attack * 2, defense, guarded), ..Blow::default() }
        }
        CharacterClass::Mage => Blow { damage: attack * 3 / 2, ..Blow::default() },
        CharacterClass::Ranger => Blow {
            damage: softened(attack * 3 / 2, defense, guarded),
            first: true,
            ..Blow::default()
        },
        CharacterClass::Cleric => Blow {
            damage: softened(attack / 2, defense, guarded),
            healing: fighter.max_health / 4,
            ..Blow::default()
        },
    }
}

/// Half the defense is taken off, but not the last point; a guard halves the rest, rounded down.
fn softened(power: u32, defense: u32, guarded: bool) -> u32 {
    let damage = power.saturating_sub(defense / 2).max(1);
    if guarded {
        damage / 2
    } else {
        damage
    }
}

/// Plays the rounds until somebody falls or the actions end. Whoever stands alone wins; if both
/// stand, the one with the greater part of their health; otherwise nobody.
pub fn fight(
    challenger: &Fighter,
    challenger_actions: &[Action],
    opponent: &Fighter,
    opponent_actions: &[Action],
) -> Fight {
    let mut a = Standing::new(challenger);
    let mut b = Standing::new(opponent);
    let mut rounds = 0;
    for (&ours, &theirs) in challenger_actions.iter().zip(opponent_actions) {
        rounds += 1;
        round(&mut a, ours, &mut b, theirs);
        if a.health == 0 || b.health == 0 {
            break;
        }
    }
    let part_a = u64::from(a.health) * u64::from(opponent.max_health);
    let part_b = u64::from(b.health) * u64::from(challenger.max_health);
    let winner = match part_a.cmp(&part_b) {
        core::cmp::Ordering::Greater => Some(Corner::Challenger),
        core::cmp::Ordering::Less => Some(Corner::Opponent),
        core::cmp::Ordering::Equal => None,
    };
    Fight { rounds, challenger_health: a.health, opponent_health: b.health, winner }
}

fn round(a: &mut Standing, ours: Action, b: &mut Standing, theirs: Action) {
    let our_blow = a.act(ours, b.fighter, theirs == Action::Guard);
    let their_blow = b.act(theirs, a.fighter, ours == Action::Guard);
    if our_blow.first == their_blow.first {
        a.heal(our_blow.healing);
        b.heal(their_blow.healing);
        a.suffer(their_blow.damage);
        b.suffer(our_blow.damage);
    } else if our_blow.first {
        in_turn(a, &our_blow, b, &their_blow);
    } else {
        in_turn(b, &their_blow, a, &our_blow);
    }
}

/// Whoever falls by the first blow does not act any more.
fn in_turn(first: &mut Standing, blow: &Blow, second: &mut Standing, answer: &Blow) {
    first.heal(blow.healing);
    second.suffer(blow.damage);
    if second.health > 0 {
        second.heal(answer.healing);
        first.suffer(answer.damage);
    }
}
