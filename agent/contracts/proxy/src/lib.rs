//! Keeps a contract's address, balance and state while its code changes.
//!
//! Everything but the methods below goes to the implementation, which runs on this storage. Versions
//! are numbered from 1; each remembers which one it was upgraded from, so that a rollback undoes
//! exactly the migrations that led here. The history is only ever added to.
#![no_std]

use xwasm::{calls, context, ensure_permission, ensure_state, ensure_validation, storage};
use xwasm::{borsh, Address, Bytes, ContractError, Decode, Encode, Hash, List, Outcome, Text, Writer};

const FIRST_VERSION: u64 = 1;

/// Keys of our own begin with a byte that no contract's names begin with.
const IMPLEMENTATION: &[u8] = b"\xffproxy/implementation";
const OWNER: &[u8] = b"\xffproxy/owner";
const VERSION: &[u8] = b"\xffproxy/version";
const LATEST: &[u8] = b"\xffproxy/latest";
const RECORDS: &[u8] = b"\xffproxy/records";
const VERSION_PREFIX: &[u8] = b"\xffproxy/version/";
const RECORD_PREFIX: &[u8] = b"\xffproxy/record/";

xwasm::record! {
    /// Code that has run here, and what it was upgraded from (0: nothing).
    Version { implementation: Hash, parent: u64, migrated: bool }
}

xwasm::record! {
    /// One change of the implementation; `kind` is deploy, upgrade or rollback, `version` is what
    /// ran afterwards.
    UpgradeRecord {
        version: u64,
        implementation: Hash,
        previous: Hash,
        kind: Text,
        by: Address,
        time: u64,
        call: Hash,
    }
}

xwasm::event! {
    Upgraded { version: u64, implementation: Hash, previous: Hash, kind: Text, by: Address }
}

xwasm::contract! {
    "proxy", "1.0.0", schema 1;
    types [UpgradeRecord];
    events [Upgraded];
    errors [
        "PERMISSION: only the owner",
        "VALIDATION: there is no such code",
        "VALIDATION: the new code takes no migration data",
        "STATE: the version is not one that the current one came from",
        "STATE: the code being left has no migrate_back",
    ];

    /// The implementation's own init runs with these bytes, on this storage.
    special init(owner: Address, implementation: Hash, init_method_args: Bytes) -> () {
        ensure_state!(storage::read(OWNER).is_none(), "the proxy is set up already");
        storage::save(OWNER, &owner);
        storage::save(IMPLEMENTATION, &implementation);
        storage::save(VERSION, &FIRST_VERSION);
        storage::save(LATEST, &FIRST_VERSION);
        let first = Version { implementation, parent: 0, migrated: false };
        storage::save(key(VERSION_PREFIX, FIRST_VERSION).bytes(), &first);
        if has_method(&implementation, "init")? {
            calls::delegate(&implementation, "init", init_method_args)?;
        } else {
            ensure_validation!(init_method_args.is_empty(), "the code has no init");
        }
        record(FIRST_VERSION, implementation, Hash::ZERO, "deploy", owner);
        Ok(())
    }

    /// Runs `migrate` of the new code, if it has one, with these bytes as its arguments.
    call upgrade(new_implementation: Hash, migration_data: Bytes) -> UpgradeRecord {
        only_owner()?;
        let current: u64 = load(VERSION)?;
        let previous: Hash = load(IMPLEMENTATION)?;
        let migrated = if has_method(&new_implementation, "migrate")? {
            let answer = calls::delegate(&new_implementation, "migrate", migration_data)?;
            // A migration may say that there was nothing to do; then there is nothing to undo.
            borsh::decode_whole(answer).unwrap_or(true)
        } else {
            ensure_validation!(
                migration_data.is_empty(),
                "the new code takes no migration data: it has no migrate"
            );
            false
        };
        let latest: u64 = load(LATEST)?;
        let version = latest + 1;
        let next = Version { implementation: new_implementation, parent: current, migrated };
        storage::save(key(VERSION_PREFIX, version).bytes(), &next);
        storage::save(LATEST, &version);
        storage::save(VERSION, &version);
        storage::save(IMPLEMENTATION, &new_implementation);
        Ok(record(version, new_implementation, previous, "upgrade", context::caller()))
    }

    /// Makes an earlier version current again, 0 for the previous one. What was written since stays.
    call rollback(target_version: u64) -> UpgradeRecord {
        only_owner()?;
        let current: u64 = load(VERSION)?;
        let leaving = version_of(current)?;
        let target = if target_version == 0 { leaving.parent } else { target_version };
        ensure_state!(target != 0, "there is no previous version");
        ensure_state!(target != current, "this version is the current one");
        ensure_state!(
            comes_from(leaving, target)?,
            "the version is not one that the current one came from"
        );
        let mut number = current;
        while number != target {
            let left = version_of(number)?;
            undo(&left)?;
            number = left.parent;
        }
        let back = version_of(target)?;
        storage::save(VERSION, &target);
        storage::save(IMPLEMENTATION, &back.implementation);
        let by = context::caller();
        Ok(record(target, back.implementation, leaving.implementation, "rollback", by))
    }

    query version() -> u64 {
        load(VERSION)
    }

    query implementation() -> Hash {
        load(IMPLEMENTATION)
    }

    query owner() -> Address {
        load(OWNER)
    }

    query history() -> List<UpgradeRecord> {
        let mut records = List::new();
        for index in 0..storage::load(RECORDS).unwrap_or(0u64) {
            records.push(load(key(RECORD_PREFIX, index).bytes())?);
        }
        Ok(records)
    }
}

/// Whatever is no method of the proxy: asked of the implementation, answered as it answers.
#[no_mangle]
pub extern "C" fn fallback() {
    let implementation = match load(IMPLEMENTATION) {
        Ok(implementation) => implementation,
        Err(error) => error.raise(),
    };
    match calls::delegate(&implementation, context::method(), context::input()) {
        Ok(result) => calls::give_back(result),
        Err(error) => error.raise(),
    }
}

fn only_owner() -> Outcome<()> {
    let owner: Address = load(OWNER)?;
    ensure_permission!(owner == context::caller(), "only the owner");
    Ok(())
}

fn has_method(code: &Hash, method: &str) -> Outcome<bool> {
    calls::has_method(code, method)
        .ok_or(ContractError::ValidationError("there is no such code: upload it first"))
}

fn comes_from(mut version: Version, target: u64) -> Outcome<bool> {
    while version.parent != 0 {
        if version.parent == target {
            return Ok(true);
        }
        version = version_of(version.parent)?;
    }
    Ok(false)
}

/// Takes back one upgrade's migration: only the code that made it knows how.
fn undo(left: &Version) -> Outcome<()> {
    if !left.migrated {
        return Ok(());
    }
    ensure_state!(
        has_method(&left.implementation, "migrate_back")?,
        "the code being left has no migrate_back, so its migration cannot be undone"
    );
    calls::delegate(&left.implementation, "migrate_back", &[]).map(|_| ())
}

fn record(
    version: u64,
    implementation: Hash,
    previous: Hash,
    kind: Text,
    by: Address,
) -> UpgradeRecord {
    let time = context::block_time();
    let call = context::call_hash();
    let record = UpgradeRecord { version, implementation, previous, kind, by, time, call };
    let count = storage::load(RECORDS).unwrap_or(0u64);
    storage::save(key(RECORD_PREFIX, count).bytes(), &record);
    storage::save(RECORDS, &(count + 1));
    Upgraded { version, implementation, previous, kind, by }.emit();
    record
}

fn version_of(number: u64) -> Outcome<Version> {
    load(key(VERSION_PREFIX, number).bytes())
}

fn load<T: Decode>(key: &[u8]) -> Outcome<T> {
    storage::load(key).ok_or(ContractError::StateError("the proxy is not set up"))
}

fn key(prefix: &[u8], number: u64) -> Writer {
    let mut out = Writer::new();
    out.put(prefix);
    number.encode(&mut out);
    out
}
