//! What the machine enters through: the part of an exported function that is the same for all.

use crate::{borsh, error, host, storage, ContractError, Decode, Encode, Reader, Result, Text};

/// Where `contract(upgradeable)` keeps the number of the schema that its state has.
pub const SCHEMA_KEY: &[u8] = b"xwasm.schema";

/// Reads one argument, or ends the call with a sentence that names it.
pub fn argument<T: Decode>(input: &mut Reader, otherwise: Text) -> T {
    let missing = input.is_at_end();
    match T::decode(input) {
        Some(value) => value,
        None => refuse(otherwise, missing),
    }
}

/// One for all types, so that a module has it once.
#[cold]
#[inline(never)]
fn refuse(otherwise: Text, missing: bool) -> ! {
    if missing {
        let sentence = [otherwise, ": the arguments end before it"].concat();
        host::fail(error::BAD_ARGUMENTS, error::text(sentence))
    }
    host::fail(error::BAD_ARGUMENTS, otherwise)
}

/// Ends the call when there are more arguments than the method takes.
pub fn no_more(input: &Reader, otherwise: Text) {
    if !input.is_at_end() {
        host::fail(error::BAD_ARGUMENTS, otherwise)
    }
}

/// Ends the call when there are arguments at all.
pub fn none(otherwise: Text) {
    if host::has_input() {
        host::fail(error::BAD_ARGUMENTS, otherwise)
    }
}

/// Gives the result back, or ends the call with the error.
pub fn answer<T: Encode>(outcome: Result<T>) {
    match outcome {
        Ok(value) => {
            let bytes = borsh::encoded(&value);
            if !bytes.is_empty() {
                host::give_back(&bytes);
            }
        }
        Err(error) => error.raise(),
    }
}

/// Gives bytes back as they are: what a fallback passes on.
pub fn answer_raw(outcome: Result<alloc::vec::Vec<u8>>) {
    match outcome {
        Ok(bytes) => host::give_back(&bytes),
        Err(error) => error.raise(),
    }
}

/// A new contract's state has its code's schema.
pub fn schema_begins(schema: u32) {
    storage::save(SCHEMA_KEY, &schema);
}

/// Runs a migration from one schema to the next, once: false when the state has been migrated.
pub fn migrate(from: u32, to: u32, run: impl FnOnce() -> Result<()>) -> Result<bool> {
    let schema = storage::load::<u32>(SCHEMA_KEY).unwrap_or(from);
    if schema == to {
        return Ok(false);
    }
    if schema != from {
        return Err(ContractError::StateError("the state has another schema"));
    }
    run()?;
    schema_begins(to);
    Ok(true)
}

/// Takes a migration back.
pub fn migrate_back(from: u32, to: u32, run: impl FnOnce() -> Result<()>) -> Result<bool> {
    if storage::load::<u32>(SCHEMA_KEY) != Some(to) {
        return Err(ContractError::StateError("the state has another schema"));
    }
    run()?;
    schema_begins(from);
    Ok(true)
}
