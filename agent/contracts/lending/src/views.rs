//! What queries answer.

use xwasm::prelude::*;

use crate::market::Market;
use crate::records::{AssetId, Health, Loan, LoanView, MarketView, UserId};
use crate::Lending;

/// The longest page of a query.
pub const LONGEST_PAGE: u32 = 50;

impl Lending {
    /// The market as it would be if interest were accrued now.
    pub(crate) fn market_now(&self, ctx: Context, asset: AssetId) -> Result<Market> {
        let mut market = self.markets.require(&asset, "no such market")?;
        market.accrue(ctx.block_timestamp())?;
        Ok(market)
    }

    pub(crate) fn view_market(&self, ctx: Context, asset: AssetId) -> Result<MarketView> {
        let market = self.market_now(ctx, asset)?;
        Ok(MarketView {
            asset_id: asset,
            config: market.config,
            frozen: market.frozen,
            cash: market.cash,
            total_supply: market.total_supply()?,
            total_borrows: market.total_borrows()?,
            reserves: market.reserves()?,
            liquidity: market.liquidity()?,
            supply_shares: market.supply_shares,
            borrow_shares: market.borrow_shares,
            supply_index: market.supply_index,
            borrow_index: market.borrow_index,
            utilization: market.calculate_utilization_rate()?,
            borrow_rate: market.borrow_rate()?,
            supply_rate: market.supply_rate()?,
            accrued_at: market.accrued_at,
        })
    }

    pub(crate) fn view_loan(
        &self,
        ctx: Context,
        borrower: UserId,
        asset: AssetId,
        loan: &Loan,
    ) -> Result<LoanView> {
        let market = self.market_now(ctx, asset)?;
        let collateral = self.market_now(ctx, loan.collateral_asset)?;
        Ok(LoanView {
            borrower,
            asset_id: asset,
            debt: market.debt_of(loan.borrow_shares)?,
            principal: loan.principal,
            borrow_shares: loan.borrow_shares,
            collateral_asset: loan.collateral_asset,
            collateral: collateral.deposit_of(loan.collateral_shares)?,
            collateral_shares: loan.collateral_shares,
        })
    }

    pub(crate) fn view_health(
        &self,
        ctx: Context,
        borrower: UserId,
        asset: AssetId,
    ) -> Result<Health> {
        let loan = self.loans.require(&(borrower, asset), "no such loan")?;
        let market = self.market_now(ctx, asset)?;
        let collateral = self.market_now(ctx, loan.collateral_asset)?;
        self.health_of(ctx, asset, &market, &collateral, &loan)
    }
}
