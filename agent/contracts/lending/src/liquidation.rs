//! Liquidation: somebody else pays an endangered debt and gets collateral for it.

use xwasm::prelude::*;

use crate::collateral::Seizure;
use crate::config::WHOLE;
use crate::deposits::Token;
use crate::events::{DebtWrittenOff, Liquidated};
use crate::loans::update_repay_state;
use crate::market::Market;
use crate::records::{AssetId, LiquidationReceipt, Loan, UserId};
use crate::Lending;

impl Lending {
    pub(crate) fn liquidate_for(
        &mut self,
        ctx: Context,
        borrower: UserId,
        asset: AssetId,
        amount: u128,
        min_collateral: u128,
    ) -> Result<LiquidationReceipt> {
        let liquidator = ctx.sender();
        ensure_validation!(amount > 0, "nothing is to be repaid");
        ensure_permission!(liquidator != borrower, "nobody liquidates their own loan");
        let mut market = self.update_interest_accrual(ctx, asset)?;
        let mut loan = self.loans.require(&(borrower, asset), "no such loan")?;
        let collateral_asset = loan.collateral_asset;
        let collateral = self.update_interest_accrual(ctx, collateral_asset)?;
        let seizure = self.check_liquidation(ctx, asset, &market, &collateral, &loan, amount)?;
        ensure_validation!(
            seizure.collateral >= min_collateral,
            "the collateral is less than the least that was asked for"
        );
        let (principal, interest) = update_repay_state(&mut market, &mut loan, seizure.repaid)?;
        let repaid = principal.plus(interest)?;
        self.seize(liquidator, &collateral, &mut loan, seizure.collateral)?;
        if loan.borrow_shares == 0 {
            self.add_certificates(borrower, collateral_asset, loan.collateral_shares)?;
            loan.collateral_shares = 0;
        }
        self.markets.set(&asset, &market);
        self.markets.set(&collateral_asset, &collateral);
        self.keep_loan(borrower, asset, &loan);
        let seized = seizure.collateral;
        Liquidated { borrower, liquidator, asset_id: asset, repaid, collateral_asset, seized }
            .emit();
        Token::at(asset).transfer_from(liquidator, ctx.self_address(), repaid)?;
        Ok(LiquidationReceipt {
            borrower,
            asset_id: asset,
            repaid,
            collateral_asset,
            seized_collateral: seized,
            remaining_debt: market.debt_of(loan.borrow_shares)?,
            remaining_collateral: collateral.deposit_of(loan.collateral_shares)?,
        })
    }

    fn check_liquidation(
        &self,
        ctx: Context,
        asset: AssetId,
        market: &Market,
        collateral: &Market,
        loan: &Loan,
        offered: u128,
    ) -> Result<Seizure> {
        let health = self.health_of(ctx, asset, market, collateral, loan)?;
        #[cfg(not(planted = "healthy-liquidation"))]
        ensure_state!(health.liquidatable, "the loan is healthy");
        #[cfg(planted = "healthy-liquidation")]
        let _ = health;
        let debt = market.debt_of(loan.borrow_shares)?;
        // Rounded up, so that the last unit can be paid.
        let most = debt.mul_div_up(market.config.close_factor as u128, WHOLE as u128)?;
        Seizure::of(
            offered.min(most),
            self.fresh_price(ctx, asset)?,
            self.fresh_price(ctx, loan.collateral_asset)?,
            collateral.config.liquidation_bonus,
            collateral.deposit_of(loan.collateral_shares)?,
        )
    }

    /// Moves collateral to the liquidator's deposits, so that it needs no cash that may be lent out.
    fn seize(
        &mut self,
        liquidator: UserId,
        collateral: &Market,
        loan: &mut Loan,
        amount: u128,
    ) -> Result<()> {
        let all = amount >= collateral.deposit_of(loan.collateral_shares)?;
        let shares =
            if all { loan.collateral_shares } else { collateral.supply_index.into(amount)? };
        ensure_validation!(shares > 0, "the amount is too small to be counted");
        loan.collateral_shares = loan.collateral_shares.minus(shares)?;
        self.add_certificates(liquidator, loan.collateral_asset, shares)
    }

    /// Pays a debt that nothing secures any more out of the reserves, as far as they go.
    pub(crate) fn write_off_for(
        &mut self,
        ctx: Context,
        borrower: UserId,
        asset: AssetId,
    ) -> Result<u128> {
        let mut market = self.update_interest_accrual(ctx, asset)?;
        let mut loan = self.loans.require(&(borrower, asset), "no such loan")?;
        ensure_state!(loan.collateral_shares == 0, "the loan has collateral");
        let debt = market.debt_of(loan.borrow_shares)?;
        let reserves = market.reserves()?;
        let shares = market.borrow_index.into(reserves)?.min(loan.borrow_shares);
        ensure_resources!(shares > 0, "there are no reserves");
        loan.borrow_shares -= shares;
        market.borrow_shares = market.borrow_shares.minus(shares)?;
        let rest = market.debt_of(loan.borrow_shares)?;
        loan.principal = loan.principal.min(rest);
        self.markets.set(&asset, &market);
        self.keep_loan(borrower, asset, &loan);
        DebtWrittenOff { borrower, asset_id: asset, amount: debt.minus(rest)? }.emit();
        Ok(rest)
    }
}
