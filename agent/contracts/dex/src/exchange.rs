//! What every version of the exchange does alike: constant-product pools, fees, positions.
//!
//! How a pool is stored is the version's own affair (`pool.rs`). Amounts are rounded in the pool's
//! favour. The first provider's shares are the square root of the product of the amounts, and none
//! are locked: all liquidity can be taken out again. Tokens are trusted to move what they were asked
//! to move; reserves are counted here and cannot be changed by sending tokens.

use xwasm::math;
use xwasm::prelude::*;

use crate::pool::Pool;
use crate::Dex;

const DEFAULT_FEE: u16 = 3;
const HIGHEST_FEE: u16 = 100;
const WHOLE: u128 = 1000;
const LONGEST_NAME: usize = 64;
const MILLION: u128 = 1_000_000;

/// What one account has traded, over all pools.
#[xwasm::record]
#[derive(Copy, Default)]
pub struct Trader {
    pub trades: u64,
    pub volume: u128,
}

#[xwasm::record]
pub struct LiquidityReceipt {
    pub pool: String,
    pub liquidity_amount: u128,
    pub amount_a: u128,
    pub amount_b: u128,
    pub timestamp: u64,
}

#[xwasm::record]
pub struct Withdrawal {
    pub amount_a: u128,
    pub amount_b: u128,
    pub liquidity_removed: u128,
}

#[xwasm::record]
pub struct Position {
    pub liquidity_amount: u128,
    pub amount_a: u128,
    pub amount_b: u128,
}

#[xwasm::event]
pub struct PoolCreated {
    pub pool: String,
    pub token_a: Address,
    pub token_b: Address,
}

#[xwasm::event]
pub struct LiquidityAdded {
    pub pool: String,
    pub provider: Address,
    pub amount_a: u128,
    pub amount_b: u128,
    pub shares: u128,
}

#[xwasm::event]
pub struct LiquidityRemoved {
    pub pool: String,
    pub provider: Address,
    pub amount_a: u128,
    pub amount_b: u128,
    pub shares: u128,
}

#[xwasm::event]
pub struct Swap {
    pub pool: String,
    pub trader: Address,
    pub input_token: Address,
    pub input_amount: u128,
    pub output_amount: u128,
}

#[xwasm::event]
pub struct FeeChanged {
    pub fee_per_mille: u16,
}

#[xwasm::interface]
pub trait Token {
    fn transfer(&self, to: Address, amount: u128) -> Result<()>;
    fn transfer_from(&self, from: Address, to: Address, amount: u128) -> Result<()>;
}

/// What a swap comes to, before anything has moved.
pub struct Terms {
    pub output_amount: u128,
    pub fees: u128,
    pub price_impact: u32,
}

impl Dex {
    pub(crate) fn set_up(&mut self, owner: Address, fee_per_mille: Option<u16>) -> Result<()> {
        ensure_state!(!self.owner.exists(), "the exchange is set up already");
        let fee = fee_per_mille.unwrap_or(DEFAULT_FEE);
        ensure_validation!(fee <= HIGHEST_FEE, "the fee is at most 100 per mille");
        self.owner.set(&owner);
        self.fee.set(&fee);
        Ok(())
    }

    pub(crate) fn fee(&self) -> u16 {
        self.fee.get_or(DEFAULT_FEE)
    }

    pub(crate) fn change_fee(&mut self, fee_per_mille: u16) -> Result<()> {
        ensure_validation!(fee_per_mille <= HIGHEST_FEE, "the fee is at most 100 per mille");
        self.fee.set(&fee_per_mille);
        FeeChanged { fee_per_mille }.emit();
        Ok(())
    }

    pub(crate) fn open_pool(
        &mut self,
        ctx: Context,
        pool: String,
        token_a: Address,
        token_b: Address,
    ) -> Result<()> {
        ensure_validation!(
            !pool.is_empty() && pool.len() <= LONGEST_NAME,
            "a pool's name has 1 to 64 bytes"
        );
        ensure_validation!(token_a != token_b, "a pool needs two tokens");
        ensure_validation!(
            ctx.is_contract(&token_a) && ctx.is_contract(&token_b),
            "a token is a contract"
        );
        ensure_state!(!self.pools.contains(&pool), "the pool exists");
        self.pool_names.push(&pool);
        self.pools.set(&pool, &Pool::new(token_a, token_b));
        PoolCreated { pool, token_a, token_b }.emit();
        Ok(())
    }

    pub(crate) fn pool_of(&self, name: &String) -> Result<Pool> {
        self.pools.require(name, "no such pool")
    }

    /// Takes at most these amounts, in the pool's own proportion.
    pub(crate) fn add(
        &mut self,
        ctx: Context,
        name: String,
        most_a: u128,
        most_b: u128,
    ) -> Result<LiquidityReceipt> {
        ensure_validation!(most_a > 0 && most_b > 0, "amounts must be positive");
        let mut pool = self.pool_of(&name)?;
        let provider = ctx.sender();
        let (shares, amount_a, amount_b) = shares_for(&pool, most_a, most_b)?;
        ensure_validation!(shares > 0, "too little for one share");
        pool.reserve_a = pool.reserve_a.plus(amount_a)?;
        pool.reserve_b = pool.reserve_b.plus(amount_b)?;
        pool.shares = pool.shares.plus(shares)?;
        self.pools.set(&name, &pool);
        let position = (name.clone(), provider);
        self.shares.update(&position, |held| *held += shares);
        collect(ctx, pool.token_a, provider, amount_a)?;
        collect(ctx, pool.token_b, provider, amount_b)?;
        LiquidityAdded { pool: name.clone(), provider, amount_a, amount_b, shares }.emit();
        Ok(LiquidityReceipt {
            pool: name,
            liquidity_amount: shares,
            amount_a,
            amount_b,
            timestamp: ctx.block_timestamp(),
        })
    }

    pub(crate) fn remove(
        &mut self,
        ctx: Context,
        name: String,
        shares: u128,
    ) -> Result<Withdrawal> {
        ensure_validation!(shares > 0, "amounts must be positive");
        let mut pool = self.pool_of(&name)?;
        let provider = ctx.sender();
        let position = (name.clone(), provider);
        let held = self.shares.get_or(&position, 0);
        ensure_resources!(held >= shares, "position too small");
        let amount_a = shares.mul_div(pool.reserve_a, pool.shares)?;
        let amount_b = shares.mul_div(pool.reserve_b, pool.shares)?;
        pool.reserve_a -= amount_a;
        pool.reserve_b -= amount_b;
        pool.shares -= shares;
        self.pools.set(&name, &pool);
        if cfg!(not(planted = "kept-shares")) {
            self.shares.set(&position, &(held - shares));
        }
        Token::at(pool.token_a).transfer(provider, amount_a)?;
        Token::at(pool.token_b).transfer(provider, amount_b)?;
        LiquidityRemoved { pool: name, provider, amount_a, amount_b, shares }.emit();
        Ok(Withdrawal { amount_a, amount_b, liquidity_removed: shares })
    }

    pub(crate) fn position_of(&self, name: String, user: Address) -> Result<Position> {
        let pool = self.pool_of(&name)?;
        let shares = self.shares.get_or(&(name, user), 0);
        if shares == 0 {
            return Ok(Position { liquidity_amount: 0, amount_a: 0, amount_b: 0 });
        }
        Ok(Position {
            liquidity_amount: shares,
            amount_a: shares.mul_div(pool.reserve_a, pool.shares)?,
            amount_b: shares.mul_div(pool.reserve_b, pool.shares)?,
        })
    }

    /// The constant product, with the fee taken from what goes in:
    /// `out = in (1000 - fee) R_out / (1000 R_in + in (1000 - fee))`, rounded down.
    pub(crate) fn terms(
        &self,
        pool: &Pool,
        input_token: &Address,
        input_amount: u128,
    ) -> Result<Terms> {
        ensure_validation!(input_amount > 0, "amounts must be positive");
        let (reserve_in, reserve_out) = reserves(pool, input_token)?;
        ensure_resources!(reserve_in > 0 && reserve_out > 0, "the pool is empty");
        let fee = self.fee() as u128;
        let effective = input_amount.times(WHOLE - fee)?;
        let divisor = reserve_in.times(WHOLE)?.plus(effective)?;
        let output_amount = if cfg!(planted = "output-rounds-up") {
            effective.mul_div_up(reserve_out, divisor)?
        } else {
            effective.mul_div(reserve_out, divisor)?
        };
        let at_spot_price = input_amount.mul_div(reserve_out, reserve_in)?;
        let price_impact = if at_spot_price == 0 {
            0
        } else {
            (at_spot_price - output_amount).mul_div(MILLION, at_spot_price)? as u32
        };
        Ok(Terms { output_amount, fees: input_amount.mul_div(fee, WHOLE)?, price_impact })
    }

    /// Trades, and returns the pool as it is afterwards.
    pub(crate) fn trade(
        &mut self,
        ctx: Context,
        name: String,
        input_token: Address,
        input_amount: u128,
        min_output_amount: u128,
    ) -> Result<(Terms, Pool)> {
        let mut pool = self.pool_of(&name)?;
        let terms = self.terms(&pool, &input_token, input_amount)?;
        ensure_validation!(terms.output_amount > 0, "the output would be nothing");
        ensure_validation!(
            terms.output_amount >= min_output_amount,
            "output amount is below the minimum"
        );
        let trader = ctx.sender();
        let output_amount = terms.output_amount;
        let output_token = if input_token == pool.token_a {
            pool.reserve_a = pool.reserve_a.plus(input_amount)?;
            pool.reserve_b -= output_amount;
            pool.token_b
        } else {
            pool.reserve_b = pool.reserve_b.plus(input_amount)?;
            pool.reserve_a -= output_amount;
            pool.token_a
        };
        pool.traded(&input_token, input_amount);
        self.pools.set(&name, &pool);
        self.traders.update(&trader, |so_far| {
            so_far.trades += 1;
            so_far.volume = so_far.volume.saturating_add(input_amount);
        });
        let taken = if cfg!(planted = "fee-forgiven") { terms.fees } else { 0 };
        collect(ctx, input_token, trader, input_amount - taken)?;
        Token::at(output_token).transfer(trader, output_amount)?;
        Swap { pool: name, trader, input_token, input_amount, output_amount }.emit();
        Ok((terms, pool))
    }
}

fn shares_for(pool: &Pool, most_a: u128, most_b: u128) -> Result<(u128, u128, u128)> {
    if pool.shares == 0 {
        return Ok((math::sqrt_of_product(most_a, most_b), most_a, most_b));
    }
    let by_a = most_a.mul_div(pool.shares, pool.reserve_a)?;
    let by_b = most_b.mul_div(pool.shares, pool.reserve_b)?;
    let shares = if cfg!(planted = "greater-part") { by_a.max(by_b) } else { by_a.min(by_b) };
    if cfg!(planted = "greater-part") {
        return Ok((shares, most_a, most_b));
    }
    if cfg!(planted = "price-rounds-down") {
        let amount_a = shares.mul_div(pool.reserve_a, pool.shares)?;
        return Ok((shares, amount_a, shares.mul_div(pool.reserve_b, pool.shares)?));
    }
    let amount_a = shares.mul_div_up(pool.reserve_a, pool.shares)?;
    let amount_b = shares.mul_div_up(pool.reserve_b, pool.shares)?;
    Ok((shares, amount_a, amount_b))
}

/// What goes in, then what comes out.
fn reserves(pool: &Pool, input_token: &Address) -> Result<(u128, u128)> {
    if *input_token == pool.token_a {
        Ok((pool.reserve_a, pool.reserve_b))
    } else if *input_token == pool.token_b {
        Ok((pool.reserve_b, pool.reserve_a))
    } else {
        Err(ContractError::ValidationError("the pool does not hold this token"))
    }
}

fn collect(ctx: Context, token: Address, from: Address, amount: u128) -> Result<()> {
    Token::at(token).transfer_from(from, ctx.self_address(), amount)
}
