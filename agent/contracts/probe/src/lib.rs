//! For tests: does, on request, everything that a contract should not do.
#![no_std]

mod machine;

use xwasm::prelude::*;
use xwasm::{borsh, calls, error, math, storage};

/// 0 and the result, or the failure kind's number plus one and the message.
#[xwasm::record]
pub struct Answer {
    pub code: u32,
    pub bytes: Vec<u8>,
}

#[xwasm::record]
pub struct Seen {
    pub caller: Address,
    pub own: Address,
    pub origin: Address,
    pub value: u128,
    pub balance: u128,
    pub height: u64,
    pub time: u64,
    pub call: Hash,
    pub method: String,
}

#[xwasm::event]
pub struct Noted {
    pub number: u64,
}

#[xwasm::contract(schema = 2, upgradeable, events(Noted))]
pub struct Probe {
    #[state]
    kept: Map<String, Vec<u8>>,
}

#[xwasm::interface]
impl Probe {
    pub fn spin(&mut self) {
        loop {
            hidden(0);
        }
    }

    pub fn recurse(&mut self, depth: u64) -> u64 {
        deeper(depth)
    }

    pub fn trap(&mut self) {
        machine::trap()
    }

    pub fn read_outside(&mut self) -> u8 {
        unsafe { core::ptr::read_volatile(hidden(0x7fff_0000usize) as *const u8) }
    }

    pub fn emit_outside(&mut self) {
        machine::emit_outside()
    }

    pub fn panic(&mut self) {
        panic!("on request")
    }

    pub fn grow(&mut self, pages: u32) -> u32 {
        machine::grow(pages)
    }

    /// Finds memory as the first call would find it, and leaves it otherwise.
    pub fn scribble(&mut self) -> bool {
        machine::scribble(1024)
    }

    pub fn fill(&mut self, bytes: u32, times: u32) {
        let mut place = vec![0u8; bytes as usize];
        for round in 0..times {
            place.fill(hidden(round as u8));
        }
    }

    pub fn keep(&mut self, key: String, value: Vec<u8>) {
        self.kept.set(&key, &value);
    }

    pub fn kept(&self, key: String) -> Option<Vec<u8>> {
        self.kept.get(&key)
    }

    pub fn forget(&mut self, key: String) -> bool {
        self.kept.remove(&key)
    }

    pub fn keep_then_fail(&mut self, key: String, value: Vec<u8>) -> Result<()> {
        self.kept.set(&key, &value);
        Noted { number: 1 }.emit();
        Err(ContractError::StateError("failed on request"))
    }

    pub fn store_large(&mut self, bytes: u32) {
        storage::write(b"large", &vec![0; bytes as usize]);
    }

    pub fn revert_with(&mut self, kind: u32, message: String) -> Result<()> {
        Err(ContractError::Callee { kind, message: error::text(message) })
    }

    pub fn note(&mut self, times: u64) {
        for number in 0..times {
            Noted { number }.emit();
        }
    }

    /// Calls another contract and goes on whatever becomes of it.
    pub fn ask(
        &mut self,
        to: Address,
        method: String,
        args: Vec<u8>,
        value: u128,
        gas: u64,
    ) -> Answer {
        answer(calls::call_raw(&to, &method, &args, value, gas))
    }

    /// The same after writing something of its own.
    pub fn keep_and_ask(
        &mut self,
        key: String,
        to: Address,
        method: String,
        args: Vec<u8>,
    ) -> Answer {
        self.kept.set(&key, &args);
        Noted { number: 7 }.emit();
        answer(calls::call_raw(&to, &method, &args, 0, 0))
    }

    pub fn delegate(&mut self, code: Hash, method: String, args: Vec<u8>) -> Answer {
        answer(calls::delegate(&code, &method, &args))
    }

    /// Delegates to itself until the machine refuses; says how often it went well.
    pub fn dive(&mut self, code: Hash) -> u32 {
        match calls::delegate(&code, "dive", &borsh::encoded(&code)) {
            Ok(deeper) => 1 + borsh::decoded::<u32>(&deeper).unwrap_or(0),
            Err(_) => 0,
        }
    }

    pub fn has_method(&self, code: Hash, method: String) -> Option<bool> {
        calls::has_method(&code, &method)
    }

    #[payable]
    pub fn deposit(&mut self, ctx: Context) -> u128 {
        ctx.value()
    }

    #[payable]
    pub fn look(&mut self, ctx: Context) -> Seen {
        Seen {
            caller: ctx.sender(),
            own: ctx.self_address(),
            origin: ctx.origin(),
            value: ctx.value(),
            balance: ctx.balance(&ctx.self_address()),
            height: ctx.block_height(),
            time: ctx.block_timestamp(),
            call: ctx.tx_hash(),
            method: ctx.method(),
        }
    }

    pub fn pay(&mut self, ctx: Context, to: Address, amount: u128) -> Result<()> {
        ctx.pay(&to, amount)
    }

    pub fn digest(&self, ctx: Context, bytes: Vec<u8>) -> Hash {
        ctx.sha256(&bytes)
    }

    pub fn mul_div(&self, a: u128, b: u128, divisor: u128) -> Option<u128> {
        math::mul_div(a, b, divisor)
    }

    pub fn root(&self, a: u128, b: u128) -> u128 {
        math::sqrt_of_product(a, b)
    }

    pub fn power(&self, base: Ray, exponent: u64) -> Result<Ray> {
        base.power(exponent)
    }

    pub fn is_contract(&self, ctx: Context, party: Address) -> bool {
        ctx.is_contract(&party)
    }

    /// There is no way back.
    #[migrate(from = 1)]
    pub fn migrate(&mut self) -> Result<()> {
        self.kept.set("migrated", &b"yes".to_vec());
        Ok(())
    }
}

#[inline(never)]
fn deeper(depth: u64) -> u64 {
    if hidden(depth) == 0 {
        return 0;
    }
    deeper(depth - 1) + 1
}

/// What the compiler must not reason about.
fn hidden<T: Copy>(value: T) -> T {
    unsafe { core::ptr::read_volatile(&value) }
}

fn answer(outcome: Result<Vec<u8>>) -> Answer {
    match outcome {
        Ok(bytes) => Answer { code: 0, bytes },
        Err(refusal) => {
            let (kind, message) = refusal.parts();
            Answer { code: kind + 1, bytes: message.into() }
        }
    }
}
