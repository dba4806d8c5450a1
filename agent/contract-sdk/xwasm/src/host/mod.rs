//! The functions of the machine, as ABI.md lists them, with slices in place of pointers. Two
//! machines give them: the one that runs WebAssembly, and the one that tests run on natively.

#[cfg(target_arch = "wasm32")]
mod wasm;
#[cfg(target_arch = "wasm32")]
pub use wasm::*;

#[cfg(not(target_arch = "wasm32"))]
pub use crate::native::host::*;
