//! Version 2 of the lending protocol: loans are paid out up to the collateral factor as before, but can be
//! liquidated only above a threshold of its own, and a market can be kept from being lent out too far.
//!
//! All that did not change is version 1's source. What changed is how a market is stored (`market`);
//! `migrate` goes over the at most 64 of them, and everything else stays where and as it is.
#![no_std]

#[path = "../../lending/src/accrual.rs"]
pub mod accrual;
#[path = "../../lending/src/administration.rs"]
mod administration;
#[path = "../../lending/src/collateral.rs"]
mod collateral;
#[path = "../../lending/src/config.rs"]
pub mod config;
#[path = "../../lending/src/deposits.rs"]
mod deposits;
#[path = "../../lending/src/events.rs"]
pub mod events;
#[path = "../../lending/src/interface.rs"]
mod interface;
#[path = "../../lending/src/liquidation.rs"]
mod liquidation;
#[path = "../../lending/src/loans.rs"]
mod loans;
pub mod market;
#[path = "../../lending/src/market.rs"]
mod market_1;
#[path = "../../lending/src/prices.rs"]
mod prices;
#[path = "../../lending/src/rates.rs"]
pub mod rates;
#[path = "../../lending/src/records.rs"]
pub mod records;
#[path = "../../lending/src/views.rs"]
mod views;

use xwasm::prelude::*;

use events::*;
use market::{Limits, Market};
use rates::InterestRateModel;
use records::*;

#[xwasm::event]
pub struct LimitsSet {
    pub asset_id: AssetId,
    pub liquidation_threshold: u16,
    pub borrow_cap: u128,
}

#[xwasm::contract(
    name = "lending",
    schema = 2,
    upgradeable,
    events(
        MarketCreated,
        MarketConfigured,
        MarketFrozen,
        PriceSet,
        InterestAccrued,
        Deposited,
        Withdrawn,
        Borrowed,
        CollateralPledged,
        CollateralReleased,
        Repaid,
        Liquidated,
        DebtWrittenOff,
        ReservesWithdrawn,
        LimitsSet
    ),
    errors(
        "STATE: no such market",
        "STATE: no such loan",
        "STATE: the market is frozen",
        "STATE: the loan is healthy",
        "STATE: the asset has no price yet",
        "TIMEOUT: the price is too old",
        "RESOURCES: the deposit is not that large",
        "RESOURCES: the deposits are lent out",
        "RESOURCES: the market does not have that much to lend",
        "RESOURCES: the collateral is worth too little",
        "PERMISSION: only the owner",
        "PERMISSION: only the oracle sets prices"
    )
)]
pub struct Lending {
    #[state]
    owner: Value<Address>,
    #[state]
    oracle: Value<Address>,
    /// How old a price may be, in milliseconds.
    #[state]
    staleness_limit: Value<u64>,
    #[state]
    markets: IndexedMap<AssetId, Market>,
    /// Deposit certificates that are not pledged.
    #[state]
    user_balances: Map<(UserId, AssetId), u128>,
    /// By borrower and borrowed asset.
    #[state]
    loans: IndexedMap<(UserId, AssetId), Loan>,
    #[state]
    prices: Map<AssetId, Price>,
    /// For markets that are opened without a model of their own.
    #[state]
    interest_rate_model: Value<InterestRateModel>,
}

#[xwasm::interface(with(interface))]
impl Lending {
    /// A threshold below the collateral factor is refused, and so are settings that would lead to one.
    #[only_owner]
    pub fn set_limits(&mut self, ctx: Context, asset_id: AssetId, limits: Limits) -> Result<()> {
        let mut market = self.update_interest_accrual(ctx, asset_id)?;
        market.set_limits(limits)?;
        self.markets.set(&asset_id, &market);
        let Limits { liquidation_threshold, borrow_cap } = limits;
        LimitsSet { asset_id, liquidation_threshold, borrow_cap }.emit();
        Ok(())
    }

    pub fn limits(&self, asset_id: AssetId) -> Result<Limits> {
        Ok(self.markets.require(&asset_id, "no such market")?.limits)
    }

    #[migrate(from = 1)]
    pub fn migrate(&mut self) -> Result<()> {
        let old = IndexedMap::<AssetId, market_1::Market>::new("markets");
        for (asset, market) in old.iter() {
            self.markets.set(&asset, &Market::from_1(market));
        }
        Ok(())
    }

    #[migrate_back]
    pub fn migrate_back(&mut self) -> Result<()> {
        let mut old = IndexedMap::<AssetId, market_1::Market>::new("markets");
        for (asset, market) in self.markets.iter() {
            old.set(&asset, &market.to_1());
        }
        Ok(())
    }
}
