//! The market's fees until they are collected, and what a listing costs: the part of the market that
//! its versions do differently.

use xwasm::prelude::*;

use crate::records::{CurrencyId, Listing};
use crate::NFTMarketplace;

impl NFTMarketplace {
    pub(crate) fn price_now(&self, _: Context, listing: &Listing) -> Result<u128> {
        Ok(listing.price)
    }

    pub(crate) fn keep_fee(&mut self, currency: CurrencyId, _: u128, fee: u128) -> Result<()> {
        let kept = self.fees.get_or(&currency, 0).plus(fee)?;
        self.fees.set(&currency, &kept);
        Ok(())
    }

    /// All of them: nothing is kept afterwards.
    pub(crate) fn take_fees(&mut self, currency: CurrencyId) -> Result<u128> {
        let kept = self.uncollected(currency);
        self.fees.set(&currency, &0);
        Ok(kept)
    }

    pub(crate) fn uncollected(&self, currency: CurrencyId) -> u128 {
        self.fees.get_or(&currency, 0)
    }
}
