use xwasm::prelude::*;

/// Made and destroyed tokens come from and go to the zero address.
#[xwasm::event]
pub struct Transfer {
    pub from: Address,
    pub to: Address,
    pub amount: u128,
}

#[xwasm::event]
pub struct Approval {
    pub owner: Address,
    pub spender: Address,
    pub amount: u128,
}
