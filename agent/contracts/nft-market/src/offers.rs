//! Offers: a price that is paid in advance for an NFT, whoever has it, for a while.

use xwasm::prelude::*;

use crate::events::{OfferAccepted, OfferCancelled, OfferExpired, OfferMade};
use crate::listings::LONGEST;
use crate::records::{CancelOfferReceipt, CurrencyId, NftId, Offer, OfferId, OfferReceipt, OfferStatus};
use crate::NFTMarketplace;

impl NFTMarketplace {
    pub(crate) fn validate_offer_params(
        &self,
        ctx: Context,
        nft_id: NftId,
        price: u128,
        currency: CurrencyId,
        expiration: u64,
    ) -> Result<()> {
        let nft = self.nfts.require(&nft_id, "no such NFT")?;
        ensure_validation!(nft.owner != ctx.sender(), "the owner cannot offer for it");
        ensure_validation!(price > 0, "the price is zero");
        let now = ctx.block_timestamp();
        ensure_validation!(expiration > now, "the offer would be over already");
        ensure_validation!(expiration - now <= LONGEST, "an offer stands for at most 365 days");
        self.validate_currency(currency)
    }

    pub(crate) fn create_offer(
        &mut self,
        ctx: Context,
        nft_id: NftId,
        price: u128,
        currency: CurrencyId,
        expiration: u64,
    ) -> Result<OfferReceipt> {
        let id = OfferId(self.offer_count.update(|count| {
            *count += 1;
            *count
        }));
        let buyer = ctx.sender();
        let offer = Offer {
            id,
            nft_id,
            buyer,
            price,
            currency,
            fee_percentage: self.fee_percentage()?,
            created_at: ctx.block_timestamp(),
            expiration,
            status: OfferStatus::Open,
        };
        self.offers.set(&id, &offer);
        let place = self.offer_counts.update(&nft_id, |count| {
            *count += 1;
            *count - 1
        });
        self.offers_by_nft.set(&(nft_id, place), &id);
        OfferMade { offer_id: id, nft_id, buyer, price, currency, expiration }.emit();
        Ok(OfferReceipt { offer_id: id, nft_id, price, currency, expiration })
    }

    /// An offer that can be accepted.
    pub(crate) fn validate_offer(&self, ctx: Context, id: OfferId) -> Result<Offer> {
        let offer = self.open_offer(id)?;
        let now = if cfg!(planted = "eternal-offer") { 0 } else { ctx.block_timestamp() };
        ensure_in_time!(now < offer.expiration, "the offer is over");
        Ok(offer)
    }

    pub(crate) fn open_offer(&self, id: OfferId) -> Result<Offer> {
        let offer = self.offers.require(&id, "no such offer")?;
        ensure_state!(offer.status == OfferStatus::Open, "the offer is closed");
        Ok(offer)
    }

    pub(crate) fn update_offer_after_acceptance(&mut self, offer: Offer) -> Result<()> {
        self.close_offer(offer, OfferStatus::Accepted)?;
        OfferAccepted { offer_id: offer.id, nft_id: offer.nft_id }.emit();
        Ok(())
    }

    /// Closes it and gives its price back.
    pub(crate) fn return_offer(
        &mut self,
        ctx: Context,
        offer: Offer,
        status: OfferStatus,
    ) -> Result<CancelOfferReceipt> {
        self.close_offer(offer, status)?;
        let Offer { id, nft_id, buyer, price, currency, .. } = offer;
        if status == OfferStatus::Expired {
            OfferExpired { offer_id: id, nft_id }.emit();
        } else {
            OfferCancelled { offer_id: id, nft_id }.emit();
        }
        self.send(ctx, currency, buyer, price)?;
        Ok(CancelOfferReceipt { offer_id: id, nft_id, returned: price, currency })
    }

    fn close_offer(&mut self, offer: Offer, status: OfferStatus) -> Result<()> {
        if cfg!(not(planted = "open-offer")) {
            self.offers.set(&offer.id, &Offer { status, ..offer });
        }
        self.unlock(offer.currency, offer.price)
    }
}
