//! Calls of other contracts, and of other code at this address.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{borsh, error, host, Address, ContractError, Decode, Hash, Result};

/// Another contract as the methods of an `#[xwasm::interface]` trait use it: its address, and what
/// goes with the next calls.
#[derive(Clone, Copy, Debug)]
pub struct Callee {
    pub address: Address,
    pub value: u128,
    /// 0 is all that is left.
    pub gas: u64,
}

impl Callee {
    pub const fn at(address: Address) -> Callee {
        Callee { address, value: 0, gas: 0 }
    }

    pub fn ask<R: Decode>(&self, method: &str, args: &[u8]) -> Result<R> {
        let result = call_raw(&self.address, method, args, self.value, self.gas)?;
        borsh::decoded(&result).ok_or(ContractError::Callee {
            kind: error::BAD_ARGUMENTS,
            message: "the other contract's result has another form than expected",
        })
    }

    /// Whatever the method returns is of no interest.
    pub fn order(&self, method: &str, args: &[u8]) -> Result<()> {
        call_raw(&self.address, method, args, self.value, self.gas).map(|_| ())
    }
}

/// Calls with bytes, value and a gas limit (0 is all that is left).
pub fn call_raw(
    to: &Address,
    method: &str,
    args: &[u8],
    value: u128,
    gas: u64,
) -> Result<Vec<u8>> {
    outcome(host::call_contract(&to.0, method, args, value, gas))
}

/// Runs other code here: on this storage, for the same caller, with the same value.
pub fn delegate(code: &Hash, method: &str, args: &[u8]) -> Result<Vec<u8>> {
    outcome(host::call_code(&code.0, method, args))
}

/// Whether this code has the method; None when there is no such code.
pub fn has_method(code: &Hash, method: &str) -> Option<bool> {
    match host::code_has_method(&code.0, method) {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

fn outcome(code: u32) -> Result<Vec<u8>> {
    let bytes = host::result_bytes();
    if code == 0 {
        return Ok(bytes);
    }
    let message = error::text(String::from_utf8(bytes).unwrap_or_default());
    Err(ContractError::Callee { kind: code - 1, message })
}
