//! A counter that anybody may raise and its owner may set back.
#![no_std]
use xwasm::prelude::*;

/// Somebody counted.
#[xwasm::event]
pub struct Counted {
    pub by: Address,
    pub count: u128,
}

#[xwasm::contract(
    schema = 1,
    upgradeable,
    events(Counted),
    errors("VALIDATION: count at least one", "PERMISSION: only the owner")
)]
pub struct Counter {
    #[state]
    owner: Value<Address>,
    #[state]
    count: Value<u128>,
}

#[xwasm::interface]
impl Counter {
    /// Runs once, when the contract is deployed.
    pub fn init(&mut self, owner: Address) -> Result<()> {
        self.owner.set(&owner);
        Ok(())
    }

    /// Raises the count, and returns it.
    pub fn add(&mut self, ctx: Context, amount: u128) -> Result<u128> {
        ensure_validation!(amount > 0, "count at least one");
        let count = self.count.get_or_default().plus(amount)?;
        self.count.set(&count);
        Counted { by: ctx.sender(), count }.emit();
        Ok(count)
    }

    #[only_owner]
    pub fn reset(&mut self) -> Result<()> {
        self.count.set(&0);
        Ok(())
    }

    pub fn count(&self) -> u128 {
        self.count.get_or_default()
    }
}
