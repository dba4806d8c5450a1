//! Loans: borrowing against pledged deposits, and paying back.

use xwasm::prelude::*;

use crate::deposits::Token;
use crate::events::{Borrowed, Repaid};
use crate::market::Market;
use crate::records::{AssetId, BorrowReceipt, Loan, RepayReceipt, UserId};
use crate::Lending;

impl Lending {
    pub(crate) fn borrow_for(
        &mut self,
        ctx: Context,
        asset: AssetId,
        amount: u128,
        collateral_asset: AssetId,
        collateral_amount: u128,
    ) -> Result<BorrowReceipt> {
        let user = ctx.sender();
        #[cfg(not(planted = "stale-interest"))]
        let mut market = self.update_interest_accrual(ctx, asset)?;
        #[cfg(planted = "stale-interest")]
        let mut market = self.markets.require(&asset, "no such market")?;
        let mut loan =
            self.validate_borrow_params(user, &market, asset, amount, collateral_asset)?;
        let collateral = self.update_interest_accrual(ctx, collateral_asset)?;
        if collateral_amount > 0 {
            self.pledge(user, asset, &collateral, &mut loan, collateral_amount)?;
        }
        update_borrow_state(&mut market, &mut loan, amount)?;
        self.check_collateral_sufficiency(ctx, asset, &market, &collateral, &loan)?;
        self.markets.set(&asset, &market);
        self.markets.set(&collateral_asset, &collateral);
        self.loans.set(&(user, asset), &loan);
        let interest_rate = market.borrow_rate()?;
        Borrowed { user, asset_id: asset, amount, interest_rate }.emit();
        Token::at(asset).transfer(user, amount)?;
        Ok(BorrowReceipt {
            asset_id: asset,
            amount,
            interest_rate,
            collateral_asset,
            collateral_amount,
        })
    }

    /// The loan as it is so far.
    fn validate_borrow_params(
        &self,
        user: UserId,
        market: &Market,
        asset: AssetId,
        amount: u128,
        collateral_asset: AssetId,
    ) -> Result<Loan> {
        ensure_validation!(amount > 0, "nothing is to be borrowed");
        ensure_validation!(asset != collateral_asset, "an asset does not secure itself");
        ensure_state!(!market.frozen, "the market is frozen");
        ensure_resources!(
            amount <= market.liquidity()?,
            "the market does not have that much to lend"
        );
        let loan = self.loans.get(&(user, asset)).unwrap_or(Loan {
            borrow_shares: 0,
            principal: 0,
            collateral_asset,
            collateral_shares: 0,
        });
        ensure_state!(
            loan.collateral_asset == collateral_asset,
            "the loan is secured by another asset: repay it, or borrow against that one"
        );
        Ok(loan)
    }

    pub(crate) fn repay_for(
        &mut self,
        ctx: Context,
        asset: AssetId,
        amount: u128,
    ) -> Result<RepayReceipt> {
        let user = ctx.sender();
        ensure_validation!(amount > 0, "nothing is to be repaid");
        let mut market = self.update_interest_accrual(ctx, asset)?;
        let mut loan = self.loans.require(&(user, asset), "no such loan")?;
        let collateral = self.update_interest_accrual(ctx, loan.collateral_asset)?;
        let before = loan;
        let (principal, interest) = update_repay_state(&mut market, &mut loan, amount)?;
        let released = self.release_repaid(ctx, asset, &market, &collateral, before, &mut loan)?;
        self.add_certificates(user, loan.collateral_asset, released)?;
        self.markets.set(&asset, &market);
        self.markets.set(&loan.collateral_asset, &collateral);
        self.keep_loan(user, asset, &loan);
        Repaid { user, asset_id: asset, principal, interest }.emit();
        Token::at(asset).transfer_from(user, ctx.self_address(), principal.plus(interest)?)?;
        Ok(RepayReceipt {
            asset_id: asset,
            principal_repaid: principal,
            interest_paid: interest,
            remaining_debt: market.debt_of(loan.borrow_shares)?,
            released_collateral: collateral.deposit_of(released)?,
        })
    }

    /// A loan that is paid and whose collateral is given back is forgotten.
    pub(crate) fn keep_loan(&mut self, user: UserId, asset: AssetId, loan: &Loan) {
        if loan.borrow_shares == 0 && loan.collateral_shares == 0 {
            self.loans.remove(&(user, asset));
        } else {
            self.loans.set(&(user, asset), loan);
        }
    }
}

/// The new debt is rounded up.
fn update_borrow_state(market: &mut Market, loan: &mut Loan, amount: u128) -> Result<()> {
    let shares = market.borrow_index.into_rounded_up(amount)?;
    loan.borrow_shares = loan.borrow_shares.plus(shares)?;
    loan.principal = loan.principal.plus(amount)?;
    market.borrow_shares = market.borrow_shares.plus(shares)?;
    market.cash = market.cash.minus(amount)?;
    market.check_borrow_cap()
}

/// How much of an offered amount is taken, as (principal, interest): at most the debt, its interest
/// first.
pub(crate) fn validate_repay_params(debt: u128, principal: u128, offered: u128) -> (u128, u128) {
    let taken = offered.min(debt);
    let interest = taken.min(debt.saturating_sub(principal));
    (taken - interest, interest)
}

/// Takes a payment off a loan; returns (principal, interest). What it is worth in shares is rounded
/// down, unless it pays everything.
pub(crate) fn update_repay_state(
    market: &mut Market,
    loan: &mut Loan,
    offered: u128,
) -> Result<(u128, u128)> {
    let debt = market.debt_of(loan.borrow_shares)?;
    ensure_state!(debt > 0, "nothing is owed");
    let (principal, interest) = validate_repay_params(debt, loan.principal, offered);
    let paid = principal.plus(interest)?;
    let shares = if paid == debt { loan.borrow_shares } else { market.borrow_index.into(paid)? };
    ensure_validation!(shares > 0, "the amount is too small to be counted");
    loan.borrow_shares = loan.borrow_shares.minus(shares)?;
    loan.principal = loan.principal.minus(principal)?;
    market.borrow_shares = market.borrow_shares.minus(shares)?;
    market.cash = market.cash.plus(paid)?;
    Ok((principal, interest))
}
