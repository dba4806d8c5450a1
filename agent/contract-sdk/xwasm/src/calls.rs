//! Calls of other contracts, and of other code at this address.

use crate::{borsh, error, host, memory, Address, Bytes, ContractError, Decode, Encode, Hash};
use crate::{Outcome, Text, Writer};

/// Calls a method of another contract, with all the gas that is left and no value.
pub fn call<A: Encode, R: Decode>(to: &Address, method: &str, args: &A) -> Outcome<R> {
    match borsh::decode_whole(call_raw(to, method, encoded(args).bytes(), 0, 0)?) {
        Some(result) => Ok(result),
        None => Err(ContractError::Callee {
            kind: error::BAD_ARGUMENTS,
            message: "the other contract's result has another form than expected",
        }),
    }
}

/// Calls a method of another contract that returns nothing of interest.
pub fn order<A: Encode>(to: &Address, method: &str, args: &A) -> Outcome<()> {
    call_raw(to, method, encoded(args).bytes(), 0, 0).map(|_| ())
}

/// Sends native value to a party; a contract needs a payable fallback to take it.
pub fn pay(to: &Address, amount: u128) -> Outcome<()> {
    call_raw(to, "", &[], amount, 0).map(|_| ())
}

/// Calls with bytes, value and a gas limit (0 is all that is left).
pub fn call_raw(to: &Address, method: &str, args: &[u8], value: u128, gas: u64) -> Outcome<Bytes> {
    let value_bytes = value.to_le_bytes();
    let value_at = if value == 0 { core::ptr::null() } else { value_bytes.as_ptr() };
    outcome(unsafe {
        host::call(
            to.0.as_ptr(),
            method.as_ptr(),
            method.len(),
            args.as_ptr(),
            args.len(),
            value_at,
            gas,
        )
    })
}

/// Runs other code here: on this storage, for the same caller, with the same value.
pub fn delegate(code: &Hash, method: &str, args: &[u8]) -> Outcome<Bytes> {
    outcome(unsafe {
        host::delegate_call(
            code.0.as_ptr(),
            method.as_ptr(),
            method.len(),
            args.as_ptr(),
            args.len(),
        )
    })
}

/// Whether this code has the method; None when there is no such code.
pub fn has_method(code: &Hash, method: &str) -> Option<bool> {
    match unsafe { host::has_method(code.0.as_ptr(), method.as_ptr(), method.len()) } {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

/// Announces something.
pub fn emit_raw(topic: &str, data: &[u8]) {
    unsafe { host::emit(topic.as_ptr(), topic.len(), data.as_ptr(), data.len()) }
}

/// What a method returns, given to whoever called.
pub fn give_back(bytes: &[u8]) {
    unsafe { host::ret(bytes.as_ptr(), bytes.len()) }
}

pub fn encoded<T: Encode>(value: &T) -> Writer {
    let mut out = Writer::new();
    value.encode(&mut out);
    out
}

fn outcome(code: u32) -> Outcome<Bytes> {
    let bytes = memory::take(unsafe { host::result_length() });
    unsafe { host::result_read(bytes.as_mut_ptr()) };
    if code == 0 {
        return Ok(bytes);
    }
    let message: Text = core::str::from_utf8(bytes).unwrap_or("");
    Err(ContractError::Callee { kind: code - 1, message })
}
