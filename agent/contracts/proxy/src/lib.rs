//! Keeps a contract's address, balance and state while its code changes.
//!
//! Everything but the methods below goes to the implementation, which runs on this storage. Versions
//! are numbered from 1; each remembers which one it was upgraded from, so that a rollback undoes
//! exactly the migrations that led here. The history is only ever added to.
#![no_std]

mod versions;

use versions::{Running, Version};
use xwasm::{borsh, error};
use xwasm::prelude::*;

/// One change of the implementation; `kind` is deploy, upgrade or rollback, `version` is what ran
/// afterwards.
#[xwasm::record]
pub struct UpgradeRecord {
    pub version: u64,
    pub implementation: Hash,
    pub previous: Hash,
    pub kind: String,
    pub by: Address,
    pub time: u64,
    pub call: Hash,
}

#[xwasm::event]
pub struct Upgraded {
    pub version: u64,
    pub implementation: Hash,
    pub previous: Hash,
    pub kind: String,
    pub by: Address,
}

#[xwasm::event]
pub struct OwnershipOffered {
    pub owner: Address,
    pub to: Address,
}

#[xwasm::event]
pub struct OwnershipTransferred {
    pub previous: Address,
    pub owner: Address,
}

#[xwasm::event]
pub struct GuardianChanged {
    pub guardian: Option<Address>,
}

#[xwasm::event]
pub struct Paused {
    pub by: Address,
}

#[xwasm::event]
pub struct Unpaused {
    pub by: Address,
}

#[xwasm::contract(
    apart,
    events(Upgraded, OwnershipOffered, OwnershipTransferred, GuardianChanged, Paused, Unpaused),
    errors(
        "PERMISSION: only the owner",
        "PERMISSION: only the guardian or the owner",
        "PERMISSION: the ownership was not offered to the caller",
        "VALIDATION: there is no such code",
        "VALIDATION: the new code takes no migration data",
        "VALIDATION: the code has a method that the proxy answers itself",
        "STATE: the contract is paused",
        "STATE: the version is not one that the current one came from",
        "STATE: the code being left has no migrate_back"
    )
)]
pub struct Proxy {
    #[state]
    running: Value<Running>,
    #[state]
    owner: Value<Address>,
    /// To whom the ownership is offered.
    #[state]
    offered: Value<Address>,
    /// May pause, and nothing else.
    #[state]
    guardian: Value<Address>,
    #[state]
    latest: Value<u64>,
    #[state]
    versions: Map<u64, Version>,
    #[state]
    records: List<UpgradeRecord>,
}

#[xwasm::interface]
impl Proxy {
    /// The implementation's own init runs with these bytes, on this storage.
    pub fn init(
        &mut self,
        ctx: Context,
        owner: Address,
        implementation: Hash,
        init_method_args: Vec<u8>,
    ) -> Result<()> {
        ensure_state!(!self.owner.exists(), "the proxy is set up already");
        self.owner.set(&owner);
        ensure_reachable(&ctx, &implementation)?;
        self.first(implementation);
        if has_method(&ctx, &implementation, "init")? {
            ctx.delegate(&implementation, "init", &init_method_args)?;
        } else {
            ensure_validation!(init_method_args.is_empty(), "the code has no init");
        }
        self.record(ctx, implementation, Hash::ZERO, "deploy", owner)?;
        Ok(())
    }

    /// Runs `migrate` of the new code, if it has one, with these bytes as its arguments. If that
    /// fails, the old code stays and nothing has changed.
    #[only_owner]
    pub fn upgrade(
        &mut self,
        ctx: Context,
        new_implementation: Hash,
        migration_data: Vec<u8>,
    ) -> Result<UpgradeRecord> {
        ensure_reachable(&ctx, &new_implementation)?;
        let previous = self.implementation()?;
        let migrated = if has_method(&ctx, &new_implementation, "migrate")? {
            let answer = ctx.delegate(&new_implementation, "migrate", &migration_data)?;
            // A migration may say that there was nothing to do; then there is nothing to undo.
            borsh::decoded(&answer).unwrap_or(true)
        } else {
            ensure_validation!(
                migration_data.is_empty(),
                "the new code takes no migration data: it has no migrate"
            );
            false
        };
        self.next(new_implementation, migrated)?;
        self.record(ctx, new_implementation, previous, "upgrade", ctx.sender())
    }

    /// Makes an earlier version current again, 0 for the previous one. What was written since stays.
    #[only_owner]
    pub fn rollback(&mut self, ctx: Context, target_version: u64) -> Result<UpgradeRecord> {
        let previous = self.implementation()?;
        let back = self.back_to(ctx, target_version)?;
        self.record(ctx, back, previous, "rollback", ctx.sender())
    }

    /// Offers the proxy to somebody, who becomes its owner by accepting. The zero address takes an
    /// offer back.
    #[only_owner]
    pub fn transfer_ownership(&mut self, ctx: Context, new_owner: Address) -> Result<()> {
        if new_owner == Address::ZERO {
            self.offered.remove();
        } else {
            self.offered.set(&new_owner);
        }
        OwnershipOffered { owner: ctx.sender(), to: new_owner }.emit();
        Ok(())
    }

    pub fn accept_ownership(&mut self, ctx: Context) -> Result<()> {
        let owner = ctx.sender();
        ensure_permission!(
            self.offered.get() == Some(owner),
            "the ownership was not offered to the caller"
        );
        let previous = self.owner.require(NOT_SET_UP)?;
        self.offered.remove();
        self.owner.set(&owner);
        OwnershipTransferred { previous, owner }.emit();
        Ok(())
    }

    /// Names who may pause besides the owner; null for nobody.
    #[only_owner]
    pub fn set_guardian(&mut self, guardian: Option<Address>) -> Result<()> {
        match guardian {
            Some(party) => self.guardian.set(&party),
            None => {
                self.guardian.remove();
            }
        }
        GuardianChanged { guardian }.emit();
        Ok(())
    }

    /// From now on the implementation answers the owner alone.
    pub fn pause(&mut self, ctx: Context) -> Result<()> {
        let by = ctx.sender();
        ensure_permission!(
            self.guardian.get() == Some(by) || self.owner.get() == Some(by),
            "only the guardian or the owner"
        );
        let running = self.running()?;
        ensure_state!(!running.paused, "the contract is paused already");
        self.running.set(&Running { paused: true, ..running });
        Paused { by }.emit();
        Ok(())
    }

    #[only_owner]
    pub fn unpause(&mut self, ctx: Context) -> Result<()> {
        let running = self.running()?;
        ensure_state!(running.paused, "the contract is not paused");
        self.running.set(&Running { paused: false, ..running });
        Unpaused { by: ctx.sender() }.emit();
        Ok(())
    }

    pub fn version(&self) -> Result<u64> {
        self.running().map(|running| running.version)
    }

    pub fn implementation(&self) -> Result<Hash> {
        self.running().map(|running| running.implementation)
    }

    pub fn owner(&self) -> Result<Address> {
        self.owner.require(NOT_SET_UP)
    }

    pub fn pending_owner(&self) -> Option<Address> {
        self.offered.get()
    }

    pub fn guardian(&self) -> Option<Address> {
        self.guardian.get()
    }

    pub fn paused(&self) -> Result<bool> {
        self.running().map(|running| running.paused)
    }

    pub fn history(&self) -> Vec<UpgradeRecord> {
        self.records.iter().collect()
    }

    /// At most 100 records from a place on, counted from 0.
    pub fn history_page(&self, from: u32, count: u32) -> Vec<UpgradeRecord> {
        self.records.page(from, count.min(LONGEST_PAGE))
    }

    /// Whatever is no method of the proxy: asked of the implementation, answered as it answers.
    #[fallback]
    #[reentrant]
    pub fn fallback(&mut self, ctx: Context) -> Result<Vec<u8>> {
        let running = self.running()?;
        if running.paused {
            ensure_state!(self.owner.get() == Some(ctx.sender()), "the contract is paused");
        }
        ctx.delegate_call(&running.implementation, &ctx.input_data())
    }
}

const NOT_SET_UP: Text = "the proxy is not set up";
const LONGEST_PAGE: u32 = 100;

/// What is answered here, and so never reaches the implementation.
pub const OWN_METHODS: [Text; 15] = [
    "upgrade",
    "rollback",
    "transfer_ownership",
    "accept_ownership",
    "set_guardian",
    "pause",
    "unpause",
    "version",
    "implementation",
    "owner",
    "pending_owner",
    "guardian",
    "paused",
    "history",
    "history_page",
];

impl Proxy {
    fn running(&self) -> Result<Running> {
        self.running.require(NOT_SET_UP)
    }

    fn record(
        &mut self,
        ctx: Context,
        implementation: Hash,
        previous: Hash,
        kind: Text,
        by: Address,
    ) -> Result<UpgradeRecord> {
        let record = UpgradeRecord {
            version: self.version()?,
            implementation,
            previous,
            kind: kind.into(),
            by,
            time: ctx.block_timestamp(),
            call: ctx.tx_hash(),
        };
        self.records.push(&record);
        let version = record.version;
        Upgraded { version, implementation, previous, kind: kind.into(), by }.emit();
        Ok(record)
    }
}

/// A method that has the name of one of the proxy's own could never be called.
fn ensure_reachable(ctx: &Context, code: &Hash) -> Result<()> {
    for own in OWN_METHODS {
        if has_method(ctx, code, own)? {
            return Err(ContractError::ValidationError(error::text(
                ["the code has a method '", own, "', which the proxy answers itself: rename it"]
                    .concat(),
            )));
        }
    }
    Ok(())
}

fn has_method(ctx: &Context, code: &Hash, method: &str) -> Result<bool> {
    ctx.has_method(code, method)
        .ok_or(ContractError::ValidationError("there is no such code: upload it first"))
}
