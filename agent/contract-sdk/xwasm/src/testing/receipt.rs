//! What becomes of a call.

use std::fmt;

use crate::error;
use crate::json::{Json, NULL};
use crate::native::Reverted;
use crate::ContractError;

const NAMES: [&str; 17] = [
    "UNKNOWN_CONTRACT",
    "UNKNOWN_METHOD",
    "BAD_ARGUMENTS",
    "OUT_OF_GAS",
    "TRAP",
    "DEPTH_EXCEEDED",
    "LIMIT_EXCEEDED",
    "REENTRANCY",
    "INSUFFICIENT_BALANCE",
    "NOT_PAYABLE",
    "PERMISSION",
    "VALIDATION",
    "MATH",
    "STATE",
    "RESOURCES",
    "TIMEOUT",
    "UNKNOWN",
];

/// Why a call failed; shown as `RESOURCES: balance too low`.
#[derive(Clone, PartialEq, Eq)]
pub struct Failure {
    /// The kind's name in ABI.md.
    pub kind: &'static str,
    pub message: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        write!(out, "{}: {}", self.kind, self.message)
    }
}

impl fmt::Debug for Failure {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl Failure {
    pub(super) fn of(reverted: Reverted) -> Failure {
        let kind = NAMES.get(reverted.kind as usize).copied().unwrap_or("UNKNOWN");
        Failure { kind, message: reverted.message }
    }
}

/// What became of a call.
#[derive(Clone, Debug)]
pub struct Receipt {
    pub success: bool,
    /// Null when it failed or returns nothing.
    pub result: Json,
    pub error: Option<Failure>,
    /// Topic and fields, in order, of all contracts that took part.
    pub events: Vec<(String, Json)>,
}

impl Receipt {
    /// The result.
    ///
    /// # Panics
    /// When the call failed, with the reason.
    #[track_caller]
    pub fn unwrap(&self) -> &Json {
        match &self.error {
            None => &self.result,
            Some(error) => panic!("the call failed: {}", error),
        }
    }

    /// Why it failed, as `KIND: sentence`.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn unwrap_err(&self) -> String {
        match &self.error {
            Some(error) => error.to_string(),
            None => panic!("the call succeeded with {}", self.result),
        }
    }

    /// The fields of the first event of this topic; null when there is none.
    pub fn event(&self, topic: &str) -> &Json {
        self.events.iter().find(|(t, _)| t == topic).map_or(&NULL, |(_, fields)| fields)
    }
}

/// So that tests can compare `Err` values with receipts.
impl From<ContractError> for Failure {
    fn from(error: ContractError) -> Failure {
        let (kind, message) = error.parts();
        Failure::of(Reverted { kind, message: message.into() })
    }
}

const _: () = assert!(error::UNKNOWN as usize == NAMES.len() - 1);
