//! What a battle drops. Everything follows from the seed, which neither side knows before both have
//! committed, and neither can change afterwards but by staying silent, which loses.

use xwasm::prelude::*;

use crate::battle::BattleId;
use crate::template::{LootChance, TemplateId};

/// Of the battle's number and both salts, the challenger's first.
pub fn seed(ctx: Context, battle: BattleId, challenger_salt: &Hash, opponent_salt: &Hash) -> Hash {
    ctx.hash_of(&(battle, challenger_salt, opponent_salt))
}

/// The first eight bytes decide whether anything drops, the next eight what.
pub fn drawn(seed: &Hash, per_mille: u16, chances: &[LootChance]) -> Option<TemplateId> {
    let total: u64 = chances.iter().map(|chance| u64::from(chance.weight)).sum();
    if total == 0 || number(&seed.0[..8]) % 1000 >= u64::from(per_mille) {
        return None;
    }
    let mut at = number(&seed.0[8..16]) % total;
    for chance in chances {
        let weight = u64::from(chance.weight);
        if at < weight {
            return Some(chance.template);
        }
        at -= weight;
    }
    None
}

/// Big-endian, as a hash is read.
fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}
