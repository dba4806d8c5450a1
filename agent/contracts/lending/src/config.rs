//! What the owner decides about a market.

use xwasm::prelude::*;

use crate::rates::InterestRateModel;

/// All of something, in basis points.
pub const WHOLE: u16 = 10_000;

/// At most half of the interest is kept back: debts then never outgrow deposits to more than twice
/// their size, and the supply index never outgrows the borrow index.
pub const HIGHEST_RESERVE_FACTOR: u16 = 5_000;

/// With this much of an asset and an index at its limit, every amount fits 128 bits.
pub const HIGHEST_SUPPLY_CAP: u128 = 1_000_000_000_000_000_000_000_000_000;

/// Factors are in basis points.
#[xwasm::record]
#[derive(Copy)]
pub struct MarketConfig {
    /// How much may be borrowed against this asset as collateral, of its value.
    pub collateral_factor: u16,
    /// How much of a debt in this asset one liquidation may repay.
    pub close_factor: u16,
    /// How much more than the repaid value a liquidator gets of this asset as collateral.
    pub liquidation_bonus: u16,
    /// How much of the interest on this asset stays with the protocol.
    pub reserve_factor: u16,
    /// Deposits beyond this are refused, in the asset's smallest units; interest may grow past it.
    pub supply_cap: u128,
    pub model: InterestRateModel,
}

/// The same as it is asked for.
#[xwasm::record]
#[derive(Copy)]
pub struct MarketSettings {
    pub collateral_factor: u16,
    pub close_factor: u16,
    pub liquidation_bonus: u16,
    pub reserve_factor: u16,
    pub supply_cap: u128,
    /// Null for the protocol's own.
    pub model: Option<InterestRateModel>,
}

impl MarketSettings {
    pub fn config(self, otherwise: InterestRateModel) -> MarketConfig {
        MarketConfig {
            collateral_factor: self.collateral_factor,
            close_factor: self.close_factor,
            liquidation_bonus: self.liquidation_bonus,
            reserve_factor: self.reserve_factor,
            supply_cap: self.supply_cap,
            model: self.model.unwrap_or(otherwise),
        }
    }
}

impl MarketConfig {
    pub fn validate(&self) -> Result<()> {
        ensure_validation!(self.collateral_factor < WHOLE, "a collateral factor is below 100%");
        ensure_validation!(
            self.close_factor > 0 && self.close_factor <= WHOLE,
            "a close factor is above 0 and at most 100%"
        );
        ensure_validation!(
            bonus_leaves_health(self.collateral_factor, self.liquidation_bonus),
            "with this bonus a liquidation would leave a loan worse than it was"
        );
        ensure_validation!(
            self.reserve_factor <= HIGHEST_RESERVE_FACTOR,
            "a reserve factor is at most 50%"
        );
        ensure_validation!(
            self.supply_cap > 0 && self.supply_cap <= HIGHEST_SUPPLY_CAP,
            "a supply cap is above 0 and at most 10^27"
        );
        self.model.validate()
    }
}

/// A liquidation takes `1 + bonus` of value for each unit of debt that it repays. While what counts of
/// that is no more than the debt, the loan gets healthier by it.
pub fn bonus_leaves_health(factor: u16, bonus: u16) -> bool {
    factor as u64 * (WHOLE as u64 + bonus as u64) <= WHOLE as u64 * WHOLE as u64
}

/// So much of an amount, rounded down.
pub fn share_of(amount: u128, basis_points: u16) -> Result<u128> {
    amount.mul_div(basis_points as u128, WHOLE as u128)
}
