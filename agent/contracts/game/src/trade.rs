//! Trade: an item is offered to one player at a price, and moves when that player accepts.

use xwasm::prelude::*;

use crate::events::{ItemTraded, TradeCancelled, TradeOffered};
use crate::item::{self, Item, ItemId, Place, MOST_HELD};
use crate::player::{self, PlayerId};
use crate::{rules, template, Game};

/// Counted; offers are removed when they are over.
#[xwasm::record]
#[derive(Copy, Eq)]
pub struct OfferId(pub u32);

#[xwasm::record]
#[derive(Copy, Eq)]
pub enum Currency {
    /// What battles pay.
    Gold,
    /// The ledger's own value, which comes along with the acceptance.
    Native,
    /// A token's contract, which the buyer has allowed this one to move as much.
    Token { contract: Address },
}

#[xwasm::record]
pub struct Offer {
    pub item: ItemId,
    pub seller: PlayerId,
    pub recipient: PlayerId,
    pub price: u128,
    pub currency: Currency,
    pub expires_at: u64,
}

#[xwasm::record]
pub struct OfferView {
    pub offer_id: OfferId,
    pub offer: Offer,
}

#[xwasm::record]
pub struct OfferReceipt {
    pub offer_id: OfferId,
    pub item_id: ItemId,
    pub recipient: PlayerId,
    pub price: u128,
    pub currency: Currency,
    pub expires_at: u64,
}

/// A trade that took place: the receipt, and the item's history.
#[xwasm::record]
pub struct TradeReceipt {
    pub item_id: ItemId,
    pub seller: PlayerId,
    pub buyer: PlayerId,
    pub price: u128,
    pub currency: Currency,
    pub timestamp: u64,
}

#[xwasm::interface]
pub trait Token {
    fn transfer_from(&self, from: Address, to: Address, amount: u128) -> Result<()>;
}

pub fn offer(
    game: &mut Game,
    ctx: Context,
    item_id: ItemId,
    recipient: PlayerId,
    price: u128,
    currency: Currency,
) -> Result<OfferReceipt> {
    let seller = ctx.sender();
    let item = item::at_hand(game, &seller, item_id)?;
    let bound = template::of(game, item.template)?.design.bound;
    ensure_validation!(!bound, "the item stays with its player");
    ensure_validation!(recipient != seller, "nobody trades with themselves");
    ensure_state!(game.players.contains(&recipient), "no such player");
    if let Currency::Token { contract } = currency {
        ensure_validation!(ctx.is_contract(&contract), "a token is a contract");
    }
    let offer_id = OfferId(game.next_offer.get_or(0));
    let expires_at = ctx.block_timestamp().plus(rules::of(game).offer_lifetime)?;
    game.next_offer.set(&(offer_id.0 + 1));
    if cfg!(not(planted = "kept-offer")) {
        item::take_from_inventory(game, &seller, item_id);
    }
    item::put(game, item_id, Place::Offered { offer: offer_id })?;
    let offer = Offer { item: item_id, seller, recipient, price, currency, expires_at };
    game.offers.set(&offer_id, &offer);
    TradeOffered { offer: offer_id, item: item_id, seller, recipient, price, currency, expires_at }
        .emit();
    Ok(OfferReceipt { offer_id, item_id, recipient, price, currency, expires_at })
}

fn of(game: &Game, id: OfferId) -> Result<Offer> {
    game.offers.require(&id, "no such offer")
}

/// Takes an offer back, or declines it; also after it has expired.
pub fn cancel(game: &mut Game, ctx: Context, id: OfferId) -> Result<()> {
    let offer = of(game, id)?;
    let by = ctx.sender();
    ensure_permission!(
        by == offer.seller || by == offer.recipient,
        "only seller and recipient end an offer"
    );
    game.offers.remove(&id);
    item::put(game, offer.item, Place::Inventory)?;
    item::put_into_inventory(game, &offer.seller, offer.item);
    TradeCancelled { offer: id, item: offer.item, by }.emit();
    Ok(())
}

pub fn accept(game: &mut Game, ctx: Context, id: OfferId) -> Result<TradeReceipt> {
    let offer = of(game, id)?;
    let buyer = ctx.sender();
    let now = ctx.block_timestamp();
    ensure_permission!(buyer == offer.recipient, "the item is offered to another player");
    ensure_in_time!(now <= offer.expires_at, "the offer has expired");
    let wanted = if offer.currency == Currency::Native { offer.price } else { 0 };
    ensure_validation!(ctx.value() == wanted, "the value is not the price");
    game.offers.remove(&id);
    let trade = TradeReceipt {
        item_id: offer.item,
        seller: offer.seller,
        buyer,
        price: offer.price,
        currency: offer.currency,
        timestamp: now,
    };
    hand_over(game, &offer)?;
    record(game, &trade)?;
    ItemTraded {
        item: offer.item,
        seller: offer.seller,
        buyer,
        price: offer.price,
        currency: offer.currency,
    }
    .emit();
    match offer.currency {
        Currency::Native if cfg!(planted = "kept-price") => Ok(()),
        Currency::Gold => Ok(()),
        Currency::Native => ctx.pay(&offer.seller, offer.price),
        Currency::Token { contract } => {
            Token::at(contract).transfer_from(buyer, offer.seller, offer.price)
        }
    }?;
    Ok(trade)
}

/// Moves the item, and the gold if that is the price.
fn hand_over(game: &mut Game, offer: &Offer) -> Result<()> {
    let mut seller = player::of(game, &offer.seller)?;
    let mut buyer = player::of(game, &offer.recipient)?;
    ensure_resources!(buyer.held < MOST_HELD, "a player holds at most 40 items");
    if offer.currency == Currency::Gold {
        ensure_resources!(buyer.gold >= offer.price, "not enough gold");
        if cfg!(not(planted = "free-gold")) {
            buyer.gold -= offer.price;
        }
        seller.gold = seller.gold.plus(offer.price)?;
    }
    seller.held -= 1;
    buyer.held += 1;
    game.players.set(&offer.seller, &seller);
    game.players.set(&offer.recipient, &buyer);
    let item = item::of(game, offer.item)?;
    let owner = offer.recipient;
    let moved = Item { owner, place: Place::Inventory, trades: item.trades + 1, ..item };
    game.items.set(offer.item.0, &moved);
    item::put_into_inventory(game, &owner, offer.item);
    Ok(())
}

fn record(game: &mut Game, trade: &TradeReceipt) -> Result<()> {
    let number = item::of(game, trade.item_id)?.trades - 1;
    game.trades.set(&(trade.item_id, number), trade);
    let mut economy = game.economy.require("the game is not set up")?;
    economy.trades += 1;
    game.economy.set(&economy);
    Ok(())
}

/// What an item went through, the oldest first.
pub fn history(game: &Game, id: ItemId, from: u32, count: u32) -> Result<Vec<TradeReceipt>> {
    let trades = item::of(game, id)?.trades;
    let end = trades.min(from.saturating_add(count));
    Ok((from..end).filter_map(|number| game.trades.get(&(id, number))).collect())
}
