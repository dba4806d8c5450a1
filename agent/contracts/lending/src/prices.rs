//! The price feed: an account tells prices, which are good for a time.

use xwasm::prelude::*;

use crate::events::PriceSet;
use crate::records::{AssetId, Price};
use crate::Lending;

/// With this, the value of every amount that a market can hold fits 128 bits for a long time.
pub const HIGHEST_PRICE: Ray = Ray(1_000_000_000 * Ray::SCALE);

impl Lending {
    pub(crate) fn keep_price(&mut self, ctx: Context, asset: AssetId, value: Ray) -> Result<()> {
        ensure_permission!(self.oracle.get() == Some(ctx.sender()), "only the oracle sets prices");
        ensure_state!(self.markets.contains(&asset), "no such market");
        ensure_validation!(
            value > Ray::ZERO && value <= HIGHEST_PRICE,
            "a price is above 0 and at most 10^9 for the smallest unit"
        );
        self.prices.set(&asset, &Price { value, set_at: ctx.block_timestamp() });
        PriceSet { asset_id: asset, value }.emit();
        Ok(())
    }

    /// A price that is not too old to lend or liquidate by.
    pub(crate) fn fresh_price(&self, ctx: Context, asset: AssetId) -> Result<Ray> {
        let price = self.prices.require(&asset, "the asset has no price yet")?;
        #[cfg(not(planted = "stale-price"))]
        ensure_in_time!(
            ctx.block_timestamp().saturating_sub(price.set_at) <= self.staleness_limit.get_or(0),
            "the price is too old"
        );
        #[cfg(planted = "stale-price")]
        let _ = ctx;
        Ok(price.value)
    }
}
