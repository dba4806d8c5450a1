//! The machine that contracts run on natively: in memory, one for each thread. [`crate::testing`]
//! and [`crate::mock`] are the doors to it.
//!
//! It keeps the rules of ABI.md as far as a contract can see them: who calls whom, what a failure
//! undoes, re-entrancy, depth, value, the reserved names. It counts no gas.

pub mod host;
mod sha256;
pub mod world;

use std::cell::RefCell;

pub use sha256::sha256;
pub use world::{Announced, Code, Frame, World};

thread_local! {
    static WORLD: RefCell<World> = RefCell::new(World::new());
}

/// Looks at or changes this thread's machine. No contract's code may run inside.
pub fn with<R>(look: impl FnOnce(&mut World) -> R) -> R {
    WORLD.with(|world| look(&mut world.borrow_mut()))
}

/// How a contract ends its call.
pub struct Reverted {
    pub kind: u32,
    pub message: String,
}
