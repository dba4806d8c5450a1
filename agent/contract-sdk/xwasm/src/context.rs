//! Who called, where this runs, and when.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{borsh, calls, host, Encode, Event, Result};

/// A party: an account or a contract.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, core::hash::Hash)]
pub struct Address(pub [u8; 32]);

/// A SHA-256 hash: of code, of a call.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, core::hash::Hash)]
pub struct Hash(pub [u8; 32]);

impl Address {
    pub const ZERO: Address = Address([0; 32]);
}

impl Hash {
    pub const ZERO: Hash = Hash([0; 32]);
}

macro_rules! shown {
    ($($type:ident),*) => { $(
        impl core::fmt::Display for $type {
            fn fmt(&self, out: &mut core::fmt::Formatter) -> core::fmt::Result {
                self.0.iter().try_for_each(|byte| write!(out, "{:02x}", byte))
            }
        }
        impl core::fmt::Debug for $type {
            fn fmt(&self, out: &mut core::fmt::Formatter) -> core::fmt::Result {
                core::fmt::Display::fmt(self, out)
            }
        }
    )* };
}
shown!(Address, Hash);

/// What a method is given: the call it is part of. Holds nothing; every question goes to the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context(());

impl Context {
    pub const fn current() -> Context {
        Context(())
    }

    /// Whoever called this contract: an account, or another contract.
    pub fn sender(&self) -> Address {
        Address(host::caller_name())
    }

    /// The account that signed the call everything began with. For records, never for permission.
    pub fn origin(&self) -> Address {
        Address(host::origin_name())
    }

    /// Where this contract's storage and balance are; behind a proxy, the proxy's address.
    pub fn self_address(&self) -> Address {
        Address(host::self_name())
    }

    /// The native value that came with the call; it is in this contract's balance already.
    pub fn value(&self) -> u128 {
        host::value_given()
    }

    /// The native balance of any party.
    pub fn balance(&self, party: &Address) -> u128 {
        host::balance_of(&party.0)
    }

    pub fn block_height(&self) -> u64 {
        host::height()
    }

    /// The time of the block, in Unix milliseconds: now, for every contract in it.
    pub fn block_timestamp(&self) -> u64 {
        host::time()
    }

    /// The hash of the outermost call.
    pub fn tx_hash(&self) -> Hash {
        Hash(host::call_name())
    }

    pub fn gas_left(&self) -> u64 {
        host::gas()
    }

    /// The arguments as they came.
    pub fn input_data(&self) -> Vec<u8> {
        host::input_bytes()
    }

    /// The method that was asked for; what a fallback needs to know.
    pub fn method(&self) -> String {
        unsafe { String::from_utf8_unchecked(host::method_bytes()) }
    }

    pub fn is_contract(&self, party: &Address) -> bool {
        host::holds_contract(&party.0)
    }

    pub fn sha256(&self, bytes: &[u8]) -> Hash {
        Hash(host::digest(bytes))
    }

    /// The SHA-256 of a value's Borsh bytes.
    pub fn hash_of<T: Encode + ?Sized>(&self, value: &T) -> Hash {
        self.sha256(&borsh::encoded(value))
    }

    /// Announces an event.
    pub fn emit<E: Event>(&self, event: E) {
        host::announce(E::TOPIC, &borsh::encoded(&event));
    }

    /// Sends native value out of this contract's balance. A contract that receives it needs a
    /// `#[fallback]`.
    pub fn pay(&self, to: &Address, amount: u128) -> Result<()> {
        if amount == 0 {
            return Ok(());
        }
        calls::call_raw(to, "", &[], amount, 0).map(|_| ())
    }

    /// Calls a method of another contract with all the gas that is left. `#[xwasm::interface]` on a
    /// trait gives typed methods in place of this.
    pub fn call(&self, to: &Address, method: &str, args: &[u8], value: u128) -> Result<Vec<u8>> {
        calls::call_raw(to, method, args, value, 0)
    }

    /// Asks other code what was asked of this contract: on this storage, for the same caller, with
    /// the same value.
    pub fn delegate_call(&self, code: &Hash, input: &[u8]) -> Result<Vec<u8>> {
        calls::delegate(code, &self.method(), input)
    }

    /// Runs a method of other code on this storage, for the same caller, with the same value.
    pub fn delegate(&self, code: &Hash, method: &str, args: &[u8]) -> Result<Vec<u8>> {
        calls::delegate(code, method, args)
    }

    /// Whether this code has the method; None when the ledger holds no such code.
    pub fn has_method(&self, code: &Hash, method: &str) -> Option<bool> {
        calls::has_method(code, method)
    }
}
