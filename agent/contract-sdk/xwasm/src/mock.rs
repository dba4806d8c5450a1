//! For unit tests that call a contract's methods as plain Rust: a context whose parts can be set,
//! and a look at what was stored.
//!
//! Both stand for this thread's machine, so whatever a test makes last is what the contract sees.
//! A method that returns an error has not been undone here: that is what a call through
//! [`crate::testing::TestRunner`] does.

use std::collections::BTreeMap;

use crate::native::{self, sha256, Frame, World};
use crate::{Address, Context, Hash};

/// The account of this name; any name has one, and it is the same in every test of the product.
pub fn account(name: &str) -> Address {
    Address(sha256(name.as_bytes()))
}

/// 64 hex digits are an address, anything else is the name of an account.
impl From<&str> for Address {
    fn from(name: &str) -> Address {
        hex32(name).map_or_else(|| account(name), Address)
    }
}

impl From<&String> for Address {
    fn from(name: &String) -> Address {
        Address::from(name.as_str())
    }
}

impl From<&Address> for Address {
    fn from(address: &Address) -> Address {
        *address
    }
}

pub(crate) fn hex32(text: &str) -> Option<[u8; 32]> {
    let bytes = hex(text)?;
    <[u8; 32]>::try_from(bytes.as_slice()).ok()
}

pub(crate) fn hex(text: &str) -> Option<Vec<u8>> {
    if text.len() % 2 != 0 || !text.is_ascii() {
        return None;
    }
    (0..text.len() / 2).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()).collect()
}

/// The context that a test gives to methods: `dex.swap(context, ...)`.
pub type MockContext = Context;

impl Context {
    /// A machine that knows nothing but this contract; the caller is the zero address, the time
    /// is one second after 1970.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Context {
        native::with(|world| {
            *world = World::new();
            let address = account("the contract under test");
            world.frames.push(Frame { address, ..Frame::default() });
        });
        Context::current()
    }

    pub fn set_sender(&mut self, sender: impl Into<Address>) {
        let sender = sender.into();
        native::with(|world| {
            world.frame().caller = sender;
            world.origin = sender;
        })
    }

    /// The value that comes with the next calls; adds it to the contract's balance.
    pub fn set_value(&mut self, value: u128) {
        native::with(|world| {
            let here = world.here();
            world.frame().value = value;
            world.set_balance(here, world.balance(&here) + value);
        })
    }

    pub fn set_balance(&mut self, party: impl Into<Address>, amount: u128) {
        let party = party.into();
        native::with(|world| world.set_balance(party, amount))
    }

    /// Unix milliseconds.
    pub fn set_block_timestamp(&mut self, time: u64) {
        native::with(|world| world.time = time)
    }

    pub fn set_block_height(&mut self, height: u64) {
        native::with(|world| world.height = height)
    }

    pub fn set_tx_hash(&mut self, hash: Hash) {
        native::with(|world| world.call = hash)
    }

    pub fn set_input_data(&mut self, method: &str, input: &[u8]) {
        native::with(|world| {
            world.frame().method = method.into();
            world.frame().input = input.to_vec();
        })
    }

    /// The topics of what was announced so far.
    pub fn announced(&self) -> Vec<String> {
        native::with(|world| world.events.iter().map(|event| event.topic.clone()).collect())
    }
}

/// What the contract under test has stored.
#[derive(Clone, Copy, Debug)]
pub struct MockStorage(());

impl MockStorage {
    /// Empties the storage.
    #[allow(clippy::new_without_default)]
    pub fn new() -> MockStorage {
        let storage = MockStorage(());
        for key in storage.entries().into_keys() {
            native::with(|world| world.set(world.here(), &key, None));
        }
        storage
    }

    pub fn entries(&self) -> BTreeMap<Vec<u8>, Vec<u8>> {
        native::with(|world| world.stored(world.here()))
    }

    pub fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        native::with(|world| world.get(world.here(), key))
    }

    pub fn set(&mut self, key: &[u8], value: &[u8]) {
        native::with(|world| world.set(world.here(), key, Some(value.to_vec())))
    }

    pub fn len(&self) -> usize {
        self.entries().len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
