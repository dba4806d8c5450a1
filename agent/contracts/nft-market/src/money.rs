//! Where money comes from and goes to. Whatever a buyer pays is divided without a rest: the seller
//! has what royalty and fee leave of the price.

use xwasm::prelude::*;

use crate::events::{FeesCollected, RoyaltiesPaidOut, Sold};
use crate::records::{
    CurrencyId, Division, Holdings, MarketplaceFee, MarketplaceFeeConfig, NftId, RoyaltyPayment,
    WHOLE,
};
use crate::NFTMarketplace;

/// A tenth of the price: together with the highest royalty less than the whole.
pub const HIGHEST_FEE: u16 = 1_000;
/// How many tokens can ever be accepted. Migrations walk the fees, one per currency.
pub const MOST_CURRENCIES: u32 = 64;

/// What a token of `agent/contracts/token` offers.
#[xwasm::interface]
pub trait Token {
    fn transfer(&self, to: Address, amount: u128) -> Result<()>;
    fn transfer_from(&self, from: Address, to: Address, amount: u128) -> Result<()>;
}

/// One sale.
pub(crate) struct Sale {
    pub nft_id: NftId,
    pub seller: Address,
    pub buyer: Address,
    pub price: u128,
    pub currency: CurrencyId,
    pub fee_percentage: u16,
}

impl NFTMarketplace {
    pub(crate) fn validate_fee_config(&self, ctx: Context, config: MarketplaceFeeConfig) -> Result<()> {
        ensure_validation!(
            config.fee_percentage <= HIGHEST_FEE,
            "a fee is at most 1000 basis points"
        );
        ensure_validation!(
            config.fee_recipient != Address::ZERO && config.fee_recipient != ctx.self_address(),
            "this party cannot receive fees"
        );
        Ok(())
    }

    pub(crate) fn validate_currency(&self, currency: CurrencyId) -> Result<()> {
        if let CurrencyId(Some(token)) = currency {
            ensure_validation!(
                self.currencies.get_or(&token, false),
                "this currency is not accepted"
            );
        }
        Ok(())
    }

    pub(crate) fn fee_percentage(&self) -> Result<u16> {
        Ok(self.fee_config()?.fee_percentage)
    }

    pub(crate) fn fee_config(&self) -> Result<MarketplaceFeeConfig> {
        self.fee_config.require("the market is not set up")
    }

    /// Takes an amount from the sender: native value that came with the call, of which what is too
    /// much goes back, or tokens that the market was allowed to move.
    pub(crate) fn receive(&self, ctx: Context, currency: CurrencyId, amount: u128) -> Result<()> {
        let value = ctx.value();
        match currency {
            CurrencyId(None) => {
                ensure_resources!(value >= amount, "the payment is below the price");
                if cfg!(planted = "kept-change") {
                    return Ok(());
                }
                ctx.pay(&ctx.sender(), value - amount)
            }
            CurrencyId(Some(token)) => {
                ensure_validation!(value == 0, "the price is not in native value");
                Token::at(token).transfer_from(ctx.sender(), ctx.self_address(), amount)
            }
        }
    }

    pub(crate) fn send(
        &self,
        ctx: Context,
        currency: CurrencyId,
        to: Address,
        amount: u128,
    ) -> Result<()> {
        match currency {
            _ if amount == 0 => Ok(()),
            CurrencyId(None) => ctx.pay(&to, amount),
            CurrencyId(Some(token)) => Token::at(token).transfer(to, amount),
        }
    }

    pub(crate) fn lock(&mut self, currency: CurrencyId, amount: u128) -> Result<()> {
        let locked = self.locked.get_or(&currency, 0).plus(amount)?;
        self.locked.set(&currency, &locked);
        Ok(())
    }

    pub(crate) fn unlock(&mut self, currency: CurrencyId, amount: u128) -> Result<()> {
        let locked = self.locked.get_or(&currency, 0).minus(amount)?;
        self.locked.set(&currency, &locked);
        Ok(())
    }

    /// Divides a price that has come in, and pays seller and royalty; the fee stays in the market.
    pub(crate) fn settle(&mut self, ctx: Context, sale: Sale) -> Result<Division> {
        let Sale { nft_id, seller, buyer, price, currency, fee_percentage } = sale;
        let fees = self.marketplace_fee(price, fee_percentage)?;
        let royalties = self.royalty(nft_id, price)?;
        let royalty = if cfg!(planted = "royalty-on-top") { 0 } else { royalties.amount };
        let seller_amount = price.minus(royalty)?.minus(fees.amount)?;
        self.keep_fee(currency, price, fees.amount)?;
        let (royalty, fee) = (royalties.amount, fees.amount);
        Sold { nft_id, seller, buyer, price, currency, royalty, fee }.emit();
        self.pay_royalty(ctx, currency, royalties)?;
        self.send(ctx, currency, seller, seller_amount)?;
        Ok(Division { seller_amount, royalties, fees })
    }

    /// Rounded down.
    fn royalty(&self, nft_id: NftId, price: u128) -> Result<RoyaltyPayment> {
        let info = self.royalty_registry.require(&nft_id, "no such NFT")?;
        let amount = price.mul_div(info.percentage.into(), WHOLE.into())?;
        Ok(RoyaltyPayment { recipient: info.recipient, amount, percentage: info.percentage })
    }

    /// Rounded up: many small sales are no way around it.
    fn marketplace_fee(&self, price: u128, percentage: u16) -> Result<MarketplaceFee> {
        let amount = price.mul_div_up(percentage.into(), WHOLE.into())?;
        let recipient = self.fee_config()?.fee_recipient;
        Ok(MarketplaceFee { amount, percentage, recipient })
    }

    /// Native royalties of contracts wait until somebody has them paid out: whoever made an NFT must
    /// not be able to stop its sales by refusing the money.
    fn pay_royalty(
        &mut self,
        ctx: Context,
        currency: CurrencyId,
        royalty: RoyaltyPayment,
    ) -> Result<()> {
        let RoyaltyPayment { recipient, amount, .. } = royalty;
        if amount == 0 || currency.0.is_some() || !ctx.is_contract(&recipient) {
            return self.send(ctx, currency, recipient, amount);
        }
        let waiting = self.unclaimed.get_or(&recipient, 0).plus(amount)?;
        self.unclaimed.set(&recipient, &waiting);
        let all = self.unclaimed_total.get_or(0).plus(amount)?;
        self.unclaimed_total.set(&all);
        Ok(())
    }

    pub(crate) fn pay_out(&mut self, ctx: Context, recipient: Address) -> Result<u128> {
        let amount = self.unclaimed.get_or(&recipient, 0);
        ensure_resources!(amount > 0, "no royalties wait for this party");
        self.unclaimed.remove(&recipient);
        self.unclaimed_total.set(&self.unclaimed_total.get_or(0).minus(amount)?);
        RoyaltiesPaidOut { recipient, amount }.emit();
        ctx.pay(&recipient, amount)?;
        Ok(amount)
    }

    pub(crate) fn collect(&mut self, ctx: Context, currency: CurrencyId) -> Result<u128> {
        let recipient = self.fee_config()?.fee_recipient;
        ensure_permission!(ctx.sender() == recipient, "only the fee's recipient");
        let amount = self.take_fees(currency)?;
        ensure_resources!(amount > 0, "there are no fees in this currency");
        FeesCollected { recipient, currency, amount }.emit();
        self.send(ctx, currency, recipient, amount)?;
        Ok(amount)
    }

    pub(crate) fn held(&self, currency: CurrencyId) -> Holdings {
        let waiting = if currency.0.is_none() { self.unclaimed_total.get_or(0) } else { 0 };
        Holdings {
            locked_offers: self.locked.get_or(&currency, 0),
            uncollected_fees: self.uncollected(currency),
            unclaimed_royalties: waiting,
        }
    }
}
