//! Interest: how a market's indexes grow, and what its shares are worth.
//!
//! The borrow index is multiplied by `(1 + rate / year) ^ seconds`, so that at a fixed rate it does
//! not matter when anybody looks. What it grows by is handed to the depositors, less the reserve factor:
//!
//! `supply index += growth of the borrow index * borrow shares / supply shares * (1 - reserve factor)`
//!
//! which adds up in the same way. Every rounding is downwards, so that depositors are never owed more
//! than borrowers owe. How far two ways of cutting the same `t` seconds can be apart, as long as nobody
//! deposits, withdraws, borrows or repays in between, with n accruals in all:
//!
//! * borrow index: a part of `(t + n) * 10^-27` of itself. Each of the squarings doubles the error so far and
//!   adds one unit of the last place, which comes to at most t units; each accrual adds one.
//! * supply index: that of the borrow index times `borrow shares / supply shares`, and 2n units of the last place.
//!
//! Milliseconds that do not make a second are left for the next accrual.
//!
//! What is neither owed to depositors nor lent out is the reserves: their part of the interest and
//! what rounding left. They are not a number of their own that could disagree with the others.

use core::cmp::min;

use xwasm::prelude::*;

use crate::config::{share_of, WHOLE};
use crate::market::Market;

/// 365.25 days.
pub const SECONDS_PER_YEAR: u128 = 31_557_600;

/// An index stops here, at 10^11 times its beginning, so that a market that nobody has looked at for
/// too long can still be repaid and left.
pub const INDEX_LIMIT: Ray = Ray(100_000_000_000 * Ray::SCALE);

impl Market {
    /// Lets the time since the last accrual pass. Returns the interest that borrowers owe for it.
    pub fn accrue(&mut self, now: u64) -> Result<u128> {
        let seconds = now.saturating_sub(self.accrued_at) / 1_000;
        if seconds == 0 {
            return Ok(0);
        }
        self.accrued_at += seconds * 1_000;
        #[cfg(planted = "lost-milliseconds")]
        {
            self.accrued_at = now;
        }
        if self.borrow_shares == 0 {
            return Ok(0);
        }
        let owed_before = self.total_borrows()?;
        let grown = self.grown_borrow_index(seconds)?;
        let growth = grown.minus(self.borrow_index)?;
        self.borrow_index = grown;
        if self.supply_shares > 0 {
            self.supply_index = self.grown_supply_index(growth);
        }
        self.total_borrows()?.minus(owed_before)
    }

    fn grown_borrow_index(&self, seconds: u64) -> Result<Ray> {
        let per_second = Ray(self.borrow_rate()?.0 / SECONDS_PER_YEAR);
        #[cfg(not(planted = "simple-interest"))]
        let factor = Ray::ONE.plus(per_second)?.power(seconds).unwrap_or(INDEX_LIMIT);
        #[cfg(planted = "simple-interest")]
        let factor = Ray::ONE.plus(Ray(per_second.0.times(seconds as u128)?))?;
        Ok(min(self.borrow_index.times(factor).unwrap_or(INDEX_LIMIT), INDEX_LIMIT))
    }

    fn grown_supply_index(&self, growth: Ray) -> Ray {
        #[cfg(planted = "one-index")]
        if self.supply_shares > 0 {
            return self.borrow_index;
        }
        let earned = growth
            .0
            .mul_div(self.borrow_shares, self.supply_shares)
            .and_then(|all| share_of(all, WHOLE - self.config.reserve_factor))
            .and_then(|earned| self.supply_index.plus(Ray(earned)));
        min(earned.unwrap_or(INDEX_LIMIT), INDEX_LIMIT)
    }

    /// What all borrowers owe, rounded down; each of them owes their own part rounded up.
    pub fn total_borrows(&self) -> Result<u128> {
        self.borrow_index.of(self.borrow_shares)
    }

    /// What all depositors are owed, rounded up; each of them is owed their own part rounded down.
    pub fn total_supply(&self) -> Result<u128> {
        self.supply_index.of_rounded_up(self.supply_shares)
    }

    /// The protocol's own part of cash and debts.
    pub fn reserves(&self) -> Result<u128> {
        Ok(self.cash.plus(self.total_borrows()?)?.saturating_sub(self.total_supply()?))
    }

    /// What can be withdrawn and borrowed: reserves are not lent out.
    pub fn liquidity(&self) -> Result<u128> {
        Ok(self.cash.saturating_sub(self.reserves()?))
    }

    /// How much of the deposits is lent out, at most 1.
    pub fn calculate_utilization_rate(&self) -> Result<Ray> {
        let borrows = self.total_borrows()?;
        let supply = self.total_supply()?;
        if borrows >= supply {
            return Ok(if borrows == 0 { Ray::ZERO } else { Ray::ONE });
        }
        Ray::ratio(borrows, supply)
    }

    /// What borrowers pay in a year, before compounding.
    pub fn borrow_rate(&self) -> Result<Ray> {
        self.config.model.calculate_borrow_interest_rate(self.calculate_utilization_rate()?)
    }

    /// What depositors get in a year, before compounding.
    pub fn supply_rate(&self) -> Result<Ray> {
        let earned = self.borrow_rate()?.times(self.calculate_utilization_rate()?)?;
        share_of(earned.0, WHOLE - self.config.reserve_factor).map(Ray)
    }

    /// What so many deposit certificates are worth.
    pub fn deposit_of(&self, shares: u128) -> Result<u128> {
        self.supply_index.of(shares)
    }

    /// What somebody with so many borrow shares owes.
    pub fn debt_of(&self, shares: u128) -> Result<u128> {
        self.borrow_index.of_rounded_up(shares)
    }
}
