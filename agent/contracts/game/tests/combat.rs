//! Fights by number.

use game::battle::Action::{self, Focus, Guard, Special, Strike};
use game::combat::{fight, Corner, Fight, Fighter};
use game::player::CharacterClass::{self, Cleric, Mage, Ranger, Warrior};

fn fighter(class: CharacterClass, attack: u32, defense: u32, health: u32) -> Fighter {
    Fighter { class, level: 1, attack, defense, max_health: health, health }
}

fn fought(a: &Fighter, ours: &[Action], b: &Fighter, theirs: &[Action]) -> (u32, u32) {
    let Fight { challenger_health, opponent_health, .. } = fight(a, ours, b, theirs);
    (challenger_health, opponent_health)
}

#[test]
fn a_strike_is_softened_by_half_the_defense_and_halved_by_a_guard() {
    let a = fighter(Warrior, 16, 11, 100);
    let b = fighter(Warrior, 15, 6, 100);

    assert_eq!(fought(&a, &[Strike], &b, &[Strike]), (100 - (15 - 5), 100 - (16 - 3)));
    assert_eq!(fought(&a, &[Strike], &b, &[Guard]), (100, 100 - 13 / 2));
}

#[test]
fn a_weak_strike_still_takes_a_point_but_not_through_a_guard() {
    let a = fighter(Warrior, 3, 0, 100);
    let b = fighter(Warrior, 3, 50, 100);

    assert_eq!(fought(&a, &[Strike], &b, &[Focus]).1, 99);
    assert_eq!(fought(&a, &[Strike], &b, &[Guard]).1, 100);
}

#[test]
fn a_special_needs_three_focus() {
    let a = fighter(Warrior, 10, 0, 100);
    let b = fighter(Warrior, 10, 0, 100);

    assert_eq!(fought(&a, &[Special], &b, &[Focus]).1, 100);
    assert_eq!(fought(&a, &[Focus, Special], &b, &[Focus, Focus]).1, 100);
    assert_eq!(fought(&a, &[Focus, Guard, Special], &b, &[Focus; 3]).1, 80);
    // Six focus is the most: two specials, and the third fails.
    let ours = [Focus, Focus, Focus, Focus, Special, Special, Special];
    assert_eq!(fought(&a, &ours, &b, &[Focus; 7]).1, 60);
}

#[test]
fn each_class_has_its_own_special() {
    let target = fighter(Warrior, 10, 20, 100);
    let ready = [Focus, Focus, Special];

    let mage = fighter(Mage, 20, 0, 100);
    assert_eq!(fought(&mage, &ready, &target, &[Focus, Focus, Guard]).1, 70);

    let mut cleric = fighter(Cleric, 30, 0, 100);
    cleric.health = 50;
    assert_eq!(fought(&cleric, &ready, &target, &[Focus; 3]), (75, 95));

    let ranger = fighter(Ranger, 80, 0, 100);
    let struck = [Focus, Focus, Strike];
    assert_eq!(fought(&ranger, &ready, &target, &struck), (100, 0));
    let warrior = fighter(Warrior, 80, 0, 100);
    assert_eq!(fought(&warrior, &ready, &target, &struck), (90, 0));
}

#[test]
fn healing_stops_at_full_health() {
    let cleric = fighter(Cleric, 10, 0, 100);
    let other = fighter(Warrior, 10, 0, 100);

    assert_eq!(fought(&cleric, &[Focus, Focus, Special], &other, &[Focus; 3]).0, 100);
}

#[test]
fn a_fight_ends_when_somebody_falls() {
    let strong = fighter(Warrior, 60, 0, 100);
    let weak = fighter(Warrior, 1, 0, 100);

    let ended = fight(&strong, &[Strike; 6], &weak, &[Strike; 6]);

    let wanted = Fight {
        rounds: 2,
        challenger_health: 98,
        opponent_health: 0,
        winner: Some(Corner::Challenger),
    };
    assert_eq!(ended, wanted);
}

#[test]
fn the_greater_part_of_health_wins_and_equal_parts_draw() {
    let a = fighter(Warrior, 10, 0, 100);
    let big = fighter(Warrior, 10, 0, 200);

    // Ten of a hundred are more than ten of two hundred.
    assert_eq!(fight(&a, &[Strike], &big, &[Strike]).winner, Some(Corner::Opponent));
    assert_eq!(fight(&a, &[Strike], &a, &[Strike]).winner, None);
    assert_eq!(fight(&a, &[Strike; 10], &a, &[Strike; 10]).winner, None);
}
