//! A fungible token: balances, allowances, and an owner who can make more.
#![no_std]

mod events;
mod interface;
mod supply;

use xwasm::prelude::*;

use events::{Approval, Transfer};

#[xwasm::contract(
    upgradeable,
    events(Transfer, Approval),
    errors(
        "RESOURCES: balance too low",
        "PERMISSION: allowance too low",
        "PERMISSION: only the owner",
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
    supply: Value<u128>,
    #[state(key = "balance")]
    balances: Map<Address, u128>,
    /// What the first has allowed the second to move.
    #[state(key = "allowance")]
    allowances: Map<(Address, Address), u128>,
}

#[xwasm::interface(with(interface))]
impl Token {}
