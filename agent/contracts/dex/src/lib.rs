//! A decentralised exchange, version 1: pools of two tokens with a constant product.
#![no_std]

mod exchange;
mod pool;

use exchange::{FeeChanged, LiquidityAdded, LiquidityRemoved, PoolCreated, Swap};
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
}

#[xwasm::record]
pub struct PoolState {
    pub pool: String,
    pub token_a: Address,
    pub token_b: Address,
    pub reserve_a: u128,
    pub reserve_b: u128,
    pub total_liquidity: u128,
}

#[xwasm::contract(
    schema = 1,
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

#[xwasm::interface]
impl Dex {
    /// The fee is 3 per mille when none is given.
    pub fn init(&mut self, owner: Address, fee_per_mille: Option<u16>) -> Result<()> {
        self.set_up(owner, fee_per_mille)
    }

    pub fn create_pool(
        &mut self,
        ctx: Context,
        pool: String,
        token_a: Address,
        token_b: Address,
    ) -> Result<()> {
        self.open_pool(ctx, pool, token_a, token_b)
    }

    pub fn add_liquidity(
        &mut self,
        ctx: Context,
        pool: String,
        amount_a: u128,
        amount_b: u128,
    ) -> Result<LiquidityReceipt> {
        self.add(ctx, pool, amount_a, amount_b)
    }

    pub fn remove_liquidity(
        &mut self,
        ctx: Context,
        pool: String,
        liquidity_amount: u128,
    ) -> Result<Withdrawal> {
        self.remove(ctx, pool, liquidity_amount)
    }

    pub fn swap(
        &mut self,
        ctx: Context,
        pool: String,
        input_token: Address,
        input_amount: u128,
        min_output_amount: u128,
    ) -> Result<SwapResult> {
        let (terms, _) = self.trade(ctx, pool, input_token, input_amount, min_output_amount)?;
        Ok(SwapResult {
            input_amount,
            output_amount: terms.output_amount,
            fees: terms.fees,
            price_impact: terms.price_impact,
        })
    }

    pub fn quote(
        &self,
        pool: String,
        input_token: Address,
        input_amount: u128,
    ) -> Result<SwapResult> {
        let terms = self.terms(&self.pool_of(&pool)?, &input_token, input_amount)?;
        Ok(SwapResult {
            input_amount,
            output_amount: terms.output_amount,
            fees: terms.fees,
            price_impact: terms.price_impact,
        })
    }

    pub fn pool_state(&self, pool: String) -> Result<PoolState> {
        let found = self.pool_of(&pool)?;
        Ok(PoolState {
            pool,
            token_a: found.token_a,
            token_b: found.token_b,
            reserve_a: found.reserve_a,
            reserve_b: found.reserve_b,
            total_liquidity: found.shares,
        })
    }

    pub fn pools(&self) -> Vec<String> {
        self.pool_names.iter().collect()
    }

    pub fn position(&self, pool: String, user: Address) -> Result<Position> {
        self.position_of(pool, user)
    }

    pub fn trader(&self, user: Address) -> Trader {
        self.traders.get_or_default(&user)
    }

    /// Per mille of what goes in.
    pub fn fee_rate(&self) -> u16 {
        self.fee()
    }

    #[only_owner]
    pub fn set_fee(&mut self, fee_per_mille: u16) -> Result<()> {
        self.change_fee(fee_per_mille)
    }
}
