//! What calls take and give back, and what is stored of a person.

use xwasm::prelude::*;

use crate::config::MarketConfig;

/// The address of the asset's `token` contract.
pub type AssetId = Address;
pub type UserId = Address;

/// One person's debt in one asset. Its collateral lies in the deposits of another market, where it
/// earns on; it secures this debt alone.
#[xwasm::record]
#[derive(Copy)]
pub struct Loan {
    pub borrow_shares: u128,
    /// What was borrowed and not paid back; the rest of the debt is interest.
    pub principal: u128,
    pub collateral_asset: AssetId,
    /// Deposit certificates of that asset.
    pub collateral_shares: u128,
}

/// What one unit of an asset is worth, by the oracle.
#[xwasm::record]
#[derive(Copy)]
pub struct Price {
    /// Of the asset's smallest unit, in the smallest unit of account.
    pub value: Ray,
    /// Unix milliseconds.
    pub set_at: u64,
}

#[xwasm::record]
pub struct DepositReceipt {
    pub asset_id: AssetId,
    pub amount: u128,
    /// Of the supply side; certificates times this are a deposit's worth.
    pub interest_index: Ray,
    /// All that the depositor may withdraw or pledge now.
    pub user_balance: u128,
}

#[xwasm::record]
pub struct WithdrawReceipt {
    pub asset_id: AssetId,
    pub amount: u128,
    pub interest_index: Ray,
    pub user_balance: u128,
}

#[xwasm::record]
pub struct BorrowReceipt {
    pub asset_id: AssetId,
    pub amount: u128,
    /// Of a year, after this loan.
    pub interest_rate: Ray,
    pub collateral_asset: AssetId,
    /// What this call added to the collateral.
    pub collateral_amount: u128,
}

#[xwasm::record]
pub struct RepayReceipt {
    pub asset_id: AssetId,
    pub principal_repaid: u128,
    pub interest_paid: u128,
    pub remaining_debt: u128,
    /// What went back from the collateral to the deposits.
    pub released_collateral: u128,
}

#[xwasm::record]
pub struct LiquidationReceipt {
    pub borrower: UserId,
    pub asset_id: AssetId,
    /// What the liquidator paid.
    pub repaid: u128,
    pub collateral_asset: AssetId,
    /// What the liquidator got for it, as a deposit in that market.
    pub seized_collateral: u128,
    pub remaining_debt: u128,
    pub remaining_collateral: u128,
}

/// A market as it would be if interest were accrued now.
#[xwasm::record]
pub struct MarketView {
    pub asset_id: AssetId,
    pub config: MarketConfig,
    pub frozen: bool,
    pub cash: u128,
    /// Owed to depositors, rounded up.
    pub total_supply: u128,
    /// Owed by borrowers, rounded down.
    pub total_borrows: u128,
    pub reserves: u128,
    pub liquidity: u128,
    pub supply_shares: u128,
    pub borrow_shares: u128,
    pub supply_index: Ray,
    pub borrow_index: Ray,
    pub utilization: Ray,
    pub borrow_rate: Ray,
    pub supply_rate: Ray,
    pub accrued_at: u64,
}

/// A loan as it would be if interest were accrued now.
#[xwasm::record]
pub struct LoanView {
    pub borrower: UserId,
    pub asset_id: AssetId,
    pub debt: u128,
    pub principal: u128,
    pub borrow_shares: u128,
    pub collateral_asset: AssetId,
    pub collateral: u128,
    pub collateral_shares: u128,
}

/// How a loan stands at the prices of now, in units of account.
#[xwasm::record]
pub struct Health {
    pub debt_value: u128,
    pub collateral_value: u128,
    /// More cannot be borrowed against this collateral.
    pub borrow_limit: u128,
    /// A debt above this can be liquidated.
    pub liquidation_limit: u128,
    pub liquidatable: bool,
}
