//! What the market announces.

use xwasm::prelude::*;

use crate::records::{CurrencyId, ListingId, NftId, OfferId};

#[xwasm::event]
pub struct Minted {
    pub nft_id: NftId,
    pub creator: Address,
    pub uri: String,
    pub royalty_recipient: Address,
    pub royalty_percentage: u16,
}

/// An NFT changed hands; the market's own address is the escrow.
#[xwasm::event]
pub struct Transferred {
    pub nft_id: NftId,
    pub from: Address,
    pub to: Address,
}

#[xwasm::event]
pub struct Listed {
    pub listing_id: ListingId,
    pub nft_id: NftId,
    pub seller: Address,
    pub price: u128,
    pub currency: CurrencyId,
    pub expiration: u64,
}

#[xwasm::event]
pub struct ListingCancelled {
    pub listing_id: ListingId,
    pub nft_id: NftId,
}

#[xwasm::event]
pub struct ListingExpired {
    pub listing_id: ListingId,
    pub nft_id: NftId,
}

/// A sale, from a listing or by an offer.
#[xwasm::event]
pub struct Sold {
    pub nft_id: NftId,
    pub seller: Address,
    pub buyer: Address,
    pub price: u128,
    pub currency: CurrencyId,
    pub royalty: u128,
    pub fee: u128,
}

#[xwasm::event]
pub struct OfferMade {
    pub offer_id: OfferId,
    pub nft_id: NftId,
    pub buyer: Address,
    pub price: u128,
    pub currency: CurrencyId,
    pub expiration: u64,
}

#[xwasm::event]
pub struct OfferAccepted {
    pub offer_id: OfferId,
    pub nft_id: NftId,
}

#[xwasm::event]
pub struct OfferCancelled {
    pub offer_id: OfferId,
    pub nft_id: NftId,
}

#[xwasm::event]
pub struct OfferExpired {
    pub offer_id: OfferId,
    pub nft_id: NftId,
}

/// A royalty that waited in the market was paid out.
#[xwasm::event]
pub struct RoyaltiesPaidOut {
    pub recipient: Address,
    pub amount: u128,
}

#[xwasm::event]
pub struct RoyaltyRecipientChanged {
    pub nft_id: NftId,
    pub recipient: Address,
}

#[xwasm::event]
pub struct FeesCollected {
    pub recipient: Address,
    pub currency: CurrencyId,
    pub amount: u128,
}

#[xwasm::event]
pub struct FeeConfigured {
    pub fee_percentage: u16,
    pub fee_recipient: Address,
}

#[xwasm::event]
pub struct CurrencyChanged {
    pub token: Address,
    pub accepted: bool,
}
