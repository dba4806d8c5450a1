//! The token, version 2: the supply may have a cap, which is never raised, and the owner can freeze
//! accounts. The rest is version 1's own source.
#![no_std]

#[path = "../../token/src/events.rs"]
mod events;
#[path = "../../token/src/interface.rs"]
mod interface;
mod supply;

use xwasm::prelude::*;

use events::{Approval, Transfer};
pub use supply::Supply;

/// How many accounts one query answers at most.
const PAGE: u32 = 100;

#[xwasm::event]
pub struct CapSet {
    pub cap: u128,
}

#[xwasm::event]
pub struct AccountFrozen {
    pub account: Address,
}

#[xwasm::event]
pub struct AccountReleased {
    pub account: Address,
}

#[xwasm::contract(
    name = "token",
    schema = 2,
    upgradeable,
    events(Transfer, Approval, CapSet, AccountFrozen, AccountReleased),
    errors(
        "RESOURCES: balance too low",
        "RESOURCES: the supply would exceed its cap",
        "PERMISSION: allowance too low",
        "PERMISSION: only the owner",
        "PERMISSION: the account is frozen",
        "VALIDATION: the cap is below the supply",
        "VALIDATION: a cap is never raised",
        "VALIDATION: the owner cannot be frozen",
        "MATH: the supply is too large"
    )
)]
pub struct Token {
    #[state]
    name: Value<String>,
    #[state]
    symbol: Value<String>,
    #[state]
    decimals: Value<u8>,
    #[state]
    owner: Value<Address>,
    #[state]
    supply: Value<Supply>,
    #[state(key = "balance")]
    balances: Map<Address, u128>,
    /// What the first has allowed the second to move.
    #[state(key = "allowance")]
    allowances: Map<(Address, Address), u128>,
    #[state]
    frozen: Set<Address>,
}

#[xwasm::interface(with(interface))]
impl Token {
    /// From now on there are never more than so many; it can be lowered again, but not raised.
    #[only_owner]
    pub fn set_cap(&mut self, cap: u128) -> Result<()> {
        self.lower_cap(cap)
    }

    /// None as long as none was set.
    pub fn cap(&self) -> Option<u128> {
        self.supply.get().and_then(|supply| supply.cap)
    }

    /// The account neither sends nor gets tokens any more, nor moves those of others; false when that
    /// is so already.
    #[only_owner]
    pub fn freeze(&mut self, ctx: Context, account: Address) -> Result<bool> {
        ensure_validation!(account != ctx.sender(), "the owner cannot be frozen");
        let is_new = self.frozen.insert(&account);
        if is_new {
            AccountFrozen { account }.emit();
        }
        Ok(is_new)
    }

    /// False when it was not frozen.
    #[only_owner]
    pub fn release(&mut self, account: Address) -> Result<bool> {
        let was_frozen = self.frozen.remove(&account);
        if was_frozen {
            AccountReleased { account }.emit();
        }
        Ok(was_frozen)
    }

    pub fn is_frozen(&self, account: Address) -> bool {
        self.frozen.contains(&account)
    }

    /// In no order; those after the first `from`, at most 100 of them.
    pub fn frozen_accounts(&self, from: u32, count: u32) -> Vec<Address> {
        self.frozen.page(from, count.min(PAGE))
    }

    /// With a cap, or without; one below the supply is refused.
    #[migrate(from = 1)]
    pub fn migrate(&mut self, cap: Option<u128>) -> Result<()> {
        self.to_this_version(cap)
    }

    /// Version 1 knows of no cap, so it is lost. Frozen accounts stay marked where version 1 does not
    /// look: they are free under it, and frozen again after another upgrade.
    #[migrate_back]
    pub fn migrate_back(&mut self) -> Result<()> {
        self.to_first_version()
    }
}
