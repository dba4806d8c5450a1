//! Deposits: tokens in, certificates out, and back.

use xwasm::prelude::*;

use crate::events::{Deposited, InterestAccrued, Withdrawn};
use crate::market::Market;
use crate::records::{AssetId, DepositReceipt, UserId, WithdrawReceipt};
use crate::Lending;

/// What an asset's contract can do.
#[xwasm::interface]
pub trait Token {
    fn transfer(&self, to: Address, amount: u128) -> Result<()>;
    fn transfer_from(&self, from: Address, to: Address, amount: u128) -> Result<()>;
}

impl Lending {
    /// The market with the interest of now. Whoever changes it stores it again.
    pub(crate) fn update_interest_accrual(&self, ctx: Context, asset: AssetId) -> Result<Market> {
        let mut market = self.markets.require(&asset, "no such market")?;
        let since = market.accrued_at;
        let interest = market.accrue(ctx.block_timestamp())?;
        if market.accrued_at != since {
            let (borrow_index, supply_index) = (market.borrow_index, market.supply_index);
            InterestAccrued { asset_id: asset, interest, borrow_index, supply_index }.emit();
        }
        Ok(market)
    }

    pub(crate) fn deposit_for(
        &mut self,
        ctx: Context,
        asset: AssetId,
        amount: u128,
    ) -> Result<DepositReceipt> {
        let user = ctx.sender();
        let mut market = self.update_interest_accrual(ctx, asset)?;
        validate_deposit_params(&market, amount)?;
        let certificates = self.mint_deposit_certificate(&mut market, user, asset, amount)?;
        update_market_deposit(&mut market, amount)?;
        self.markets.set(&asset, &market);
        Deposited { user, asset_id: asset, amount, certificates }.emit();
        Token::at(asset).transfer_from(user, ctx.self_address(), amount)?;
        Ok(DepositReceipt {
            asset_id: asset,
            amount,
            interest_index: market.supply_index,
            user_balance: market.deposit_of(self.certificates(user, asset))?,
        })
    }

    /// Certificates for an amount, rounded down.
    fn mint_deposit_certificate(
        &mut self,
        market: &mut Market,
        user: UserId,
        asset: AssetId,
        amount: u128,
    ) -> Result<u128> {
        let certificates = market.supply_index.into(amount)?;
        ensure_validation!(certificates > 0, "the amount is too small to be counted");
        market.supply_shares = market.supply_shares.plus(certificates)?;
        self.add_certificates(user, asset, certificates)?;
        Ok(certificates)
    }

    pub(crate) fn withdraw_for(
        &mut self,
        ctx: Context,
        asset: AssetId,
        amount: u128,
    ) -> Result<WithdrawReceipt> {
        let user = ctx.sender();
        ensure_validation!(amount > 0, "nothing is to be withdrawn");
        let mut market = self.update_interest_accrual(ctx, asset)?;
        #[cfg(not(planted = "withdrawal-rounds-down"))]
        let certificates = market.supply_index.into_rounded_up(amount)?;
        #[cfg(planted = "withdrawal-rounds-down")]
        let certificates = market.supply_index.into(amount)?;
        self.take_certificates(user, asset, certificates)?;
        ensure_resources!(amount <= market.liquidity()?, "the deposits are lent out");
        market.supply_shares = market.supply_shares.minus(certificates)?;
        market.cash = market.cash.minus(amount)?;
        self.markets.set(&asset, &market);
        Withdrawn { user, asset_id: asset, amount, certificates }.emit();
        Token::at(asset).transfer(user, amount)?;
        Ok(WithdrawReceipt {
            asset_id: asset,
            amount,
            interest_index: market.supply_index,
            user_balance: market.deposit_of(self.certificates(user, asset))?,
        })
    }

    /// Certificates that are not pledged.
    pub(crate) fn certificates(&self, user: UserId, asset: AssetId) -> u128 {
        self.user_balances.get_or(&(user, asset), 0)
    }

    pub(crate) fn add_certificates(
        &mut self,
        user: UserId,
        asset: AssetId,
        certificates: u128,
    ) -> Result<()> {
        let now = self.certificates(user, asset).plus(certificates)?;
        self.update_user_balance(user, asset, now);
        Ok(())
    }

    pub(crate) fn take_certificates(
        &mut self,
        user: UserId,
        asset: AssetId,
        certificates: u128,
    ) -> Result<()> {
        let has = self.certificates(user, asset);
        ensure_resources!(certificates <= has, "the deposit is not that large");
        self.update_user_balance(user, asset, has - certificates);
        Ok(())
    }

    fn update_user_balance(&mut self, user: UserId, asset: AssetId, certificates: u128) {
        if certificates == 0 {
            self.user_balances.remove(&(user, asset));
        } else {
            self.user_balances.set(&(user, asset), &certificates);
        }
    }
}

fn validate_deposit_params(market: &Market, amount: u128) -> Result<()> {
    ensure_validation!(amount > 0, "nothing is to be deposited");
    ensure_state!(!market.frozen, "the market is frozen");
    ensure_resources!(
        market.total_supply()?.plus(amount)? <= market.config.supply_cap,
        "the market takes no more deposits"
    );
    Ok(())
}

fn update_market_deposit(market: &mut Market, amount: u128) -> Result<()> {
    market.cash = market.cash.plus(amount)?;
    Ok(())
}
