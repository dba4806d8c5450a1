//! Each kind of state against what Rust has of its kind.

mod random;

use random::Random;
use std::collections::{BTreeMap, BTreeSet};
use xwasm::mock::{MockContext, MockStorage};
use xwasm::prelude::*;

#[test]
fn an_indexed_map_is_a_map() {
    MockContext::new();
    let storage = MockStorage::new();
    let mut map = IndexedMap::<String, u64>::new("map");
    let mut model = BTreeMap::new();
    let mut random = Random::new(1);
    for _ in 0..5_000 {
        let key = random.below(40).to_string();
        match random.below(4) {
            0 => assert_eq!(map.remove(&key), model.remove(&key).is_some()),
            1 => {
                let changed = map.change(&key, "no", |value| {
                    *value += 1;
                    Ok(())
                });
                assert_eq!(changed.is_ok(), model.contains_key(&key));
                model.entry(key).and_modify(|value| *value += 1);
            }
            _ => {
                let value = random.next() >> 1;
                map.set(&key, &value);
                model.insert(key, value);
            }
        }
        assert_eq!(map.len() as usize, model.len());
    }
    assert_eq!(map.iter().collect::<BTreeMap<_, _>>(), model);
    assert_eq!(map.keys().collect::<BTreeSet<_>>().len(), model.len());
    assert_eq!(map.page(3, 5).len(), 5.min(model.len() - 3));
    assert!(map.page(1_000, 5).is_empty());
    for key in map.keys().collect::<Vec<_>>() {
        assert!(map.remove(&key));
        assert!(map.get(&key).is_none());
    }
    assert_eq!(storage.len(), 1, "the count alone is left");
}

#[test]
fn a_list_is_a_list() {
    MockContext::new();
    let mut list = List::<u32>::new("list");
    let mut model = Vec::new();
    let mut random = Random::new(2);
    for round in 0..2_000 {
        match random.below(5) {
            0 => assert_eq!(list.pop(), model.pop()),
            1 if !model.is_empty() => {
                let place = random.below(model.len() as u64);
                let removed = model.swap_remove(place as usize);
                assert_eq!(list.swap_remove(place as u32), Some(removed));
            }
            2 => {
                let place = random.below(20) as usize;
                assert_eq!(list.set(place as u32, &round), place < model.len());
                if let Some(value) = model.get_mut(place) {
                    *value = round;
                }
            }
            _ => {
                assert_eq!(list.push(&round) as usize, model.len());
                model.push(round);
            }
        }
        assert_eq!(list.last(), model.last().copied());
    }
    assert_eq!(list.iter().collect::<Vec<_>>(), model);
    assert_eq!(list.swap_remove(model.len() as u32), None);
}

#[test]
fn a_set_holds_a_key_once() {
    MockContext::new();
    let mut set = Set::<Address>::new("set");
    let (alice, bob) = (Address::from("alice"), Address::from("bob"));

    assert!(set.insert(&alice));
    assert!(!set.insert(&alice));
    assert!(set.insert(&bob));
    assert!(set.remove(&alice));
    assert!(!set.remove(&alice));

    assert_eq!(set.iter().collect::<Vec<_>>(), [bob]);
    assert!(set.contains(&bob) && !set.contains(&alice));
}

#[test]
fn a_set_gives_pages_of_its_keys() {
    MockContext::new();
    let mut set = Set::<u32>::new("set");
    for key in 0..10 {
        set.insert(&(100 + key));
    }

    assert_eq!(set.page(0, 3), [100, 101, 102]);
    assert_eq!(set.page(8, 3), [108, 109]);
    assert_eq!(set.page(9, u32::MAX), [109]);
    assert!(set.page(10, 1).is_empty() && set.page(3, 0).is_empty());

    set.remove(&101);
    let mut all: Vec<_> = (0..4).flat_map(|page| set.page(page * 3, 3)).collect();
    assert_eq!(all[1], 109, "the last one takes the place");
    all.sort_unstable();
    assert_eq!(all, [100, 102, 103, 104, 105, 106, 107, 108, 109]);
}

#[test]
fn kinds_with_names_that_begin_alike_do_not_meet() {
    MockContext::new();
    let storage = MockStorage::new();
    let mut short = Map::<String, u8>::new("a");
    let mut long = Map::<String, u8>::new("ab");
    let mut value = Value::<u8>::new("a");
    let mut list = List::<u8>::new("a");

    short.set("b", &1);
    long.set("", &2);
    value.set(&3);
    list.push(&4);

    assert_eq!(short.get("b"), Some(1));
    assert_eq!(long.get(""), Some(2));
    assert_eq!(value.get(), Some(3));
    assert_eq!(list.get(0), Some(4));
    assert_eq!(storage.len(), 5);
}

#[test]
fn a_value_longer_than_usual_comes_back_whole() {
    MockContext::new();
    let mut value = Value::<Vec<u8>>::new("long");
    let long: Vec<u8> = (0..100_000u32).map(|i| i as u8).collect();

    value.set(&long);

    assert_eq!(value.get(), Some(long));
}
