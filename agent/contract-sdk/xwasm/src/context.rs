//! Who called, where this runs, and when.

use crate::{host, memory, Bytes, Text};

/// A party: an account or a contract.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Address(pub [u8; 32]);

/// A SHA-256 hash: of code, of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Address {
    pub const ZERO: Address = Address([0; 32]);
}

impl Hash {
    pub const ZERO: Hash = Hash([0; 32]);
}

fn address_from(read: unsafe extern "C" fn(*mut u8)) -> Address {
    let mut bytes = [0; 32];
    unsafe { read(bytes.as_mut_ptr()) };
    Address(bytes)
}

/// Whoever called this contract: an account, or another contract.
pub fn caller() -> Address {
    address_from(host::caller)
}

/// Where this contract's storage and balance are; behind a proxy, the proxy's address.
pub fn self_address() -> Address {
    address_from(host::self_address)
}

/// The account that signed the call everything began with. For records, never for permission.
pub fn origin() -> Address {
    address_from(host::origin)
}

/// The native value that came with the call.
pub fn value() -> u128 {
    let mut bytes = [0; 16];
    unsafe { host::value(bytes.as_mut_ptr()) };
    u128::from_le_bytes(bytes)
}

pub fn balance_of(party: &Address) -> u128 {
    let mut bytes = [0; 16];
    unsafe { host::balance(party.0.as_ptr(), bytes.as_mut_ptr()) };
    u128::from_le_bytes(bytes)
}

pub fn block_height() -> u64 {
    unsafe { host::block_height() }
}

/// The time of the block, in Unix milliseconds: now, for every contract in it.
pub fn block_time() -> u64 {
    unsafe { host::block_time() }
}

pub fn call_hash() -> Hash {
    let mut bytes = [0; 32];
    unsafe { host::call_hash(bytes.as_mut_ptr()) };
    Hash(bytes)
}

pub fn gas_left() -> u64 {
    unsafe { host::gas_left() }
}

pub fn is_contract(party: &Address) -> bool {
    unsafe { host::is_contract(party.0.as_ptr()) == 1 }
}

pub fn sha256(bytes: &[u8]) -> Hash {
    let mut hash = [0; 32];
    unsafe { host::sha256(bytes.as_ptr(), bytes.len(), hash.as_mut_ptr()) };
    Hash(hash)
}

/// The arguments as they came.
pub fn input() -> Bytes {
    let bytes = memory::take(unsafe { host::input_length() });
    unsafe { host::input_read(bytes.as_mut_ptr()) };
    bytes
}

/// The method that was asked for; what a fallback needs to know.
pub fn method() -> Text {
    let bytes = memory::take(unsafe { host::method_length() });
    unsafe {
        host::method_read(bytes.as_mut_ptr());
        core::str::from_utf8_unchecked(bytes)
    }
}
