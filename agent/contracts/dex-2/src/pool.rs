//! A pool as version 2 stores it, which version 1 cannot read, and the way there and back.

#[cfg(not(unmigrated))]
use xwasm::{memory, Map, Text};
use xwasm::{Address, Outcome};

#[cfg(not(unmigrated))]
use crate::exchange::{POOLS, POOL_COUNT, POOL_NAMES, SCHEMA};

pub const SCHEMA_VERSION: u32 = 2;

xwasm::record! {
    /// Amounts before names, and what was traded: nothing is where version 1 has it.
    Pool {
        reserve_b: u128,
        reserve_a: u128,
        shares: u128,
        trades: u64,
        volume_a: u128,
        volume_b: u128,
        token_b: Address,
        token_a: Address,
    }
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

xwasm::record! {
    /// As version 1 has it; the same bytes as its `Pool`.
    FirstPool {
        token_a: Address,
        token_b: Address,
        reserve_a: u128,
        reserve_b: u128,
        shares: u128,
    }
}

#[cfg(not(unmigrated))]
const FIRST_POOLS: Map<Text, FirstPool> = Map::new("pool");

/// Re-encodes every pool for this version. False when that has been done before.
#[cfg(not(unmigrated))]
pub fn migrate() -> Outcome<bool> {
    if SCHEMA.get() == Some(SCHEMA_VERSION) {
        return Ok(false);
    }
    require_schema(1)?;
    for_every_pool(|name| {
        if let Some(old) = FIRST_POOLS.get(&name) {
            let mut pool = Pool::new(old.token_a, old.token_b);
            pool.reserve_a = old.reserve_a;
            pool.reserve_b = old.reserve_b;
            pool.shares = old.shares;
            POOLS.set(&name, &pool);
        }
    });
    SCHEMA.set(&SCHEMA_VERSION);
    Ok(true)
}

/// Re-encodes every pool for version 1; what it cannot hold, trades and volume, is lost.
#[cfg(not(unmigrated))]
pub fn migrate_back() -> Outcome<bool> {
    require_schema(SCHEMA_VERSION)?;
    for_every_pool(|name| {
        if let Some(pool) = POOLS.get(&name) {
            FIRST_POOLS.set(
                &name,
                &FirstPool {
                    token_a: pool.token_a,
                    token_b: pool.token_b,
                    reserve_a: pool.reserve_a,
                    reserve_b: pool.reserve_b,
                    shares: pool.shares,
                },
            );
        }
    });
    SCHEMA.set(&1);
    Ok(true)
}

/// For tests: an upgrade whose author forgot the state.
#[cfg(unmigrated)]
pub fn migrate() -> Outcome<bool> {
    Ok(true)
}

#[cfg(unmigrated)]
pub fn migrate_back() -> Outcome<bool> {
    Ok(true)
}

#[cfg(not(unmigrated))]
fn require_schema(expected: u32) -> Outcome<()> {
    xwasm::ensure_state!(SCHEMA.get() == Some(expected), "the state has another schema");
    Ok(())
}

#[cfg(not(unmigrated))]
fn for_every_pool(convert: impl Fn(Text)) {
    for index in 0..POOL_COUNT.get().unwrap_or(0) {
        let mark = memory::mark();
        if let Some(name) = POOL_NAMES.get(&index) {
            convert(name);
        }
        // Nothing that this round read is used in the next.
        unsafe { memory::release(mark) };
    }
}
