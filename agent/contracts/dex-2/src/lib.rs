//! The exchange, version 2: pools also count what is traded in them, and are stored in another form.
#![no_std]

#[path = "../../dex/src/exchange.rs"]
mod exchange;
#[path = "../../dex/src/interface.rs"]
mod interface;
mod pool;

use exchange::{FeeChanged, LiquidityAdded, LiquidityRemoved, PoolCreated, Swap, Terms};
use xwasm::prelude::*;

pub use exchange::{LiquidityReceipt, Position, Trader, Withdrawal};
pub use pool::Pool;

/// `price_impact` is how far below the price before the swap it was, in millionths, fee included;
/// `fees` is in the input token and stays in the pool.
#[xwasm::record]
pub struct SwapResult {
    pub input_amount: u128,
    pub output_amount: u128,
    pub fees: u128,
    pub price_impact: u32,
    pub reserve_a: u128,
    pub reserve_b: u128,
    pub trade: u64,
}

#[xwasm::record]
pub struct PoolState {
    pub pool: String,
    pub token_a: Address,
    pub token_b: Address,
    pub reserve_a: u128,
    pub reserve_b: u128,
    pub total_liquidity: u128,
    pub trades: u64,
    pub volume_a: u128,
    pub volume_b: u128,
}

impl SwapResult {
    fn of(input_amount: u128, terms: &Terms, pool: &Pool) -> SwapResult {
        SwapResult {
            input_amount,
            output_amount: terms.output_amount,
            fees: terms.fees,
            price_impact: terms.price_impact,
            reserve_a: pool.reserve_a,
            reserve_b: pool.reserve_b,
            trade: pool.trades,
        }
    }
}

impl PoolState {
    fn of(pool: String, found: &Pool) -> PoolState {
        PoolState {
            pool,
            token_a: found.token_a,
            token_b: found.token_b,
            reserve_a: found.reserve_a,
            reserve_b: found.reserve_b,
            total_liquidity: found.shares,
            trades: found.trades,
            volume_a: found.volume_a,
            volume_b: found.volume_b,
        }
    }
}

#[xwasm::contract(
    name = "dex",
    schema = 2,
    upgradeable,
    events(PoolCreated, LiquidityAdded, LiquidityRemoved, Swap, FeeChanged),
    errors(
        "STATE: no such pool",
        "STATE: the pool exists",
        "VALIDATION: output amount is below the minimum",
        "VALIDATION: amounts must be positive",
        "RESOURCES: position too small",
        "PERMISSION: only the owner",
        "MATH: the amounts are too large"
    )
)]
pub struct Dex {
    #[state]
    owner: Value<Address>,
    /// Per mille of what goes in.
    #[state]
    fee: Value<u16>,
    #[state(key = "pool")]
    pools: Map<String, Pool>,
    #[state(key = "pool-name")]
    pool_names: List<String>,
    #[state]
    shares: Map<(String, Address), u128>,
    #[state(key = "trader")]
    traders: Map<Address, Trader>,
}

#[xwasm::interface(with(interface))]
impl Dex {
    /// Re-encodes every pool for this version.
    #[migrate(from = 1)]
    pub fn migrate(&mut self) -> Result<()> {
        self.to_this_version()
    }

    /// Re-encodes every pool for version 1; what it cannot hold, trades and volume, is lost.
    #[migrate_back]
    pub fn migrate_back(&mut self) -> Result<()> {
        self.to_first_version()
    }
}
