//! Listings whose price falls evenly from the first to the lowest while they stand.
//!
//! The lowest price lies beside the listing. Version 1, which does not know it, sells such a listing
//! at its first price: nobody loses by a rollback, and a later upgrade lets the price fall again.

use xwasm::prelude::*;

use crate::records::{Listing, ListingReceipt};
use crate::NFTMarketplace;

impl NFTMarketplace {
    pub(crate) fn validate_lowest_price(&self, price: u128, lowest: u128) -> Result<()> {
        ensure_validation!(
            lowest > 0 && lowest <= price,
            "the lowest price is between 1 and the first price"
        );
        Ok(())
    }

    pub(crate) fn let_price_fall(&mut self, listing: &ListingReceipt, lowest: u128) {
        self.lowest_prices.set(&listing.listing_id, &lowest);
    }

    /// Rounded up: never below what the seller asks at that moment.
    pub(crate) fn price_now(&self, ctx: Context, listing: &Listing) -> Result<u128> {
        let lowest = self.lowest_prices.get_or(&listing.id, listing.price);
        let whole = u128::from(listing.expiration.minus(listing.created_at)?);
        let passed = u128::from(ctx.block_timestamp().saturating_sub(listing.created_at));
        let fallen = listing.price.minus(lowest)?.mul_div(passed.min(whole), whole)?;
        listing.price.minus(fallen)
    }
}
