//! What a contract is written against: typed state, context, errors, events, calls of other
//! contracts, arithmetic, and the attributes that declare all of it.
//!
//! The same source compiles to WebAssembly, where [`host`] is the machine, and natively, where it is
//! [`native`]: a small machine in memory for tests. `README.md` shows by example; the names and
//! numbers on the wire are in `ABI.md`. Everything compiles with Rust 1.63.
#![cfg_attr(target_arch = "wasm32", no_std)]
#![cfg_attr(needs_alloc_error_handler, feature(alloc_error_handler))]

extern crate alloc;

pub mod abi;
pub mod borsh;
pub mod calls;
pub mod checked;
pub mod context;
mod division;
pub mod entry;
pub mod error;
pub mod fixed;
pub mod host;
pub mod math;
pub mod prelude;
mod section;
pub mod state;
pub mod storage;
pub mod u256;

#[cfg(target_arch = "wasm32")]
pub mod memory;

#[cfg(not(target_arch = "wasm32"))]
pub mod json;
#[cfg(not(target_arch = "wasm32"))]
pub mod mock;
#[cfg(not(target_arch = "wasm32"))]
pub mod native;
#[cfg(not(target_arch = "wasm32"))]
pub mod testing;

pub use abi::{Described, Event};
pub use borsh::{Decode, Encode, Reader, Writer};
pub use checked::Checked;
pub use context::{Address, Context, Hash};
pub use error::{ContractError, Result};
pub use fixed::Ray;
pub use state::{IndexedMap, List, Map, Set, Value};
pub use u256::U256;
pub use xwasm_macros::{contract, event, interface, record};

/// Text that is known when a contract is compiled; what errors say.
pub type Text = &'static str;

#[cfg(target_arch = "wasm32")]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    host::fail(error::UNKNOWN, "the contract panicked")
}
