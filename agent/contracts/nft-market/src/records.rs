//! What the market stores and answers.

use xwasm::prelude::*;

/// Shares of a price are counted in ten-thousandths.
pub const WHOLE: u16 = 10_000;

/// Counted from 1.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct NftId(pub u64);

/// Counted from 1.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct ListingId(pub u64);

/// Counted from 1.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct OfferId(pub u64);

/// What is paid in: the contract of a token, or null for the native balance.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct CurrencyId(pub Option<Address>);

/// The market's share of a price, in basis points, and who may collect it.
#[xwasm::record]
#[derive(Copy)]
pub struct MarketplaceFeeConfig {
    pub fee_percentage: u16,
    pub fee_recipient: Address,
}

/// The maker's share of every later price, in basis points.
#[xwasm::record]
#[derive(Copy)]
pub struct RoyaltyInfo {
    pub recipient: Address,
    pub percentage: u16,
}

/// While it is for sale its owner is the market, and `listing` says under which listing.
#[xwasm::record]
pub struct Nft {
    pub id: NftId,
    pub creator: Address,
    pub owner: Address,
    pub listing: Option<ListingId>,
    pub uri: String,
    pub minted_at: u64,
}

#[xwasm::record]
#[derive(Copy)]
pub enum ListingStatus {
    Active,
    Sold,
    Cancelled,
    Expired,
}

/// Its fee is the one in force when it was made: a seller knows what will be left of the price.
#[xwasm::record]
#[derive(Copy)]
pub struct Listing {
    pub id: ListingId,
    pub nft_id: NftId,
    pub seller: Address,
    pub price: u128,
    pub currency: CurrencyId,
    pub fee_percentage: u16,
    pub created_at: u64,
    /// The first moment at which it is over.
    pub expiration: u64,
    pub status: ListingStatus,
}

#[xwasm::record]
#[derive(Copy)]
pub enum OfferStatus {
    Open,
    Accepted,
    Cancelled,
    Expired,
}

/// Its price lies in the market's balance as long as it is open.
#[xwasm::record]
#[derive(Copy)]
pub struct Offer {
    pub id: OfferId,
    pub nft_id: NftId,
    pub buyer: Address,
    pub price: u128,
    pub currency: CurrencyId,
    pub fee_percentage: u16,
    pub created_at: u64,
    /// The first moment at which it is over.
    pub expiration: u64,
    pub status: OfferStatus,
}

#[xwasm::record]
#[derive(Copy)]
pub struct RoyaltyPayment {
    pub recipient: Address,
    pub amount: u128,
    pub percentage: u16,
}

#[xwasm::record]
#[derive(Copy)]
pub struct MarketplaceFee {
    pub amount: u128,
    pub percentage: u16,
    pub recipient: Address,
}

/// How a price is divided; the three parts are the price.
#[xwasm::record]
#[derive(Copy)]
pub struct Division {
    pub seller_amount: u128,
    pub royalties: RoyaltyPayment,
    pub fees: MarketplaceFee,
}

#[xwasm::record]
#[derive(Copy)]
pub struct ListingReceipt {
    pub listing_id: ListingId,
    pub nft_id: NftId,
    pub price: u128,
    pub currency: CurrencyId,
    pub expiration: u64,
}

#[xwasm::record]
#[derive(Copy)]
pub struct PurchaseReceipt {
    pub nft_id: NftId,
    pub price: u128,
    pub currency: CurrencyId,
    pub seller_amount: u128,
    pub royalties: RoyaltyPayment,
    pub fees: MarketplaceFee,
}

#[xwasm::record]
#[derive(Copy)]
pub struct CancelReceipt {
    pub listing_id: ListingId,
    pub nft_id: NftId,
}

#[xwasm::record]
#[derive(Copy)]
pub struct OfferReceipt {
    pub offer_id: OfferId,
    pub nft_id: NftId,
    pub price: u128,
    pub currency: CurrencyId,
    pub expiration: u64,
}

#[xwasm::record]
#[derive(Copy)]
pub struct AcceptOfferReceipt {
    pub offer_id: OfferId,
    pub nft_id: NftId,
    pub price: u128,
    pub currency: CurrencyId,
    pub seller_amount: u128,
    pub royalties: RoyaltyPayment,
    pub fees: MarketplaceFee,
}

#[xwasm::record]
#[derive(Copy)]
pub struct CancelOfferReceipt {
    pub offer_id: OfferId,
    pub nft_id: NftId,
    pub returned: u128,
    pub currency: CurrencyId,
}

/// What the market holds in one currency, and for whom; its balance is the sum.
#[xwasm::record]
#[derive(Copy)]
pub struct Holdings {
    pub locked_offers: u128,
    pub uncollected_fees: u128,
    pub unclaimed_royalties: u128,
}
