//! The market of NFTs, version 2. Prices may fall while a listing stands, and what was taken in each
//! currency is counted: the fees are stored in another form, and go back to the old one.
//!
//! What the versions have in common is version 1's source.
#![no_std]

#[path = "../../nft-market/src/events.rs"]
mod events;
mod falling;
#[path = "../../nft-market/src/interface.rs"]
mod interface;
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
pub use records::*;
pub use takings::Takings;

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

#[xwasm::interface(with(interface))]
impl NFTMarketplace {
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

    /// What the NFT of an active listing costs now.
    pub fn price(&self, ctx: Context, listing_id: ListingId) -> Result<u128> {
        let listing = self.active_listing(listing_id)?;
        self.price_now(ctx, &listing)
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
