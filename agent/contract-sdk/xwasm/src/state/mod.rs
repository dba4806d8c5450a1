//! The kinds of state: one value, values by key, the same with a walk over the keys, values in order.
//!
//! Each holds nothing but its name; what it stores lies under keys that begin with it:
//!
//! | kind | keys |
//! |---|---|
//! | [`Value`] | `name` |
//! | [`Map`] | `name`, 0, the key in Borsh |
//! | [`IndexedMap`], [`Set`] | `name`, 0, the key: its place (u32) and the value; `name`, 1, a place: the key there; `name`, 2: how many |
//! | [`List`] | `name`, 1, a place (u32): the value there; `name`, 2: how many |
//!
//! With `contract(apart)` a name has 0xff, the contract's name and a slash in front, so that a proxy
//! and what runs behind it do not meet. Kinds can therefore be changed by a migration only, and names are part of the state's schema.

mod indexed;
mod list;
mod map;
mod value;

pub use indexed::{IndexedMap, Set};
pub use list::List;
pub use map::Map;
pub use value::Value;

use crate::abi::Type;
use crate::{Encode, Writer};

const ENTRY: u8 = 0;
const PLACE: u8 = 1;
const COUNT: u8 = 2;

/// What the interface section says of a field of a contract's state.
pub trait StateField {
    /// `value`, `map`, `indexed_map`, `set` or `list`.
    const KIND: &'static str;
    const KEY: Option<Type>;
    const VALUE: Option<Type>;
}

/// A name begins with a letter and has only letters, digits, `_`, `-` and `.`: so no name with a
/// separator after it is the beginning of another one's keys.
const fn checked(name: &'static str) -> &'static [u8] {
    let bytes = name.as_bytes();
    assert!(!bytes.is_empty() && bytes[0].is_ascii_alphabetic(), "a name begins with a letter");
    let mut i = 0;
    while i < bytes.len() {
        assert!(
            bytes[i].is_ascii_alphanumeric()
                || bytes[i] == b'_'
                || bytes[i] == b'-'
                || bytes[i] == b'.',
            "a name has letters, digits, '_', '-' and '.'"
        );
        i += 1;
    }
    bytes
}

fn key<K: Encode + ?Sized>(name: &[u8], separator: u8, key: &K) -> Writer {
    let mut out = begun(name, separator);
    key.encode(&mut out);
    out
}

/// What all keys have in common is compiled once.
#[inline(never)]
fn begun(name: &[u8], separator: u8) -> Writer {
    let mut out = Writer::new();
    out.put(name);
    out.put(&[separator]);
    out
}
