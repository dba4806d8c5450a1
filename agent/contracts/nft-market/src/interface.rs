//! The methods that all versions have.

use xwasm::prelude::*;

use crate::events::*;
use crate::money::{Sale, MOST_CURRENCIES};
use crate::records::*;
use crate::NFTMarketplace;

/// How many entries one query answers at most.
const PAGE: u32 = 100;

#[xwasm::interface(part)]
impl NFTMarketplace {
    pub fn init(
        &mut self,
        ctx: Context,
        owner: Address,
        fee_percentage: u16,
        fee_recipient: Address,
    ) -> Result<()> {
        ensure_state!(!self.owner.exists(), "the market is set up already");
        let config = MarketplaceFeeConfig { fee_percentage, fee_recipient };
        self.validate_fee_config(ctx, config)?;
        self.owner.set(&owner);
        self.fee_config.set(&config);
        Ok(())
    }

    /// For listings and offers that are made from now on.
    #[only_owner]
    pub fn set_fee_config(
        &mut self,
        ctx: Context,
        fee_percentage: u16,
        fee_recipient: Address,
    ) -> Result<()> {
        let config = MarketplaceFeeConfig { fee_percentage, fee_recipient };
        self.validate_fee_config(ctx, config)?;
        self.fee_config.set(&config);
        FeeConfigured { fee_percentage, fee_recipient }.emit();
        Ok(())
    }

    /// Prices in a token may be asked and offered, or no more. What stands already goes on.
    #[only_owner]
    pub fn set_currency(&mut self, ctx: Context, token: Address, accepted: bool) -> Result<()> {
        ensure_validation!(ctx.is_contract(&token), "a currency is the address of a contract");
        ensure_resources!(
            self.currencies.contains(&token) || self.currencies.len() < MOST_CURRENCIES,
            "64 currencies are known already"
        );
        self.currencies.set(&token, &accepted);
        CurrencyChanged { token, accepted }.emit();
        Ok(())
    }

    /// The caller makes an NFT and has it.
    pub fn mint(&mut self, ctx: Context, uri: String, royalty: RoyaltyInfo) -> Result<NftId> {
        self.create_nft(ctx, uri, royalty)
    }

    pub fn transfer_nft(&mut self, ctx: Context, nft_id: NftId, to: Address) -> Result<()> {
        let nft = self.validate_nft_ownership(ctx.sender(), nft_id)?;
        ensure_validation!(
            to != Address::ZERO && to != ctx.self_address(),
            "this party cannot receive an NFT"
        );
        self.move_nft(nft, to);
        Ok(())
    }

    /// Whoever gets an NFT's royalties may pass them on.
    pub fn set_royalty_recipient(
        &mut self,
        ctx: Context,
        nft_id: NftId,
        recipient: Address,
    ) -> Result<()> {
        self.validate_royalty_recipient(ctx, recipient)?;
        let info = self.royalty_registry.require(&nft_id, "no such NFT")?;
        ensure_permission!(info.recipient == ctx.sender(), "only the royalty's recipient");
        self.royalty_registry.set(&nft_id, &RoyaltyInfo { recipient, ..info });
        RoyaltyRecipientChanged { nft_id, recipient }.emit();
        Ok(())
    }

    /// Puts an NFT into escrow and asks a price for it, for so many milliseconds.
    pub fn list_nft(
        &mut self,
        ctx: Context,
        nft_id: NftId,
        price: u128,
        currency: CurrencyId,
        duration: u64,
    ) -> Result<ListingReceipt> {
        let nft = self.validate_nft_ownership(ctx.sender(), nft_id)?;
        self.validate_listing_params(price, currency, duration)?;
        self.create_listing(ctx, nft, price, currency, duration)
    }

    /// Pays the price: in native value, of which the rest comes back, or in tokens that the market
    /// may move.
    #[payable]
    pub fn buy_nft(&mut self, ctx: Context, listing_id: ListingId) -> Result<PurchaseReceipt> {
        let listing = self.validate_listing(ctx, listing_id)?;
        let Listing { nft_id, seller, currency, fee_percentage, .. } = listing;
        let buyer = ctx.sender();
        ensure_validation!(buyer != seller, "the seller cannot buy it");
        let price = self.price_now(ctx, &listing)?;
        self.update_listing_after_sale(listing);
        self.release_nft(nft_id, buyer)?;
        self.receive(ctx, currency, price)?;
        let Division { seller_amount, royalties, fees } =
            self.settle(ctx, Sale { nft_id, seller, buyer, price, currency, fee_percentage })?;
        Ok(PurchaseReceipt { nft_id, price, currency, seller_amount, royalties, fees })
    }

    /// The seller takes the NFT back.
    pub fn cancel_listing(&mut self, ctx: Context, listing_id: ListingId) -> Result<CancelReceipt> {
        let listing = self.validate_listing_ownership(ctx.sender(), listing_id)?;
        self.update_listing_after_cancellation(listing);
        self.release_nft(listing.nft_id, listing.seller)?;
        Ok(CancelReceipt { listing_id, nft_id: listing.nft_id })
    }

    /// Anybody gives the NFT of a listing that is over back to its seller.
    pub fn expire_listing(&mut self, ctx: Context, listing_id: ListingId) -> Result<CancelReceipt> {
        let listing = self.active_listing(listing_id)?;
        ensure_in_time!(
            ctx.block_timestamp() >= listing.expiration,
            "the listing is not over yet"
        );
        self.update_listing_after_expiry(listing);
        self.release_nft(listing.nft_id, listing.seller)?;
        Ok(CancelReceipt { listing_id, nft_id: listing.nft_id })
    }

    /// Pays a price in advance that whoever owns the NFT may accept before that moment.
    #[payable]
    pub fn make_offer(
        &mut self,
        ctx: Context,
        nft_id: NftId,
        price: u128,
        currency: CurrencyId,
        expiration: u64,
    ) -> Result<OfferReceipt> {
        self.validate_offer_params(ctx, nft_id, price, currency, expiration)?;
        let receipt = self.create_offer(ctx, nft_id, price, currency, expiration)?;
        self.lock(currency, price)?;
        self.receive(ctx, currency, price)?;
        Ok(receipt)
    }

    /// The NFT's owner sells it to whoever made the offer. What is for sale must be taken back first.
    pub fn accept_offer(&mut self, ctx: Context, offer_id: OfferId) -> Result<AcceptOfferReceipt> {
        let offer = self.validate_offer(ctx, offer_id)?;
        let seller = ctx.sender();
        let nft = self.validate_nft_ownership(seller, offer.nft_id)?;
        let Offer { nft_id, buyer, price, currency, fee_percentage, .. } = offer;
        ensure_validation!(buyer != seller, "the buyer cannot accept the offer");
        self.update_offer_after_acceptance(offer)?;
        self.move_nft(nft, buyer);
        let Division { seller_amount, royalties, fees } =
            self.settle(ctx, Sale { nft_id, seller, buyer, price, currency, fee_percentage })?;
        Ok(AcceptOfferReceipt {
            offer_id,
            nft_id,
            price,
            currency,
            seller_amount,
            royalties,
            fees,
        })
    }

    /// The buyer takes the money back, at any time.
    pub fn cancel_offer(&mut self, ctx: Context, offer_id: OfferId) -> Result<CancelOfferReceipt> {
        let offer = self.open_offer(offer_id)?;
        ensure_permission!(offer.buyer == ctx.sender(), "only the offer's buyer");
        self.return_offer(ctx, offer, OfferStatus::Cancelled)
    }

    /// Anybody gives the money of an offer that is over back to its buyer.
    pub fn expire_offer(&mut self, ctx: Context, offer_id: OfferId) -> Result<CancelOfferReceipt> {
        let offer = self.open_offer(offer_id)?;
        ensure_in_time!(ctx.block_timestamp() >= offer.expiration, "the offer is not over yet");
        self.return_offer(ctx, offer, OfferStatus::Expired)
    }

    /// All fees in a currency, to their recipient.
    pub fn collect_fees(&mut self, ctx: Context, currency: CurrencyId) -> Result<u128> {
        self.collect(ctx, currency)
    }

    /// Sends a contract the royalties that wait for it, whoever asks for it.
    pub fn pay_out_royalties(&mut self, ctx: Context, recipient: Address) -> Result<u128> {
        self.pay_out(ctx, recipient)
    }

    pub fn nft(&self, nft_id: NftId) -> Option<Nft> {
        self.nfts.get(&nft_id)
    }

    pub fn nft_count(&self) -> u64 {
        self.nft_count.get_or(0)
    }

    pub fn royalty_info(&self, nft_id: NftId) -> Option<RoyaltyInfo> {
        self.royalty_registry.get(&nft_id)
    }

    pub fn listing(&self, listing_id: ListingId) -> Option<Listing> {
        self.listings.get(&listing_id)
    }

    /// What is for sale, in no particular order.
    pub fn active_listings(&self, from: u32, count: u32) -> Vec<Listing> {
        let page = self.on_sale.page(from, count.min(PAGE));
        page.iter().filter_map(|(id, _)| self.listings.get(id)).collect()
    }

    pub fn offer(&self, offer_id: OfferId) -> Option<Offer> {
        self.offers.get(&offer_id)
    }

    /// All offers that were ever made for an NFT, in order.
    pub fn offers_for(&self, nft_id: NftId, from: u32, count: u32) -> Vec<Offer> {
        let last = self.offer_counts.get_or(&nft_id, 0).min(from.saturating_add(count.min(PAGE)));
        (from..last)
            .filter_map(|place| self.offers_by_nft.get(&(nft_id, place)))
            .filter_map(|id| self.offers.get(&id))
            .collect()
    }

    pub fn fees(&self) -> Result<MarketplaceFeeConfig> {
        self.fee_config()
    }

    /// Tokens that are accepted now.
    pub fn accepted_currencies(&self) -> Vec<Address> {
        self.currencies.iter().filter(|(_, accepted)| *accepted).map(|(token, _)| token).collect()
    }

    /// What the market holds in a currency and for whom.
    pub fn holdings(&self, currency: CurrencyId) -> Holdings {
        self.held(currency)
    }
}
