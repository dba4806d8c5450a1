//! What nearly every contract uses: `use xwasm::prelude::*;`.

pub use crate::{
    contract, ensure_in_time, ensure_math, ensure_permission, ensure_resources, ensure_state,
    ensure_validation, event, interface, record,
};
pub use crate::{Address, Checked, Context, ContractError, Hash, Ray, Result, Text, U256};
pub use crate::{IndexedMap, List, Map, Set, Value};
pub use alloc::boxed::Box;
pub use alloc::format;
pub use alloc::string::{String, ToString};
pub use alloc::vec;
pub use alloc::vec::Vec;
