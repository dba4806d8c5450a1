//! A ledger in memory for workflow tests: contracts, users with balances, calls, queries, time.

mod receipt;
mod runner;
mod upgrade;

pub use crate::mock::account;
pub use receipt::{Failure, Receipt};
pub use runner::{fields_of, TestRunner};
