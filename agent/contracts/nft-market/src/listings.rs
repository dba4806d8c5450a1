//! Listings: an NFT in escrow at a price, for a while.

use xwasm::prelude::*;

use crate::events::{Listed, ListingCancelled, ListingExpired};
use crate::records::{CurrencyId, Listing, ListingId, ListingReceipt, ListingStatus, Nft};
use crate::NFTMarketplace;

/// How long listings and offers may stand: a year, in milliseconds.
pub const LONGEST: u64 = 365 * 24 * 3_600 * 1_000;

impl NFTMarketplace {
    pub(crate) fn validate_listing_params(
        &self,
        price: u128,
        currency: CurrencyId,
        duration: u64,
    ) -> Result<()> {
        ensure_validation!(price > 0, "the price is zero");
        ensure_validation!(
            duration > 0 && duration <= LONGEST,
            "a listing stands for 1 millisecond to 365 days"
        );
        self.validate_currency(currency)
    }

    pub(crate) fn create_listing(
        &mut self,
        ctx: Context,
        nft: Nft,
        price: u128,
        currency: CurrencyId,
        duration: u64,
    ) -> Result<ListingReceipt> {
        let id = ListingId(self.listing_count.update(|count| {
            *count += 1;
            *count
        }));
        let created_at = ctx.block_timestamp();
        let listing = Listing {
            id,
            nft_id: nft.id,
            seller: ctx.sender(),
            price,
            currency,
            fee_percentage: self.fee_percentage()?,
            created_at,
            expiration: created_at.plus(duration)?,
            status: ListingStatus::Active,
        };
        self.listings.set(&id, &listing);
        self.on_sale.set(&id, &nft.id);
        self.transfer_nft_to_escrow(ctx, nft, id);
        let Listing { nft_id, seller, expiration, .. } = listing;
        Listed { listing_id: id, nft_id, seller, price, currency, expiration }.emit();
        Ok(ListingReceipt { listing_id: id, nft_id, price, currency, expiration })
    }

    /// A listing that can be bought from.
    pub(crate) fn validate_listing(&self, ctx: Context, id: ListingId) -> Result<Listing> {
        let listing = self.active_listing(id)?;
        ensure_in_time!(ctx.block_timestamp() < listing.expiration, "the listing is over");
        Ok(listing)
    }

    /// A listing that its seller may take back, also when it is over.
    pub(crate) fn validate_listing_ownership(
        &self,
        sender: Address,
        id: ListingId,
    ) -> Result<Listing> {
        let listing = self.active_listing(id)?;
        ensure_permission!(listing.seller == sender, "only the listing's seller");
        Ok(listing)
    }

    pub(crate) fn active_listing(&self, id: ListingId) -> Result<Listing> {
        let listing = self.listings.require(&id, "no such listing")?;
        ensure_state!(listing.status == ListingStatus::Active, "the listing is closed");
        Ok(listing)
    }

    pub(crate) fn update_listing_after_sale(&mut self, listing: Listing) {
        if cfg!(planted = "standing-listing") {
            return;
        }
        self.close_listing(listing, ListingStatus::Sold);
    }

    pub(crate) fn update_listing_after_cancellation(&mut self, listing: Listing) {
        self.close_listing(listing, ListingStatus::Cancelled);
        ListingCancelled { listing_id: listing.id, nft_id: listing.nft_id }.emit();
    }

    pub(crate) fn update_listing_after_expiry(&mut self, listing: Listing) {
        self.close_listing(listing, ListingStatus::Expired);
        ListingExpired { listing_id: listing.id, nft_id: listing.nft_id }.emit();
    }

    fn close_listing(&mut self, listing: Listing, status: ListingStatus) {
        self.listings.set(&listing.id, &Listing { status, ..listing });
        self.on_sale.remove(&listing.id);
    }
}
