//! A fungible token: balances, allowances, and an owner who can make more.
#![no_std]

use xwasm::{context, ensure_permission, ensure_resources, ensure_state, ensure_validation};
use xwasm::{Address, ContractError, Item, Map, Outcome, Text};

const NAME: Item<Text> = Item::new("name");
const SYMBOL: Item<Text> = Item::new("symbol");
const DECIMALS: Item<u8> = Item::new("decimals");
const OWNER: Item<Address> = Item::new("owner");
const SUPPLY: Item<u128> = Item::new("supply");
const BALANCES: Map<Address, u128> = Map::new("balance");
const ALLOWANCES: Map<(Address, Address), u128> = Map::new("allowance");

xwasm::event! {
    /// Made and destroyed tokens come from and go to the zero address.
    Transfer { from: Address, to: Address, amount: u128 }
}

xwasm::event! { Approval { owner: Address, spender: Address, amount: u128 } }

xwasm::contract! {
    "token", "1.0.0", schema 1;
    types [];
    events [Transfer, Approval];
    errors [
        "RESOURCES: balance too low",
        "PERMISSION: allowance too low",
        "PERMISSION: only the owner",
        "MATH: the supply is too large",
    ];

    /// The owner gets the whole first supply.
    special init(name: Text, symbol: Text, decimals: u8, supply: u128, owner: Address) -> () {
        ensure_state!(OWNER.get().is_none(), "the token is set up already");
        NAME.set(&name);
        SYMBOL.set(&symbol);
        DECIMALS.set(&decimals);
        OWNER.set(&owner);
        SUPPLY.set(&supply);
        BALANCES.set(&owner, &supply);
        Transfer { from: Address::ZERO, to: owner, amount: supply }.emit();
        Ok(())
    }

    call transfer(to: Address, amount: u128) -> () {
        move_balance(context::caller(), to, amount)
    }

    /// Moves what the other party has allowed the caller to move.
    call transfer_from(from: Address, to: Address, amount: u128) -> () {
        let spender = context::caller();
        let allowed = ALLOWANCES.get(&(from, spender)).unwrap_or(0);
        ensure_permission!(allowed >= amount, "allowance too low");
        ALLOWANCES.set(&(from, spender), &(allowed - amount));
        move_balance(from, to, amount)
    }

    /// Allows the spender to move so much, whatever was allowed before.
    call approve(spender: Address, amount: u128) -> () {
        let owner = context::caller();
        ALLOWANCES.set(&(owner, spender), &amount);
        Approval { owner, spender, amount }.emit();
        Ok(())
    }

    query allowance(owner: Address, spender: Address) -> u128 {
        Ok(ALLOWANCES.get(&(owner, spender)).unwrap_or(0))
    }

    query balance_of(owner: Address) -> u128 {
        Ok(BALANCES.get(&owner).unwrap_or(0))
    }

    query total_supply() -> u128 {
        Ok(SUPPLY.get().unwrap_or(0))
    }

    /// Makes more; the owner alone.
    call mint(to: Address, amount: u128) -> () {
        only_owner()?;
        let supply = match SUPPLY.get().unwrap_or(0).checked_add(amount) {
            Some(supply) => supply,
            None => return Err(ContractError::MathError("the supply is too large")),
        };
        SUPPLY.set(&supply);
        // No balance exceeds the supply, so this cannot overflow.
        BALANCES.set(&to, &(BALANCES.get(&to).unwrap_or(0) + amount));
        Transfer { from: Address::ZERO, to, amount }.emit();
        Ok(())
    }

    /// Destroys some of the owner's own; the owner alone.
    call burn(amount: u128) -> () {
        only_owner()?;
        let owner = context::caller();
        let balance = BALANCES.get(&owner).unwrap_or(0);
        ensure_resources!(balance >= amount, "balance too low");
        BALANCES.set(&owner, &(balance - amount));
        SUPPLY.set(&(SUPPLY.get().unwrap_or(0) - amount));
        Transfer { from: owner, to: Address::ZERO, amount }.emit();
        Ok(())
    }

    query owner() -> Address {
        Ok(OWNER.get().unwrap_or(Address::ZERO))
    }

    query name() -> Text {
        Ok(NAME.get().unwrap_or(""))
    }

    query symbol() -> Text {
        Ok(SYMBOL.get().unwrap_or(""))
    }

    query decimals() -> u8 {
        Ok(DECIMALS.get().unwrap_or(0))
    }
}

fn only_owner() -> Outcome<()> {
    ensure_permission!(OWNER.get() == Some(context::caller()), "only the owner");
    Ok(())
}

fn move_balance(from: Address, to: Address, amount: u128) -> Outcome<()> {
    ensure_validation!(to != Address::ZERO, "the zero address cannot hold tokens");
    let balance = BALANCES.get(&from).unwrap_or(0);
    ensure_resources!(balance >= amount, "balance too low");
    BALANCES.set(&from, &(balance - amount));
    // Read after the write, or a transfer to oneself would make tokens.
    BALANCES.set(&to, &(BALANCES.get(&to).unwrap_or(0) + amount));
    Transfer { from, to, amount }.emit();
    Ok(())
}
