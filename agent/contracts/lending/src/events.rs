//! What the contract announces.

use xwasm::prelude::*;

use crate::records::{AssetId, UserId};

#[xwasm::event]
pub struct MarketCreated {
    pub asset_id: AssetId,
}

#[xwasm::event]
pub struct MarketConfigured {
    pub asset_id: AssetId,
}

#[xwasm::event]
pub struct MarketFrozen {
    pub asset_id: AssetId,
    pub frozen: bool,
}

#[xwasm::event]
pub struct PriceSet {
    pub asset_id: AssetId,
    pub value: Ray,
}

#[xwasm::event]
pub struct InterestAccrued {
    pub asset_id: AssetId,
    pub interest: u128,
    pub borrow_index: Ray,
    pub supply_index: Ray,
}

/// Certificates are what a deposit consists of: each is worth the market's supply index.
#[xwasm::event]
pub struct Deposited {
    pub user: UserId,
    pub asset_id: AssetId,
    pub amount: u128,
    pub certificates: u128,
}

#[xwasm::event]
pub struct Withdrawn {
    pub user: UserId,
    pub asset_id: AssetId,
    pub amount: u128,
    pub certificates: u128,
}

#[xwasm::event]
pub struct Borrowed {
    pub user: UserId,
    pub asset_id: AssetId,
    pub amount: u128,
    pub interest_rate: Ray,
}

#[xwasm::event]
pub struct CollateralPledged {
    pub user: UserId,
    pub asset_id: AssetId,
    pub collateral_asset: AssetId,
    pub amount: u128,
}

#[xwasm::event]
pub struct CollateralReleased {
    pub user: UserId,
    pub asset_id: AssetId,
    pub collateral_asset: AssetId,
    pub amount: u128,
}

#[xwasm::event]
pub struct Repaid {
    pub user: UserId,
    pub asset_id: AssetId,
    pub principal: u128,
    pub interest: u128,
}

#[xwasm::event]
pub struct Liquidated {
    pub borrower: UserId,
    pub liquidator: UserId,
    pub asset_id: AssetId,
    pub repaid: u128,
    pub collateral_asset: AssetId,
    pub seized: u128,
}

#[xwasm::event]
pub struct DebtWrittenOff {
    pub borrower: UserId,
    pub asset_id: AssetId,
    pub amount: u128,
}

#[xwasm::event]
pub struct ReservesWithdrawn {
    pub asset_id: AssetId,
    pub to: Address,
    pub amount: u128,
}
