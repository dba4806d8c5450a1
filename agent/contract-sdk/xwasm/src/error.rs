//! What a contract may complain about.

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
#[derive(Clone, Copy)]
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

pub type Outcome<T> = core::result::Result<T, ContractError>;

impl ContractError {
    /// Ends the call with this error.
    pub fn raise(self) -> ! {
        let (kind, message) = match self {
            ContractError::InsufficientPermission(message) => (PERMISSION, message),
            ContractError::ValidationError(message) => (VALIDATION, message),
            ContractError::MathError(message) => (MATH, message),
            ContractError::StateError(message) => (STATE, message),
            ContractError::InsufficientResources(message) => (RESOURCES, message),
            ContractError::Timeout(message) => (TIMEOUT, message),
            ContractError::Unknown(message) => (UNKNOWN, message),
            ContractError::Callee { kind, message } => (kind, message),
        };
        host::fail(kind, message)
    }
}

#[macro_export]
macro_rules! ensure_permission {
    ($condition:expr, $message:expr) => {
        if !$condition {
            return Err($crate::ContractError::InsufficientPermission($message));
        }
    };
}

#[macro_export]
macro_rules! ensure_validation {
    ($condition:expr, $message:expr) => {
        if !$condition {
            return Err($crate::ContractError::ValidationError($message));
        }
    };
}

#[macro_export]
macro_rules! ensure_state {
    ($condition:expr, $message:expr) => {
        if !$condition {
            return Err($crate::ContractError::StateError($message));
        }
    };
}

#[macro_export]
macro_rules! ensure_resources {
    ($condition:expr, $message:expr) => {
        if !$condition {
            return Err($crate::ContractError::InsufficientResources($message));
        }
    };
}
