//! The exchange, version 2: pools also count what is traded in them, and are stored in another form.
#![no_std]

#[path = "../../dex/src/exchange.rs"]
mod exchange;
mod pool;

use exchange::{FeeChanged, LiquidityAdded, LiquidityReceipt, LiquidityRemoved, PoolCreated};
use exchange::{Position, Swap, Trader, Withdrawal};
use xwasm::{Address, List, Text};

xwasm::record! {
    /// `price_impact` is how far below the price before the swap it was, in millionths, fee
    /// included; `fees` is in the input token and stays in the pool.
    SwapResult {
        input_amount: u128,
        output_amount: u128,
        fees: u128,
        price_impact: u32,
        reserve_a: u128,
        reserve_b: u128,
        trade: u64,
    }
}

xwasm::record! {
    PoolState {
        pool: Text,
        token_a: Address,
        token_b: Address,
        reserve_a: u128,
        reserve_b: u128,
        total_liquidity: u128,
        trades: u64,
        volume_a: u128,
        volume_b: u128,
    }
}

xwasm::contract! {
    "dex", "2.0.0", schema 2;
    types [LiquidityReceipt, Withdrawal, Position, Trader, SwapResult, PoolState];
    events [PoolCreated, LiquidityAdded, LiquidityRemoved, Swap, FeeChanged];
    errors [
        "STATE: no such pool",
        "STATE: the pool exists",
        "VALIDATION: output amount is below the minimum",
        "VALIDATION: amounts must be positive",
        "RESOURCES: position too small",
        "PERMISSION: only the owner",
        "MATH: the amounts are too large",
    ];

    /// The fee is 3 per mille when none is given.
    special init(owner: Address, fee_per_mille: Option<u16>) -> () {
        exchange::set_up(owner, fee_per_mille)
    }

    call create_pool(pool: Text, token_a: Address, token_b: Address) -> () {
        exchange::create_pool(pool, token_a, token_b)
    }

    call add_liquidity(pool: Text, amount_a: u128, amount_b: u128) -> LiquidityReceipt {
        exchange::add_liquidity(pool, amount_a, amount_b)
    }

    call remove_liquidity(pool: Text, liquidity_amount: u128) -> Withdrawal {
        exchange::remove_liquidity(pool, liquidity_amount)
    }

    call swap(
        pool: Text,
        input_token: Address,
        input_amount: u128,
        min_output_amount: u128,
    ) -> SwapResult {
        let (terms, pool) = exchange::swap(pool, input_token, input_amount, min_output_amount)?;
        Ok(result(input_amount, &terms, &pool))
    }

    /// The reserves and the trade's number are those before the swap.
    query quote(pool: Text, input_token: Address, input_amount: u128) -> SwapResult {
        let found = exchange::pool_of(pool)?;
        let terms = exchange::terms(&found, &input_token, input_amount)?;
        Ok(result(input_amount, &terms, &found))
    }

    query pool_state(pool: Text) -> PoolState {
        let found = exchange::pool_of(pool)?;
        Ok(PoolState {
            pool,
            token_a: found.token_a,
            token_b: found.token_b,
            reserve_a: found.reserve_a,
            reserve_b: found.reserve_b,
            total_liquidity: found.shares,
            trades: found.trades,
            volume_a: found.volume_a,
            volume_b: found.volume_b,
        })
    }

    query pools() -> List<Text> {
        Ok(exchange::pools())
    }

    query position(pool: Text, user: Address) -> Position {
        exchange::position(pool, user)
    }

    query trader(user: Address) -> Trader {
        Ok(exchange::trader(user))
    }

    /// Per mille of what goes in.
    query fee_rate() -> u16 {
        Ok(exchange::fee_rate())
    }

    call set_fee(fee_per_mille: u16) -> () {
        exchange::set_fee(fee_per_mille)
    }

    special migrate() -> bool {
        pool::migrate()
    }

    special migrate_back() -> bool {
        pool::migrate_back()
    }
}

fn result(input_amount: u128, terms: &exchange::Terms, pool: &pool::Pool) -> SwapResult {
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
