//! The exchange's methods, for both versions; each has its own `Pool`, and results that tell of it.

use xwasm::prelude::*;

use crate::{Dex, LiquidityReceipt, PoolState, Position, SwapResult, Trader, Withdrawal};

#[xwasm::interface(part)]
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
        let (terms, pool) = self.trade(ctx, pool, input_token, input_amount, min_output_amount)?;
        Ok(SwapResult::of(input_amount, &terms, &pool))
    }

    /// What the result says of the pool is from before the swap.
    pub fn quote(
        &self,
        pool: String,
        input_token: Address,
        input_amount: u128,
    ) -> Result<SwapResult> {
        let found = self.pool_of(&pool)?;
        let terms = self.terms(&found, &input_token, input_amount)?;
        Ok(SwapResult::of(input_amount, &terms, &found))
    }

    pub fn pool_state(&self, pool: String) -> Result<PoolState> {
        let found = self.pool_of(&pool)?;
        Ok(PoolState::of(pool, &found))
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
