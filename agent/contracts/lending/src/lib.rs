//! A lending protocol: markets of tokens in which some deposit and others borrow against collateral.
//!
//! Deposits and debts earn and cost interest by the second (`accrual`); a loan is secured by a deposit in
//! another market (`collateral`), at prices that an oracle account sets (`prices`), and can be paid by
//! anybody for a bonus once it is endangered (`liquidation`). Amounts are in the assets' smallest units,
//! every rounding is against whoever calls, and tokens move last.
#![no_std]

pub mod accrual;
mod administration;
mod collateral;
pub mod config;
mod deposits;
pub mod events;
mod interface;
mod liquidation;
mod loans;
pub mod market;
mod prices;
pub mod rates;
pub mod records;
mod views;

use xwasm::prelude::*;

use events::*;
use market::Market;
use rates::InterestRateModel;
use records::*;

#[xwasm::contract(
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
        ReservesWithdrawn
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
impl Lending {}
