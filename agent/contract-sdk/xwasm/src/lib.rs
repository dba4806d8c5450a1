//! What a contract author writes against: typed storage, context, errors, events, calls of other
//! contracts, and the macro that declares a contract.
//!
//! A call runs once in a clean memory and is then over, so memory is handed out and never taken
//! back: bytes and texts are `&'static`, and there is no allocator to link. Nothing here comes from
//! outside, and everything compiles with Rust 1.63. Read [`contract!`] in `declare.rs` first, then
//! `storage.rs`; the numbers and names on the wire are in `ABI.md`.
#![no_std]

pub mod abi;
pub mod borsh;
pub mod calls;
pub mod context;
pub mod declare;
pub mod error;
pub mod host;
pub mod list;
pub mod math;
pub mod memory;
pub mod storage;

pub use abi::Described;
pub use borsh::{Decode, Encode, Reader, Writer};
pub use context::{Address, Hash};
pub use error::{ContractError, Outcome};
pub use list::List;
pub use storage::{Item, Map};

/// Text that stays until the call is over.
pub type Text = &'static str;
/// Bytes that stay until the call is over.
pub type Bytes = &'static [u8];

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    host::fail(error::UNKNOWN, "the contract panicked")
}
