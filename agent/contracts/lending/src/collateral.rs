//! Collateral: deposits that secure a loan, and what both are worth.

use xwasm::prelude::*;

use crate::config::{share_of, WHOLE};
use crate::events::{CollateralPledged, CollateralReleased};
use crate::market::Market;
use crate::records::{AssetId, Health, Loan, UserId};
use crate::Lending;

impl Lending {
    /// Moves so much of a deposit to a loan's collateral, rounded up.
    pub(crate) fn pledge(
        &mut self,
        user: UserId,
        asset: AssetId,
        collateral: &Market,
        loan: &mut Loan,
        amount: u128,
    ) -> Result<()> {
        let shares = collateral.supply_index.into_rounded_up(amount)?;
        #[cfg(not(planted = "pledge-stays"))]
        self.take_certificates(user, loan.collateral_asset, shares)?;
        #[cfg(planted = "pledge-stays")]
        ensure_resources!(
            self.certificates(user, loan.collateral_asset) >= shares,
            "the deposit is not that large"
        );
        loan.collateral_shares = loan.collateral_shares.plus(shares)?;
        let collateral_asset = loan.collateral_asset;
        CollateralPledged { user, asset_id: asset, collateral_asset, amount }.emit();
        Ok(())
    }

    pub(crate) fn add_collateral_for(
        &mut self,
        ctx: Context,
        asset: AssetId,
        amount: u128,
    ) -> Result<u128> {
        let user = ctx.sender();
        ensure_validation!(amount > 0, "nothing is to be pledged");
        let mut loan = self.loans.require(&(user, asset), "no such loan")?;
        let collateral = self.update_interest_accrual(ctx, loan.collateral_asset)?;
        self.pledge(user, asset, &collateral, &mut loan, amount)?;
        self.markets.set(&loan.collateral_asset, &collateral);
        self.loans.set(&(user, asset), &loan);
        collateral.deposit_of(loan.collateral_shares)
    }

    /// Returns what is still pledged.
    pub(crate) fn release_collateral_for(
        &mut self,
        ctx: Context,
        asset: AssetId,
        amount: u128,
    ) -> Result<u128> {
        let user = ctx.sender();
        let mut loan = self.loans.require(&(user, asset), "no such loan")?;
        let market = self.update_interest_accrual(ctx, asset)?;
        let collateral = self.update_interest_accrual(ctx, loan.collateral_asset)?;
        let shares = if amount >= collateral.deposit_of(loan.collateral_shares)? {
            loan.collateral_shares
        } else {
            collateral.supply_index.into(amount)?
        };
        ensure_validation!(shares > 0, "nothing is to be released");
        loan.collateral_shares = loan.collateral_shares.minus(shares)?;
        if loan.borrow_shares > 0 {
            self.check_collateral_sufficiency(ctx, asset, &market, &collateral, &loan)?;
        }
        self.add_certificates(user, loan.collateral_asset, shares)?;
        self.markets.set(&asset, &market);
        self.markets.set(&loan.collateral_asset, &collateral);
        self.keep_loan(user, asset, &loan);
        let (collateral_asset, amount) = (loan.collateral_asset, collateral.deposit_of(shares)?);
        CollateralReleased { user, asset_id: asset, collateral_asset, amount }.emit();
        collateral.deposit_of(loan.collateral_shares)
    }

    /// Takes out of a loan's collateral what a payment sets free, and returns it in certificates:
    /// the paid part of the debt, as long as the rest stays secured. Where prices are too old to tell,
    /// nothing is set free before everything is paid, but paying is always possible.
    pub(crate) fn release_repaid(
        &self,
        ctx: Context,
        asset: AssetId,
        market: &Market,
        collateral: &Market,
        before: Loan,
        loan: &mut Loan,
    ) -> Result<u128> {
        let paid = before.borrow_shares.minus(loan.borrow_shares)?;
        let share = loan.collateral_shares.mul_div(paid, before.borrow_shares)?;
        let rest = Loan { collateral_shares: loan.collateral_shares.minus(share)?, ..*loan };
        let secured = rest.borrow_shares == 0
            || self.check_collateral_sufficiency(ctx, asset, market, collateral, &rest).is_ok();
        if !secured || share == 0 {
            return Ok(0);
        }
        *loan = rest;
        let (collateral_asset, amount) = (loan.collateral_asset, collateral.deposit_of(share)?);
        CollateralReleased { user: ctx.sender(), asset_id: asset, collateral_asset, amount }.emit();
        Ok(share)
    }

    pub(crate) fn check_collateral_sufficiency(
        &self,
        ctx: Context,
        asset: AssetId,
        market: &Market,
        collateral: &Market,
        loan: &Loan,
    ) -> Result<()> {
        let health = self.health_of(ctx, asset, market, collateral, loan)?;
        ensure_resources!(
            health.debt_value <= health.borrow_limit,
            "the collateral is worth too little"
        );
        Ok(())
    }

    /// What a loan and its collateral are worth: the debt rounded up, the collateral down.
    pub(crate) fn health_of(
        &self,
        ctx: Context,
        asset: AssetId,
        market: &Market,
        collateral: &Market,
        loan: &Loan,
    ) -> Result<Health> {
        let debt_price = self.fresh_price(ctx, asset)?;
        let collateral_price = self.fresh_price(ctx, loan.collateral_asset)?;
        let debt_value = debt_price.of_rounded_up(market.debt_of(loan.borrow_shares)?)?;
        let collateral_value =
            collateral_price.of(collateral.deposit_of(loan.collateral_shares)?)?;
        let liquidation_limit = share_of(collateral_value, collateral.liquidation_factor())?;
        Ok(Health {
            debt_value,
            collateral_value,
            borrow_limit: share_of(collateral_value, collateral.config.collateral_factor)?,
            liquidation_limit,
            liquidatable: debt_value > liquidation_limit,
        })
    }
}

/// How much collateral a liquidator gets for a repaid amount, and how much is repaid: what was
/// offered, or less where the collateral does not reach.
pub(crate) struct Seizure {
    pub repaid: u128,
    pub collateral: u128,
}

impl Seizure {
    /// Everything is rounded against the liquidator.
    pub fn of(
        offered: u128,
        debt_price: Ray,
        collateral_price: Ray,
        bonus: u16,
        there: u128,
    ) -> Result<Seizure> {
        let (whole, with_bonus) = (WHOLE as u128, WHOLE as u128 + bonus as u128);
        let value = debt_price.of(offered)?.mul_div(with_bonus, whole)?;
        let collateral = collateral_price.into(value)?;
        if collateral <= there {
            return Ok(Seizure { repaid: offered, collateral });
        }
        let value = collateral_price.of_rounded_up(there)?.mul_div_up(whole, with_bonus)?;
        let repaid = debt_price.into_rounded_up(value)?.min(offered);
        Ok(Seizure { repaid, collateral: there })
    }
}
