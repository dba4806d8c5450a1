//! ABI.md shows this contract and its interface section: both are what it says.

mod score;

use score::{Medal, Score};
use xwasm::abi::{self, Interface, NativeContract};
use xwasm::prelude::*;
use xwasm::testing::TestRunner;
use xwasm::{borsh, json};

const INTERFACE: Interface = Score::INTERFACE;
const SECTION: [u8; abi::length(&INTERFACE)] = abi::json(&INTERFACE);

const DOCUMENT: &str = include_str!("../../ABI.md");

fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_contract_in_the_document_is_this_one() {
    assert!(DOCUMENT.contains(include_str!("score/mod.rs")));
}

#[test]
fn the_section_in_the_document_is_the_contracts() {
    let section = std::str::from_utf8(&SECTION).unwrap();
    assert!(
        without_spaces(DOCUMENT).contains(&without_spaces(section)),
        "the section is {}",
        section
    );
}

#[test]
fn a_variant_is_its_number_and_its_fields() {
    let gold = borsh::encoded(&Medal::Gold { points: 258 });
    assert_eq!(gold, [1, 2, 1, 0, 0, 0, 0, 0, 0]);
    assert_eq!(borsh::decoded(&gold), Some(Medal::Gold { points: 258 }));
    assert_eq!(borsh::encoded(&Medal::Wood), [0]);
    assert_eq!(borsh::decoded::<Medal>(&[2]), None);
}

#[test]
fn it_scores() {
    let mut runner = TestRunner::new();
    let score = runner.deploy_contract(Score::new());
    runner.execute(score, "score", json!([40]), "alice", 0).unwrap();
    assert_eq!(*runner.execute(score, "score", json!({"points": 60}), "alice", 0).unwrap(), 100);

    let medal = runner.query(score, "medal", json!(["alice"]));
    assert_eq!(medal["Gold"]["points"], 100);
    assert_eq!(runner.query(score, "medal", json!(["bob"])), "Wood");
    let refused = runner.execute(score, "score", json!([0]), "alice", 0);
    assert_eq!(refused.unwrap_err(), "VALIDATION: nothing scored");
}
