//! The methods that all versions have.

use xwasm::prelude::*;

use crate::events::{Approval, Transfer};
use crate::Token;

#[xwasm::interface(part)]
impl Token {
    /// The owner gets the whole first supply.
    pub fn init(
        &mut self,
        name: String,
        symbol: String,
        decimals: u8,
        supply: u128,
        owner: Address,
    ) -> Result<()> {
        ensure_state!(!self.owner.exists(), "the token is set up already");
        self.name.set(&name);
        self.symbol.set(&symbol);
        self.decimals.set(&decimals);
        self.owner.set(&owner);
        self.begin_supply(supply);
        self.balances.set(&owner, &supply);
        Transfer { from: Address::ZERO, to: owner, amount: supply }.emit();
        Ok(())
    }

    pub fn transfer(&mut self, ctx: Context, to: Address, amount: u128) -> Result<()> {
        self.move_balance(ctx.sender(), to, amount)
    }

    /// Moves what the other party has allowed the caller to move.
    pub fn transfer_from(
        &mut self,
        ctx: Context,
        from: Address,
        to: Address,
        amount: u128,
    ) -> Result<()> {
        self.ensure_free(&ctx.sender())?;
        let key = if cfg!(planted = "reversed-allowance") {
            (ctx.sender(), from)
        } else {
            (from, ctx.sender())
        };
        let allowed = self.allowances.get_or(&key, 0);
        ensure_permission!(allowed >= amount, "allowance too low");
        if cfg!(not(planted = "endless-allowance")) {
            self.allowances.set(&key, &(allowed - amount));
        }
        self.move_balance(from, to, amount)
    }

    /// Allows the spender to move so much, whatever was allowed before.
    pub fn approve(&mut self, ctx: Context, spender: Address, amount: u128) -> Result<()> {
        let owner = ctx.sender();
        self.allowances.set(&(owner, spender), &amount);
        Approval { owner, spender, amount }.emit();
        Ok(())
    }

    pub fn allowance(&self, owner: Address, spender: Address) -> u128 {
        self.allowances.get_or(&(owner, spender), 0)
    }

    pub fn balance_of(&self, owner: Address) -> u128 {
        self.balances.get_or(&owner, 0)
    }

    pub fn total_supply(&self) -> u128 {
        self.supply()
    }

    /// Makes more.
    #[only_owner]
    pub fn mint(&mut self, to: Address, amount: u128) -> Result<()> {
        ensure_validation!(to != Address::ZERO, "the zero address cannot hold tokens");
        self.ensure_free(&to)?;
        let supply = self.supply().checked_add(amount);
        let supply = supply.ok_or(ContractError::MathError("the supply is too large"))?;
        if cfg!(not(planted = "uncounted-mint")) {
            self.change_supply(supply)?;
        }
        // No balance exceeds the supply, so this cannot overflow.
        self.balances.set(&to, &(self.balances.get_or(&to, 0) + amount));
        Transfer { from: Address::ZERO, to, amount }.emit();
        Ok(())
    }

    /// Destroys some of the owner's own.
    #[only_owner]
    pub fn burn(&mut self, ctx: Context, amount: u128) -> Result<()> {
        let owner = ctx.sender();
        let balance = self.balances.get_or(&owner, 0);
        ensure_resources!(balance >= amount, "balance too low");
        self.balances.set(&owner, &(balance - amount));
        self.change_supply(self.supply() - amount)?;
        Transfer { from: owner, to: Address::ZERO, amount }.emit();
        Ok(())
    }

    pub fn contract_owner(&self) -> Address {
        self.owner.get_or(Address::ZERO)
    }

    pub fn name(&self) -> String {
        self.name.get_or_default()
    }

    pub fn symbol(&self) -> String {
        self.symbol.get_or_default()
    }

    pub fn decimals(&self) -> u8 {
        self.decimals.get_or(0)
    }
}

impl Token {
    fn move_balance(&mut self, from: Address, to: Address, amount: u128) -> Result<()> {
        ensure_validation!(to != Address::ZERO, "the zero address cannot hold tokens");
        self.ensure_free(&from)?;
        self.ensure_free(&to)?;
        let balance = self.balances.get_or(&from, 0);
        ensure_resources!(balance >= amount, "balance too low");
        #[cfg(planted = "self-transfer")]
        let held = self.balances.get_or(&to, 0);
        self.balances.set(&from, &(balance - amount));
        // Read after the write, or a transfer to oneself would make tokens.
        #[cfg(not(planted = "self-transfer"))]
        let held = self.balances.get_or(&to, 0);
        self.balances.set(&to, &(held + amount));
        Transfer { from, to, amount }.emit();
        Ok(())
    }
}
