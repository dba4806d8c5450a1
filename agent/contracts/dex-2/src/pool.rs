//! A pool as version 2 stores it, which version 1 cannot read, and the way there and back.

use xwasm::prelude::*;

use crate::Dex;

/// Amounts before names, and what was traded: nothing is where version 1 has it.
#[xwasm::record]
#[derive(Copy)]
pub struct Pool {
    pub reserve_b: u128,
    pub reserve_a: u128,
    pub shares: u128,
    pub trades: u64,
    pub volume_a: u128,
    pub volume_b: u128,
    pub token_b: Address,
    pub token_a: Address,
}

impl Pool {
    pub fn new(token_a: Address, token_b: Address) -> Pool {
        Pool {
            reserve_b: 0,
            reserve_a: 0,
            shares: 0,
            trades: 0,
            volume_a: 0,
            volume_b: 0,
            token_b,
            token_a,
        }
    }

    pub fn traded(&mut self, input_token: &Address, input_amount: u128) {
        self.trades += 1;
        if *input_token == self.token_a {
            self.volume_a = self.volume_a.saturating_add(input_amount);
        } else {
            self.volume_b = self.volume_b.saturating_add(input_amount);
        }
    }
}

/// As version 1 has it; the same bytes as its `Pool`.
#[cfg(not(feature = "unmigrated"))]
#[xwasm::record]
pub struct FirstPool {
    pub token_a: Address,
    pub token_b: Address,
    pub reserve_a: u128,
    pub reserve_b: u128,
    pub shares: u128,
}

#[cfg(not(feature = "unmigrated"))]
const FIRST_POOLS: Map<String, FirstPool> = Map::new("pool");

#[cfg(not(feature = "unmigrated"))]
impl Dex {
    pub(crate) fn to_this_version(&mut self) -> Result<()> {
        for name in self.pool_names.iter() {
            if let Some(first) = FIRST_POOLS.get(&name) {
                let mut pool = Pool::new(first.token_a, first.token_b);
                pool.reserve_a = first.reserve_a;
                pool.reserve_b = first.reserve_b;
                pool.shares = first.shares;
                self.pools.set(&name, &pool);
            }
        }
        Ok(())
    }

    pub(crate) fn to_first_version(&mut self) -> Result<()> {
        let mut first_pools = FIRST_POOLS;
        for name in self.pool_names.iter() {
            if let Some(pool) = self.pools.get(&name) {
                let Pool { token_a, token_b, reserve_a, reserve_b, shares, .. } = pool;
                first_pools.set(&name, &FirstPool { token_a, token_b, reserve_a, reserve_b, shares });
            }
        }
        Ok(())
    }
}

/// For tests: an upgrade whose author forgot the state.
#[cfg(feature = "unmigrated")]
impl Dex {
    pub(crate) fn to_this_version(&mut self) -> Result<()> {
        Ok(())
    }

    pub(crate) fn to_first_version(&mut self) -> Result<()> {
        Ok(())
    }
}
