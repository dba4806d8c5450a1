//! What a contract may complain about.

use core::fmt;

use alloc::boxed::Box;
use alloc::string::String;

use crate::{host, Text};

/// The numbers of the failure kinds that contracts use (ABI.md).
pub const BAD_ARGUMENTS: u32 = 2;
pub const PERMISSION: u32 = 10;
pub const VALIDATION: u32 = 11;
pub const MATH: u32 = 12;
pub const STATE: u32 = 13;
pub const RESOURCES: u32 = 14;
pub const TIMEOUT: u32 = 15;
pub const UNKNOWN: u32 = 16;

/// Why a method refuses. Returning one undoes everything the call wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractError {
    InsufficientPermission(Text),
    ValidationError(Text),
    MathError(Text),
    StateError(Text),
    InsufficientResources(Text),
    Timeout(Text),
    Unknown(Text),
    /// What another contract complained about, passed on as it is.
    Callee { kind: u32, message: Text },
}

pub type Result<T, E = ContractError> = core::result::Result<T, E>;

impl ContractError {
    /// The number of its kind, and what it says.
    pub fn parts(self) -> (u32, Text) {
        match self {
            ContractError::InsufficientPermission(message) => (PERMISSION, message),
            ContractError::ValidationError(message) => (VALIDATION, message),
            ContractError::MathError(message) => (MATH, message),
            ContractError::StateError(message) => (STATE, message),
            ContractError::InsufficientResources(message) => (RESOURCES, message),
            ContractError::Timeout(message) => (TIMEOUT, message),
            ContractError::Unknown(message) => (UNKNOWN, message),
            ContractError::Callee { kind, message } => (kind, message),
        }
    }

    /// Ends the call with this error.
    pub fn raise(self) -> ! {
        let (kind, message) = self.parts();
        host::fail(kind, message)
    }
}

impl fmt::Display for ContractError {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let name = match self {
            ContractError::InsufficientPermission(_) => "InsufficientPermission",
            ContractError::ValidationError(_) => "ValidationError",
            ContractError::MathError(_) => "MathError",
            ContractError::StateError(_) => "StateError",
            ContractError::InsufficientResources(_) => "InsufficientResources",
            ContractError::Timeout(_) => "Timeout",
            ContractError::Unknown(_) => "Unknown",
            ContractError::Callee { .. } => "Callee",
        };
        write!(out, "{}: {}", name, self.parts().1)
    }
}

/// A sentence put together while the contract runs; it stays until the call is over.
pub fn text(sentence: String) -> Text {
    Box::leak(sentence.into_boxed_str())
}

/// Each of them refuses with its own kind unless the condition holds. The message is a literal, or
/// a format string with its values (which makes a module some 10 KB larger).
#[doc(hidden)]
#[macro_export]
macro_rules! __ensure {
    ($kind:ident, $condition:expr, $message:expr) => {
        if !$condition {
            return Err($crate::ContractError::$kind($message));
        }
    };
    ($kind:ident, $condition:expr, $format:literal, $($value:tt)+) => {
        if !$condition {
            return Err($crate::ContractError::$kind($crate::error::text(
                $crate::prelude::format!($format, $($value)+),
            )));
        }
    };
}

#[macro_export]
macro_rules! ensure_permission {
    ($condition:expr, $($message:tt)+) => {
        $crate::__ensure!(InsufficientPermission, $condition, $($message)+)
    };
}

#[macro_export]
macro_rules! ensure_validation {
    ($condition:expr, $($message:tt)+) => {
        $crate::__ensure!(ValidationError, $condition, $($message)+)
    };
}

#[macro_export]
macro_rules! ensure_math {
    ($condition:expr, $($message:tt)+) => {
        $crate::__ensure!(MathError, $condition, $($message)+)
    };
}

#[macro_export]
macro_rules! ensure_state {
    ($condition:expr, $($message:tt)+) => {
        $crate::__ensure!(StateError, $condition, $($message)+)
    };
}

#[macro_export]
macro_rules! ensure_resources {
    ($condition:expr, $($message:tt)+) => {
        $crate::__ensure!(InsufficientResources, $condition, $($message)+)
    };
}

/// Refuses with `Timeout` when the moment has passed, or has not come.
#[macro_export]
macro_rules! ensure_in_time {
    ($condition:expr, $($message:tt)+) => {
        $crate::__ensure!(Timeout, $condition, $($message)+)
    };
}
