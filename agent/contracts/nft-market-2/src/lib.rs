//! The market of NFTs, version 2. Prices may fall while a listing stands, and what was taken in each
//! currency is counted: the fees are stored in another form, and go back to the old one.
//!
//! What the versions have in common is version 1's source.
#![no_std]

#[path = "../../nft-market/src/events.rs"]
mod events;
mod falling;
#[path = "../../nft-market/src/listings.rs"]
mod listings;
#[path = "../../nft-market/src/money.rs"]
mod money;
#[path = "../../nft-market/src/nfts.rs"]
mod nfts;
#[path = "../../nft-market/src/offers.rs"]
mod offers;
#[path = "../../nft-market/src/records.rs"]
mod records;
mod takings;

use xwasm::prelude::*;

use events::*;
use money::{Sale, MOST_CURRENCIES};
pub use records::*;
pub use takings::Takings;

/// How many entries one query answers at most.
const PAGE: u32 = 100;

#[xwasm::contract(
    name = "nft-market",
    schema = 2,
    upgradeable,
    events(
        Minted,
        Transferred,
        Listed,
        ListingCancelled,
        ListingExpired,
        Sold,
        OfferMade,
        OfferAccepted,
        OfferCancelled,
        OfferExpired,
        RoyaltiesPaidOut,
        RoyaltyRecipientChanged,
        FeesCollected,
        FeeConfigured,
        CurrencyChanged
    ),
    errors(
        "PERMISSION: only the owner",
        "PERMISSION: only the NFT's owner",
        "PERMISSION: only the listing's seller",
        "PERMISSION: only the offer's buyer",
        "PERMISSION: only the fee's recipient",
        "PERMISSION: only the royalty's recipient",
        "VALIDATION: the uri is empty",
        "VALIDATION: the uri is longer than 512 bytes",
        "VALIDATION: a royalty is at most 5000 basis points",
        "VALIDATION: a fee is at most 1000 basis points",
        "VALIDATION: this party cannot receive royalties",
        "VALIDATION: this party cannot receive fees",
        "VALIDATION: this party cannot receive an NFT",
        "VALIDATION: the price is zero",
        "VALIDATION: the lowest price is between 1 and the first price",
        "VALIDATION: a listing stands for 1 millisecond to 365 days",
        "VALIDATION: the offer would be over already",
        "VALIDATION: an offer stands for at most 365 days",
        "VALIDATION: the owner cannot offer for it",
        "VALIDATION: the seller cannot buy it",
        "VALIDATION: the buyer cannot accept the offer",
        "VALIDATION: this currency is not accepted",
        "VALIDATION: a currency is the address of a contract",
        "VALIDATION: the price is not in native value",
        "RESOURCES: the payment is below the price",
        "RESOURCES: there are no fees in this currency",
        "RESOURCES: no royalties wait for this party",
        "RESOURCES: 64 currencies are known already",
        "STATE: no such NFT",
        "STATE: no such listing",
        "STATE: no such offer",
        "STATE: the NFT is for sale: cancel its listing first",
        "STATE: the listing is closed",
        "STATE: the offer is closed",
        "STATE: the market is set up already",
        "TIMEOUT: the listing is over",
        "TIMEOUT: the listing is not over yet",
        "TIMEOUT: the offer is over",
        "TIMEOUT: the offer is not over yet"
    )
)]
pub struct NFTMarketplace {
    #[state]
    owner: Value<Address>,
    #[state]
    fee_config: Value<MarketplaceFeeConfig>,
    /// Tokens that were ever accepted, and whether they are now.
    #[state]
    currencies: IndexedMap<Address, bool>,
    #[state]
    nfts: Map<NftId, Nft>,
    #[state]
    nft_count: Value<u64>,
    #[state]
    royalty_registry: Map<NftId, RoyaltyInfo>,
    #[state]
    listings: Map<ListingId, Listing>,
    #[state]
    listing_count: Value<u64>,
    /// The active ones.
    #[state]
    on_sale: IndexedMap<ListingId, NftId>,
    #[state]
    offers: Map<OfferId, Offer>,
    #[state]
    offer_count: Value<u64>,
    /// The offers for an NFT in the order of their coming, and how many they are.
    #[state]
    offers_by_nft: Map<(NftId, u32), OfferId>,
    #[state]
    offer_counts: Map<NftId, u32>,
    /// What the open offers come to.
    #[state]
    locked: Map<CurrencyId, u128>,
    /// Fees that were not collected yet, and all that was taken.
    #[state]
    fees: IndexedMap<CurrencyId, Takings>,
    /// Where prices that fall end.
    #[state]
    lowest_prices: Map<ListingId, u128>,
    /// Native royalties that wait for contracts, and their sum.
    #[state]
    unclaimed: Map<Address, u128>,
    #[state]
    unclaimed_total: Value<u128>,
}

#[xwasm::interface]
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

    /// As `list_nft`, at a price that falls evenly to the lowest one.
    pub fn list_falling(
        &mut self,
        ctx: Context,
        nft_id: NftId,
        price: u128,
        lowest_price: u128,
        currency: CurrencyId,
        duration: u64,
    ) -> Result<ListingReceipt> {
        let nft = self.validate_nft_ownership(ctx.sender(), nft_id)?;
        self.validate_listing_params(price, currency, duration)?;
        self.validate_lowest_price(price, lowest_price)?;
        let receipt = self.create_listing(ctx, nft, price, currency, duration)?;
        self.let_price_fall(&receipt, lowest_price);
        Ok(receipt)
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

    /// What the NFT of an active listing costs now.
    pub fn price(&self, ctx: Context, listing_id: ListingId) -> Result<u128> {
        let listing = self.active_listing(listing_id)?;
        self.price_now(ctx, &listing)
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

    /// What was taken in a currency since version 2 counts it.
    pub fn takings(&self, currency: CurrencyId) -> Takings {
        self.taken(currency)
    }

    #[migrate(from = 1)]
    pub fn migrate(&mut self) -> Result<()> {
        self.count_takings();
        Ok(())
    }

    #[migrate_back]
    pub fn migrate_back(&mut self) -> Result<()> {
        self.forget_takings();
        Ok(())
    }
}
