//! What the market has taken in each currency. Version 1 knew the uncollected fees alone, under the
//! same name: bare numbers become records, and numbers again.

use xwasm::prelude::*;

use crate::records::CurrencyId;
use crate::NFTMarketplace;

/// Since the market has counted: `collected` and the sales begin at nothing with this version.
#[xwasm::record]
#[derive(Copy, Default)]
pub struct Takings {
    pub uncollected: u128,
    pub collected: u128,
    pub sales: u64,
    pub volume: u128,
}

impl NFTMarketplace {
    pub(crate) fn keep_fee(&mut self, currency: CurrencyId, price: u128, fee: u128) -> Result<()> {
        let mut takings = self.taken(currency);
        takings.uncollected = takings.uncollected.plus(fee)?;
        takings.sales += 1;
        takings.volume = takings.volume.plus(price)?;
        self.fees.set(&currency, &takings);
        Ok(())
    }

    /// All of them: nothing is kept afterwards.
    pub(crate) fn take_fees(&mut self, currency: CurrencyId) -> Result<u128> {
        let mut takings = self.taken(currency);
        let kept = core::mem::take(&mut takings.uncollected);
        takings.collected = takings.collected.plus(kept)?;
        self.fees.set(&currency, &takings);
        Ok(kept)
    }

    pub(crate) fn uncollected(&self, currency: CurrencyId) -> u128 {
        self.taken(currency).uncollected
    }

    pub(crate) fn taken(&self, currency: CurrencyId) -> Takings {
        self.fees.get(&currency).unwrap_or_default()
    }

    /// One step for each currency, of which there are few; listings and offers stay as they are.
    pub(crate) fn count_takings(&mut self) {
        let before = IndexedMap::<CurrencyId, u128>::new("fees");
        for (currency, uncollected) in before.iter() {
            self.fees.set(&currency, &Takings { uncollected, ..Takings::default() });
        }
    }

    pub(crate) fn forget_takings(&mut self) {
        let mut before = IndexedMap::<CurrencyId, u128>::new("fees");
        for (currency, takings) in self.fees.iter() {
            before.set(&currency, &takings.uncollected);
        }
    }
}
