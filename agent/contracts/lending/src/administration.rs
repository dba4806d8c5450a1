//! What the owner does: markets, their settings, reserves.

use xwasm::prelude::*;

use crate::config::MarketConfig;
use crate::deposits::Token;
use crate::events::{MarketConfigured, MarketCreated, MarketFrozen, ReservesWithdrawn};
use crate::market::Market;
use crate::records::AssetId;
use crate::Lending;

/// So many that a migration can go over all of them in one call.
pub const MOST_MARKETS: u32 = 64;

impl Lending {
    pub(crate) fn open_market(
        &mut self,
        ctx: Context,
        asset: AssetId,
        config: MarketConfig,
    ) -> Result<()> {
        config.validate()?;
        ensure_validation!(ctx.is_contract(&asset), "an asset is the address of a token contract");
        ensure_state!(!self.markets.contains(&asset), "the asset has a market already");
        ensure_resources!(self.markets.len() < MOST_MARKETS, "there are 64 markets already");
        self.markets.set(&asset, &Market::new(config, ctx.block_timestamp()));
        MarketCreated { asset_id: asset }.emit();
        Ok(())
    }

    /// Time until now counts by the old settings.
    pub(crate) fn change_config(
        &mut self,
        ctx: Context,
        asset: AssetId,
        config: MarketConfig,
    ) -> Result<()> {
        config.validate()?;
        let mut market = self.update_interest_accrual(ctx, asset)?;
        market.configure(config)?;
        #[cfg(planted = "index-begins-again")]
        {
            market.borrow_index = Ray::ONE;
        }
        self.markets.set(&asset, &market);
        MarketConfigured { asset_id: asset }.emit();
        Ok(())
    }

    pub(crate) fn set_frozen(&mut self, asset: AssetId, frozen: bool) -> Result<()> {
        self.markets.change(&asset, "no such market", |market| {
            market.frozen = frozen;
            Ok(())
        })?;
        MarketFrozen { asset_id: asset, frozen }.emit();
        Ok(())
    }

    pub(crate) fn pay_reserves(
        &mut self,
        ctx: Context,
        asset: AssetId,
        amount: u128,
        to: Address,
    ) -> Result<()> {
        ensure_validation!(amount > 0, "nothing is to be withdrawn");
        let mut market = self.update_interest_accrual(ctx, asset)?;
        ensure_resources!(
            amount <= market.reserves()?.min(market.cash),
            "the reserves are not that large, or lent out"
        );
        market.cash = market.cash.minus(amount)?;
        self.markets.set(&asset, &market);
        ReservesWithdrawn { asset_id: asset, to, amount }.emit();
        Token::at(asset).transfer(to, amount)
    }
}
