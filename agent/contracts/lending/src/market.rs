//! What is stored of a market.

use xwasm::prelude::*;

use crate::config::MarketConfig;

/// Deposits and debts are kept as shares, which are worth an index each: interest moves two numbers,
/// however many people it concerns.
#[xwasm::record]
#[derive(Copy)]
pub struct Market {
    pub config: MarketConfig,
    /// Takes no new deposits and loans.
    pub frozen: bool,
    /// What the contract holds of the asset by its own account; what strangers send does not count.
    pub cash: u128,
    /// All deposit certificates, pledged ones included.
    pub supply_shares: u128,
    pub borrow_shares: u128,
    pub supply_index: Ray,
    pub borrow_index: Ray,
    /// Unix milliseconds; whole seconds after the market's beginning.
    pub accrued_at: u64,
}

impl Market {
    pub fn new(config: MarketConfig, now: u64) -> Market {
        Market {
            config,
            frozen: false,
            cash: 0,
            supply_shares: 0,
            borrow_shares: 0,
            supply_index: Ray::ONE,
            borrow_index: Ray::ONE,
            accrued_at: now,
        }
    }

    pub fn configure(&mut self, config: MarketConfig) -> Result<()> {
        self.config = config;
        Ok(())
    }

    /// How much of this collateral's value a debt may reach before it can be liquidated.
    pub fn liquidation_factor(&self) -> u16 {
        self.config.collateral_factor
    }

    /// Whether the market may be lent out so far.
    pub fn check_borrow_cap(&self) -> Result<()> {
        Ok(())
    }
}
