//! Which versions there were, which came from which, and the way back.

use xwasm::prelude::*;

use crate::{has_method, Proxy, NOT_SET_UP};

const FIRST_VERSION: u64 = 1;

/// What answers now: in one piece, because every call reads it.
#[xwasm::record]
#[derive(Copy)]
pub struct Running {
    pub implementation: Hash,
    pub version: u64,
    pub paused: bool,
}

/// Code that has run here, and what it was upgraded from (0: nothing).
#[xwasm::record]
#[derive(Copy)]
pub struct Version {
    pub implementation: Hash,
    pub parent: u64,
    pub migrated: bool,
}

impl Proxy {
    pub(crate) fn first(&mut self, implementation: Hash) {
        self.latest.set(&FIRST_VERSION);
        self.running.set(&Running { implementation, version: FIRST_VERSION, paused: false });
        let first = Version { implementation, parent: 0, migrated: false };
        self.versions.set(&FIRST_VERSION, &first);
    }

    pub(crate) fn next(&mut self, implementation: Hash, migrated: bool) -> Result<()> {
        let before = self.running.require(NOT_SET_UP)?;
        let parent = before.version;
        let number = self.latest.require(NOT_SET_UP)?.plus(1)?;
        self.versions.set(&number, &Version { implementation, parent, migrated });
        self.latest.set(&number);
        self.running.set(&Running { implementation, version: number, ..before });
        Ok(())
    }

    /// Undoes every migration between here and there; the code that runs afterwards.
    pub(crate) fn back_to(&mut self, ctx: Context, target_version: u64) -> Result<Hash> {
        let before = self.running.require(NOT_SET_UP)?;
        let current = before.version;
        let leaving = self.version_of(current)?;
        let target = if target_version == 0 { leaving.parent } else { target_version };
        ensure_state!(target != 0, "there is no previous version");
        ensure_state!(target != current, "this version is the current one");
        ensure_state!(
            self.comes_from(leaving, target)?,
            "the version is not one that the current one came from"
        );
        let mut number = current;
        while number != target {
            let left = self.version_of(number)?;
            undo(ctx, &left)?;
            number = left.parent;
        }
        let implementation = self.version_of(target)?.implementation;
        self.running.set(&Running { implementation, version: target, ..before });
        Ok(implementation)
    }

    fn comes_from(&self, mut version: Version, target: u64) -> Result<bool> {
        while version.parent != 0 {
            if version.parent == target {
                return Ok(true);
            }
            version = self.version_of(version.parent)?;
        }
        Ok(false)
    }

    fn version_of(&self, number: u64) -> Result<Version> {
        self.versions.require(&number, NOT_SET_UP)
    }
}

/// Takes back one upgrade's migration: only the code that made it knows how.
fn undo(ctx: Context, left: &Version) -> Result<()> {
    if !left.migrated {
        return Ok(());
    }
    ensure_state!(
        has_method(&ctx, &left.implementation, "migrate_back")?,
        "the code being left has no migrate_back, so its migration cannot be undone"
    );
    ctx.delegate(&left.implementation, "migrate_back", &[]).map(|_| ())
}
