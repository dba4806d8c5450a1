//! What every version of the exchange does alike: constant-product pools, fees, positions.
//!
//! How a pool is stored is the version's own affair (`pool.rs`). Amounts are rounded in the pool's
//! favour. The first provider's shares are the square root of the product of the amounts, and none
//! are locked: all liquidity can be taken out again. Tokens are trusted to move what they were asked
//! to move; reserves are counted here and cannot be changed by sending tokens.

use xwasm::{calls, context, ensure_permission, ensure_resources, ensure_state, ensure_validation};
use xwasm::{math, Address, ContractError, Item, List, Map, Outcome, Text};

use crate::pool::{Pool, SCHEMA_VERSION};

pub const OWNER: Item<Address> = Item::new("owner");
pub const FEE: Item<u16> = Item::new("fee");
pub const SCHEMA: Item<u32> = Item::new("schema");
pub const POOLS: Map<Text, Pool> = Map::new("pool");
pub const POOL_COUNT: Item<u32> = Item::new("pool-count");
pub const POOL_NAMES: Map<u32, Text> = Map::new("pool-name");
const SHARES: Map<(Text, Address), u128> = Map::new("shares");
const TRADERS: Map<Address, Trader> = Map::new("trader");

const DEFAULT_FEE: u16 = 3;
const HIGHEST_FEE: u16 = 100;
const WHOLE: u128 = 1000;
const LONGEST_NAME: usize = 64;
const MILLION: u128 = 1_000_000;

xwasm::record! {
    /// What one account has traded, over all pools.
    Trader { trades: u64, volume: u128 }
}

xwasm::record! {
    LiquidityReceipt {
        pool: Text,
        liquidity_amount: u128,
        amount_a: u128,
        amount_b: u128,
        timestamp: u64,
    }
}

xwasm::record! { Withdrawal { amount_a: u128, amount_b: u128, liquidity_removed: u128 } }

xwasm::record! { Position { liquidity_amount: u128, amount_a: u128, amount_b: u128 } }

xwasm::event! { PoolCreated { pool: Text, token_a: Address, token_b: Address } }

xwasm::event! {
    LiquidityAdded { pool: Text, provider: Address, amount_a: u128, amount_b: u128, shares: u128 }
}

xwasm::event! {
    LiquidityRemoved { pool: Text, provider: Address, amount_a: u128, amount_b: u128, shares: u128 }
}

xwasm::event! {
    Swap {
        pool: Text,
        trader: Address,
        input_token: Address,
        input_amount: u128,
        output_amount: u128,
    }
}

xwasm::event! { FeeChanged { fee_per_mille: u16 } }

/// What a swap comes to, before anything has moved.
pub struct Terms {
    pub output_amount: u128,
    pub fees: u128,
    pub price_impact: u32,
}

pub fn set_up(owner: Address, fee_per_mille: Option<u16>) -> Outcome<()> {
    ensure_state!(OWNER.get().is_none(), "the exchange is set up already");
    let fee = fee_per_mille.unwrap_or(DEFAULT_FEE);
    ensure_validation!(fee <= HIGHEST_FEE, "the fee is at most 100 per mille");
    OWNER.set(&owner);
    FEE.set(&fee);
    SCHEMA.set(&SCHEMA_VERSION);
    Ok(())
}

pub fn fee_rate() -> u16 {
    FEE.get().unwrap_or(DEFAULT_FEE)
}

pub fn set_fee(fee_per_mille: u16) -> Outcome<()> {
    ensure_permission!(OWNER.get() == Some(context::caller()), "only the owner");
    ensure_validation!(fee_per_mille <= HIGHEST_FEE, "the fee is at most 100 per mille");
    FEE.set(&fee_per_mille);
    FeeChanged { fee_per_mille }.emit();
    Ok(())
}

pub fn create_pool(pool: Text, token_a: Address, token_b: Address) -> Outcome<()> {
    ensure_validation!(!pool.is_empty() && pool.len() <= LONGEST_NAME, "a pool's name has 1 to 64 bytes");
    ensure_validation!(token_a != token_b, "a pool needs two tokens");
    ensure_validation!(
        context::is_contract(&token_a) && context::is_contract(&token_b),
        "a token is a contract"
    );
    ensure_state!(POOLS.get(&pool).is_none(), "the pool exists");
    let count = POOL_COUNT.get().unwrap_or(0);
    POOL_NAMES.set(&count, &pool);
    POOL_COUNT.set(&(count + 1));
    POOLS.set(&pool, &Pool::new(token_a, token_b));
    PoolCreated { pool, token_a, token_b }.emit();
    Ok(())
}

pub fn pools() -> List<Text> {
    let mut names = List::new();
    for index in 0..POOL_COUNT.get().unwrap_or(0) {
        names.push(POOL_NAMES.get(&index).unwrap_or(""));
    }
    names
}

pub fn pool_of(name: Text) -> Outcome<Pool> {
    POOLS.get(&name).ok_or(ContractError::StateError("no such pool"))
}

/// Takes at most these amounts, in the pool's own proportion.
pub fn add_liquidity(name: Text, most_a: u128, most_b: u128) -> Outcome<LiquidityReceipt> {
    ensure_validation!(most_a > 0 && most_b > 0, "amounts must be positive");
    let mut pool = pool_of(name)?;
    let provider = context::caller();
    let (shares, amount_a, amount_b) = shares_for(&pool, most_a, most_b)?;
    ensure_validation!(shares > 0, "too little for one share");
    pool.reserve_a = sum(pool.reserve_a, amount_a)?;
    pool.reserve_b = sum(pool.reserve_b, amount_b)?;
    pool.shares = sum(pool.shares, shares)?;
    POOLS.set(&name, &pool);
    let held = SHARES.get(&(name, provider)).unwrap_or(0);
    SHARES.set(&(name, provider), &(held + shares));
    collect(&pool.token_a, provider, amount_a)?;
    collect(&pool.token_b, provider, amount_b)?;
    LiquidityAdded { pool: name, provider, amount_a, amount_b, shares }.emit();
    Ok(LiquidityReceipt {
        pool: name,
        liquidity_amount: shares,
        amount_a,
        amount_b,
        timestamp: context::block_time(),
    })
}

fn shares_for(pool: &Pool, most_a: u128, most_b: u128) -> Outcome<(u128, u128, u128)> {
    if pool.shares == 0 {
        return Ok((math::sqrt_of_product(most_a, most_b), most_a, most_b));
    }
    let by_a = product(most_a, pool.shares, pool.reserve_a)?;
    let by_b = product(most_b, pool.shares, pool.reserve_b)?;
    let shares = if by_a < by_b { by_a } else { by_b };
    let amount_a = rounded_up(shares, pool.reserve_a, pool.shares)?;
    let amount_b = rounded_up(shares, pool.reserve_b, pool.shares)?;
    Ok((shares, amount_a, amount_b))
}

pub fn remove_liquidity(name: Text, shares: u128) -> Outcome<Withdrawal> {
    ensure_validation!(shares > 0, "amounts must be positive");
    let mut pool = pool_of(name)?;
    let provider = context::caller();
    let held = SHARES.get(&(name, provider)).unwrap_or(0);
    ensure_resources!(held >= shares, "position too small");
    let amount_a = product(shares, pool.reserve_a, pool.shares)?;
    let amount_b = product(shares, pool.reserve_b, pool.shares)?;
    pool.reserve_a -= amount_a;
    pool.reserve_b -= amount_b;
    pool.shares -= shares;
    POOLS.set(&name, &pool);
    SHARES.set(&(name, provider), &(held - shares));
    pay_out(&pool.token_a, provider, amount_a)?;
    pay_out(&pool.token_b, provider, amount_b)?;
    LiquidityRemoved { pool: name, provider, amount_a, amount_b, shares }.emit();
    Ok(Withdrawal { amount_a, amount_b, liquidity_removed: shares })
}

pub fn position(name: Text, user: Address) -> Outcome<Position> {
    let pool = pool_of(name)?;
    let shares = SHARES.get(&(name, user)).unwrap_or(0);
    if shares == 0 {
        return Ok(Position { liquidity_amount: 0, amount_a: 0, amount_b: 0 });
    }
    Ok(Position {
        liquidity_amount: shares,
        amount_a: product(shares, pool.reserve_a, pool.shares)?,
        amount_b: product(shares, pool.reserve_b, pool.shares)?,
    })
}

pub fn trader(user: Address) -> Trader {
    TRADERS.get(&user).unwrap_or(Trader { trades: 0, volume: 0 })
}

/// The constant product, with the fee taken from what goes in:
/// `out = in (1000 - fee) R_out / (1000 R_in + in (1000 - fee))`, rounded down.
pub fn terms(pool: &Pool, input_token: &Address, input_amount: u128) -> Outcome<Terms> {
    ensure_validation!(input_amount > 0, "amounts must be positive");
    let (reserve_in, reserve_out) = reserves(pool, input_token)?;
    ensure_resources!(reserve_in > 0 && reserve_out > 0, "the pool is empty");
    let fee = fee_rate() as u128;
    let effective = times(input_amount, WHOLE - fee)?;
    let divisor = sum(times(reserve_in, WHOLE)?, effective)?;
    let output_amount = product(effective, reserve_out, divisor)?;
    let at_spot_price = product(input_amount, reserve_out, reserve_in)?;
    let price_impact = if at_spot_price == 0 {
        0
    } else {
        product(at_spot_price - output_amount, MILLION, at_spot_price)? as u32
    };
    Ok(Terms { output_amount, fees: product(input_amount, fee, WHOLE)?, price_impact })
}

/// Trades, and returns the pool as it is afterwards.
pub fn swap(
    name: Text,
    input_token: Address,
    input_amount: u128,
    min_output_amount: u128,
) -> Outcome<(Terms, Pool)> {
    let mut pool = pool_of(name)?;
    let terms = terms(&pool, &input_token, input_amount)?;
    ensure_validation!(terms.output_amount > 0, "the output would be nothing");
    ensure_validation!(
        terms.output_amount >= min_output_amount,
        "output amount is below the minimum"
    );
    let trader = context::caller();
    let output_amount = terms.output_amount;
    let output_token = if input_token == pool.token_a {
        pool.reserve_a = sum(pool.reserve_a, input_amount)?;
        pool.reserve_b -= output_amount;
        pool.token_b
    } else {
        pool.reserve_b = sum(pool.reserve_b, input_amount)?;
        pool.reserve_a -= output_amount;
        pool.token_a
    };
    pool.traded(&input_token, input_amount);
    POOLS.set(&name, &pool);
    let before = self::trader(trader);
    let volume = before.volume.saturating_add(input_amount);
    TRADERS.set(&trader, &Trader { trades: before.trades + 1, volume });
    collect(&input_token, trader, input_amount)?;
    pay_out(&output_token, trader, output_amount)?;
    Swap { pool: name, trader, input_token, input_amount, output_amount }.emit();
    Ok((terms, pool))
}

/// What goes in, then what comes out.
pub fn reserves(pool: &Pool, input_token: &Address) -> Outcome<(u128, u128)> {
    if *input_token == pool.token_a {
        Ok((pool.reserve_a, pool.reserve_b))
    } else if *input_token == pool.token_b {
        Ok((pool.reserve_b, pool.reserve_a))
    } else {
        Err(ContractError::ValidationError("the pool does not hold this token"))
    }
}

fn collect(token: &Address, from: Address, amount: u128) -> Outcome<()> {
    calls::order(token, "transfer_from", &(from, (context::self_address(), amount)))
}

fn pay_out(token: &Address, to: Address, amount: u128) -> Outcome<()> {
    calls::order(token, "transfer", &(to, amount))
}

const TOO_LARGE: ContractError = ContractError::MathError("the amounts are too large");

fn sum(a: u128, b: u128) -> Outcome<u128> {
    a.checked_add(b).ok_or(TOO_LARGE)
}

fn times(a: u128, b: u128) -> Outcome<u128> {
    a.checked_mul(b).ok_or(TOO_LARGE)
}

fn product(a: u128, b: u128, divisor: u128) -> Outcome<u128> {
    math::mul_div(a, b, divisor).ok_or(TOO_LARGE)
}

fn rounded_up(a: u128, b: u128, divisor: u128) -> Outcome<u128> {
    let down = product(a, b, divisor)?;
    let exact = math::mul_wide(a, b) == math::mul_wide(down, divisor);
    if exact {
        Ok(down)
    } else {
        sum(down, 1)
    }
}
