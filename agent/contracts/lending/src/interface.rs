//! The methods that all versions have.

use xwasm::prelude::*;

use crate::config::MarketSettings;
use crate::rates::InterestRateModel;
use crate::records::*;
use crate::{views, Lending};

#[xwasm::interface(part)]
impl Lending {
    /// `staleness_limit` in milliseconds; the model is for markets that are opened without one.
    pub fn init(
        &mut self,
        owner: Address,
        oracle: Address,
        staleness_limit: u64,
        interest_rate_model: InterestRateModel,
    ) -> Result<()> {
        ensure_state!(!self.owner.exists(), "the protocol is set up already");
        ensure_validation!(staleness_limit > 0, "a price that is never good is of no use");
        interest_rate_model.validate()?;
        self.owner.set(&owner);
        self.oracle.set(&oracle);
        self.staleness_limit.set(&staleness_limit);
        self.interest_rate_model.set(&interest_rate_model);
        Ok(())
    }

    /// Takes tokens that the caller has approved. They can be withdrawn with interest, or pledged.
    pub fn deposit(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        amount: u128,
    ) -> Result<DepositReceipt> {
        self.deposit_for(ctx, asset_id, amount)
    }

    pub fn withdraw(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        amount: u128,
    ) -> Result<WithdrawReceipt> {
        self.withdraw_for(ctx, asset_id, amount)
    }

    /// Pays out a loan, new or enlarged. The collateral comes out of the caller's deposits, where it
    /// earns on, and may be 0 when what is pledged already is enough. A loan has one collateral asset.
    pub fn borrow(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        amount: u128,
        collateral_asset: AssetId,
        collateral_amount: u128,
    ) -> Result<BorrowReceipt> {
        self.borrow_for(ctx, asset_id, amount, collateral_asset, collateral_amount)
    }

    /// Takes at most what is owed, interest first. The same part of the collateral becomes free, as
    /// long as the rest of the loan stays secured.
    pub fn repay(&mut self, ctx: Context, asset_id: AssetId, amount: u128) -> Result<RepayReceipt> {
        self.repay_for(ctx, asset_id, amount)
    }

    /// Pledges more of the caller's deposit for a loan; returns all that is pledged for it.
    pub fn add_collateral(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        amount: u128,
    ) -> Result<u128> {
        self.add_collateral_for(ctx, asset_id, amount)
    }

    /// Frees collateral that a loan does not need; returns what is still pledged for it.
    pub fn release_collateral(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        amount: u128,
    ) -> Result<u128> {
        self.release_collateral_for(ctx, asset_id, amount)
    }

    /// Pays a part of an endangered loan, at most the close factor of its debt, and takes collateral of
    /// that value and the bonus, as a deposit. Pays less where the collateral does not reach.
    pub fn liquidate(
        &mut self,
        ctx: Context,
        borrower: UserId,
        asset_id: AssetId,
        amount: u128,
        min_collateral: u128,
    ) -> Result<LiquidationReceipt> {
        self.liquidate_for(ctx, borrower, asset_id, amount, min_collateral)
    }

    /// Brings a market's indexes up to now, which every other call does by itself.
    pub fn accrue(&mut self, ctx: Context, asset_id: AssetId) -> Result<()> {
        let market = self.update_interest_accrual(ctx, asset_id)?;
        self.markets.set(&asset_id, &market);
        Ok(())
    }

    /// `value`: of the asset's smallest unit in the smallest unit of account, the same for all assets.
    pub fn set_price(&mut self, ctx: Context, asset_id: AssetId, value: Ray) -> Result<()> {
        self.keep_price(ctx, asset_id, value)
    }

    #[only_owner]
    pub fn create_market(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        settings: MarketSettings,
    ) -> Result<()> {
        let config = settings.config(self.interest_rate_model.require("no model is set")?);
        self.open_market(ctx, asset_id, config)
    }

    #[only_owner]
    pub fn configure_market(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        settings: MarketSettings,
    ) -> Result<()> {
        let config = settings.config(self.interest_rate_model.require("no model is set")?);
        self.change_config(ctx, asset_id, config)
    }

    /// A frozen market takes no deposits and gives no loans; everything else goes on.
    #[only_owner]
    pub fn freeze_market(&mut self, asset_id: AssetId, frozen: bool) -> Result<()> {
        self.set_frozen(asset_id, frozen)
    }

    #[only_owner]
    pub fn withdraw_reserves(
        &mut self,
        ctx: Context,
        asset_id: AssetId,
        amount: u128,
        to: Address,
    ) -> Result<()> {
        self.pay_reserves(ctx, asset_id, amount, to)
    }

    /// Lets the reserves bear a debt whose collateral is gone; returns what they could not.
    #[only_owner]
    pub fn write_off(&mut self, ctx: Context, borrower: UserId, asset_id: AssetId) -> Result<u128> {
        self.write_off_for(ctx, borrower, asset_id)
    }

    #[only_owner]
    pub fn set_oracle(&mut self, oracle: Address, staleness_limit: u64) -> Result<()> {
        ensure_validation!(staleness_limit > 0, "a price that is never good is of no use");
        self.oracle.set(&oracle);
        self.staleness_limit.set(&staleness_limit);
        Ok(())
    }

    #[only_owner]
    pub fn transfer_contract(&mut self, owner: Address) -> Result<()> {
        ensure_validation!(owner != Address::ZERO, "the zero address owns nothing");
        self.owner.set(&owner);
        Ok(())
    }

    pub fn contract_owner(&self) -> Address {
        self.owner.get_or(Address::ZERO)
    }

    pub fn oracle(&self) -> Address {
        self.oracle.get_or(Address::ZERO)
    }

    pub fn market(&self, ctx: Context, asset_id: AssetId) -> Result<MarketView> {
        self.view_market(ctx, asset_id)
    }

    pub fn markets(&self, from: u32, count: u32) -> Vec<AssetId> {
        let end = self.markets.len().min(from.saturating_add(count.min(views::LONGEST_PAGE)));
        (from..end).filter_map(|place| self.markets.key_at(place)).collect()
    }

    /// What a user may withdraw or pledge, as far as there is cash.
    pub fn balance_of(&self, ctx: Context, user: UserId, asset_id: AssetId) -> Result<u128> {
        self.market_now(ctx, asset_id)?.deposit_of(self.certificates(user, asset_id))
    }

    /// The same in deposit certificates.
    pub fn certificates_of(&self, user: UserId, asset_id: AssetId) -> u128 {
        self.certificates(user, asset_id)
    }

    pub fn loan(
        &self,
        ctx: Context,
        borrower: UserId,
        asset_id: AssetId,
    ) -> Result<Option<LoanView>> {
        match self.loans.get(&(borrower, asset_id)) {
            Some(loan) => self.view_loan(ctx, borrower, asset_id, &loan).map(Some),
            None => Ok(None),
        }
    }

    /// A page of all loans: what liquidators look through.
    pub fn loans(&self, ctx: Context, from: u32, count: u32) -> Result<Vec<LoanView>> {
        let page = self.loans.page(from, count.min(views::LONGEST_PAGE));
        page.iter().map(|((user, asset), loan)| self.view_loan(ctx, *user, *asset, loan)).collect()
    }

    /// Fails where a price is missing or too old.
    pub fn health(&self, ctx: Context, borrower: UserId, asset_id: AssetId) -> Result<Health> {
        self.view_health(ctx, borrower, asset_id)
    }

    pub fn price(&self, asset_id: AssetId) -> Option<Price> {
        self.prices.get(&asset_id)
    }

    /// What borrowing would cost a year if so much of the market were lent out.
    pub fn borrow_rate_at(&self, asset_id: AssetId, utilization: Ray) -> Result<Ray> {
        ensure_validation!(utilization <= Ray::ONE, "a utilization is at most 1");
        let market = self.markets.require(&asset_id, "no such market")?;
        market.config.model.calculate_borrow_interest_rate(utilization)
    }
}
