//! What version 2 stores of a market: version 1's numbers, and limits of its own.

use xwasm::prelude::*;

use crate::config::{bonus_leaves_health, MarketConfig, WHOLE};
use crate::market_1;

/// How far a liquidation threshold begins above the collateral factor, where the bonus leaves room.
const FIRST_MARGIN: u16 = 500;

#[xwasm::record]
#[derive(Copy)]
pub struct Limits {
    /// Of this asset as collateral, in basis points: a debt above it can be liquidated. At least the
    /// collateral factor, so that a loan that was just paid out is safe from small movements.
    pub liquidation_threshold: u16,
    /// Loans beyond this are refused, in the asset's smallest units; interest may grow past it.
    pub borrow_cap: u128,
}

impl Limits {
    /// What a market begins with, and what one of version 1 gets.
    pub fn of(config: &MarketConfig) -> Limits {
        let most = WHOLE as u64 * WHOLE as u64 / (WHOLE as u64 + config.liquidation_bonus as u64);
        let wanted = config.collateral_factor as u64 + FIRST_MARGIN as u64;
        let least = config.collateral_factor;
        Limits {
            liquidation_threshold: least.max(wanted.min(most) as u16),
            borrow_cap: config.supply_cap,
        }
    }

    fn validate(&self, config: &MarketConfig) -> Result<()> {
        ensure_validation!(
            self.liquidation_threshold >= config.collateral_factor,
            "the liquidation threshold would be below the collateral factor"
        );
        ensure_validation!(
            bonus_leaves_health(self.liquidation_threshold, config.liquidation_bonus),
            "with this bonus a liquidation would leave a loan worse than it was"
        );
        Ok(())
    }
}

/// As version 1's, and the limits right behind the settings.
#[xwasm::record]
#[derive(Copy)]
pub struct Market {
    pub config: MarketConfig,
    pub limits: Limits,
    pub frozen: bool,
    pub cash: u128,
    pub supply_shares: u128,
    pub borrow_shares: u128,
    pub supply_index: Ray,
    pub borrow_index: Ray,
    pub accrued_at: u64,
}

impl Market {
    pub fn new(config: MarketConfig, now: u64) -> Market {
        Market::from_1(market_1::Market::new(config, now))
    }

    pub fn from_1(old: market_1::Market) -> Market {
        Market {
            config: old.config,
            limits: Limits::of(&old.config),
            frozen: old.frozen,
            cash: old.cash,
            supply_shares: old.supply_shares,
            borrow_shares: old.borrow_shares,
            supply_index: old.supply_index,
            borrow_index: old.borrow_index,
            accrued_at: old.accrued_at,
        }
    }

    /// The limits are lost.
    pub fn to_1(self) -> market_1::Market {
        market_1::Market {
            config: self.config,
            frozen: self.frozen,
            cash: self.cash,
            supply_shares: self.supply_shares,
            borrow_shares: self.borrow_shares,
            supply_index: self.supply_index,
            borrow_index: self.borrow_index,
            accrued_at: self.accrued_at,
        }
    }

    pub fn configure(&mut self, config: MarketConfig) -> Result<()> {
        self.limits.validate(&config)?;
        self.config = config;
        Ok(())
    }

    pub fn set_limits(&mut self, limits: Limits) -> Result<()> {
        limits.validate(&self.config)?;
        self.limits = limits;
        Ok(())
    }

    /// How much of this collateral's value a debt may reach before it can be liquidated.
    pub fn liquidation_factor(&self) -> u16 {
        self.limits.liquidation_threshold
    }

    /// Whether the market may be lent out so far.
    pub fn check_borrow_cap(&self) -> Result<()> {
        ensure_resources!(
            self.total_borrows()? <= self.limits.borrow_cap,
            "the market lends no more"
        );
        Ok(())
    }
}
