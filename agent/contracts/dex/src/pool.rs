//! A pool as version 1 stores it.

use xwasm::prelude::*;

#[xwasm::record]
#[derive(Copy)]
pub struct Pool {
    pub token_a: Address,
    pub token_b: Address,
    pub reserve_a: u128,
    pub reserve_b: u128,
    pub shares: u128,
}

impl Pool {
    pub fn new(token_a: Address, token_b: Address) -> Pool {
        Pool { token_a, token_b, reserve_a: 0, reserve_b: 0, shares: 0 }
    }

    /// Version 1 counts nothing per pool.
    pub fn traded(&mut self, _input_token: &Address, _input_amount: u128) {}
}
