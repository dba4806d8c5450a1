//! How many tokens there are and may be, who may not hold them, and the way from version 1 and back.

use xwasm::prelude::*;

use crate::{CapSet, Token};

#[xwasm::record]
#[derive(Copy)]
pub struct Supply {
    pub amount: u128,
    pub cap: Option<u128>,
}

/// The supply as version 1 has it.
const FIRST_SUPPLY: Value<u128> = Value::new("supply");

impl Token {
    pub(crate) fn begin_supply(&mut self, amount: u128) {
        self.supply.set(&Supply { amount, cap: None });
    }

    pub(crate) fn supply(&self) -> u128 {
        self.supply.get().map_or(0, |supply| supply.amount)
    }

    pub(crate) fn change_supply(&mut self, amount: u128) -> Result<()> {
        let cap = self.cap();
        if cfg!(not(planted = "cap-forgotten")) {
            ensure_resources!(within(amount, cap), "the supply would exceed its cap");
        }
        self.supply.set(&Supply { amount, cap });
        Ok(())
    }

    pub(crate) fn lower_cap(&mut self, cap: u128) -> Result<()> {
        let supply = self.supply.require("the token is not set up")?;
        ensure_validation!(supply.amount <= cap, "the cap is below the supply");
        ensure_validation!(within(cap, supply.cap), "a cap is never raised");
        self.supply.set(&Supply { cap: Some(cap), ..supply });
        CapSet { cap }.emit();
        Ok(())
    }

    pub(crate) fn ensure_free(&self, account: &Address) -> Result<()> {
        let is_free = cfg!(planted = "frozen-moves") || !self.frozen.contains(account);
        ensure_permission!(is_free, "the account is frozen");
        Ok(())
    }

    pub(crate) fn to_this_version(&mut self, cap: Option<u128>) -> Result<()> {
        self.begin_supply(FIRST_SUPPLY.get_or(0));
        cap.map_or(Ok(()), |cap| self.lower_cap(cap))
    }

    pub(crate) fn to_first_version(&mut self) -> Result<()> {
        let amount = self.supply();
        let mut first = FIRST_SUPPLY;
        first.set(&amount);
        Ok(())
    }
}

fn within(amount: u128, cap: Option<u128>) -> bool {
    cap.map_or(true, |cap| amount <= cap)
}
