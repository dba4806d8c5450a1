//! A market of unique tokens, NFTs, which it also keeps the register of. A seller lists one and it
//! goes into escrow; a buyer pays the price, or offers one in advance that the owner may accept. The
//! maker gets a royalty of every sale and the market a fee, both out of the price.
//!
//! Amounts are in the currency's smallest unit, shares in basis points, times in Unix milliseconds.
//! `cfg!(planted)` marks the mistakes that the tests of the properties plant to see them found.
#![no_std]

mod events;
mod interface;
mod listings;
mod money;
mod nfts;
mod offers;
mod records;
mod takings;

use xwasm::prelude::*;

use events::*;
pub use records::*;

#[xwasm::contract(
    name = "nft-market",
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
    /// Fees that were not collected yet.
    #[state]
    fees: IndexedMap<CurrencyId, u128>,
    /// Native royalties that wait for contracts, and their sum.
    #[state]
    unclaimed: Map<Address, u128>,
    #[state]
    unclaimed_total: Value<u128>,
}

#[xwasm::interface(with(interface))]
impl NFTMarketplace {}
