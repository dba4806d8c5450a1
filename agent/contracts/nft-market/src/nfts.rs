//! NFTs and who has them: an owner, or the market in escrow.

use xwasm::prelude::*;

use crate::events::{Minted, Transferred};
use crate::records::{ListingId, Nft, NftId, RoyaltyInfo};
use crate::NFTMarketplace;

const LONGEST_URI: usize = 512;
/// Half of the price: together with the highest fee less than the whole.
pub const HIGHEST_ROYALTY: u16 = 5_000;

impl NFTMarketplace {
    pub(crate) fn create_nft(
        &mut self,
        ctx: Context,
        uri: String,
        royalty: RoyaltyInfo,
    ) -> Result<NftId> {
        ensure_validation!(!uri.is_empty(), "the uri is empty");
        ensure_validation!(uri.len() <= LONGEST_URI, "the uri is longer than 512 bytes");
        ensure_validation!(
            royalty.percentage <= HIGHEST_ROYALTY,
            "a royalty is at most 5000 basis points"
        );
        self.validate_royalty_recipient(ctx, royalty.recipient)?;
        let id = NftId(self.nft_count.update(|count| {
            *count += 1;
            *count
        }));
        let creator = ctx.sender();
        let nft = Nft {
            id,
            creator,
            owner: creator,
            listing: None,
            uri: uri.clone(),
            minted_at: ctx.block_timestamp(),
        };
        self.nfts.set(&id, &nft);
        self.royalty_registry.set(&id, &royalty);
        let RoyaltyInfo { recipient, percentage } = royalty;
        Minted {
            nft_id: id,
            creator,
            uri,
            royalty_recipient: recipient,
            royalty_percentage: percentage,
        }
        .emit();
        Ok(id)
    }

    pub(crate) fn validate_royalty_recipient(
        &self,
        ctx: Context,
        recipient: Address,
    ) -> Result<()> {
        ensure_validation!(
            recipient != Address::ZERO && recipient != ctx.self_address(),
            "this party cannot receive royalties"
        );
        Ok(())
    }

    /// The NFT, which must be the sender's and not for sale.
    pub(crate) fn validate_nft_ownership(&self, sender: Address, nft_id: NftId) -> Result<Nft> {
        let nft = self.nfts.require(&nft_id, "no such NFT")?;
        ensure_state!(nft.listing.is_none(), "the NFT is for sale: cancel its listing first");
        ensure_permission!(nft.owner == sender, "only the NFT's owner");
        Ok(nft)
    }

    pub(crate) fn transfer_nft_to_escrow(
        &mut self,
        ctx: Context,
        mut nft: Nft,
        listing: ListingId,
    ) {
        nft.listing = Some(listing);
        self.move_nft(nft, ctx.self_address());
    }

    /// Out of escrow, to the seller or a buyer.
    pub(crate) fn release_nft(&mut self, nft_id: NftId, to: Address) -> Result<()> {
        let mut nft = self.nfts.require(&nft_id, "no such NFT")?;
        if cfg!(planted = "kept-escrow") {
            return Ok(());
        }
        nft.listing = None;
        self.move_nft(nft, to);
        Ok(())
    }

    pub(crate) fn move_nft(&mut self, mut nft: Nft, to: Address) {
        let from = nft.owner;
        nft.owner = to;
        self.nfts.set(&nft.id, &nft);
        Transferred { nft_id: nft.id, from, to }.emit();
    }
}
