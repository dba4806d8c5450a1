//! The machine's functions, as `host::wasm` has them, on this thread's [`World`].

use super::world::{self, Frame};
use super::{sha256, with, Announced, Reverted};
use crate::{Address, Hash};

/// What a method sees of a limit that is not counted here.
const PLENTY: u64 = 100_000_000;

pub fn has_input() -> bool {
    with(|world| !world.frame().input.is_empty())
}

pub fn input_bytes() -> Vec<u8> {
    with(|world| world.frame().input.clone())
}

pub fn method_bytes() -> Vec<u8> {
    with(|world| world.frame().method.clone().into_bytes())
}

/// The value's length, -1 for none; as much of it as fits is copied.
pub fn get(key: &[u8], to: *mut u8, capacity: usize) -> i32 {
    let value = with(|world| world.get(world.here(), key));
    match value {
        None => -1,
        Some(value) => {
            let copied = std::cmp::min(value.len(), capacity);
            unsafe { std::ptr::copy_nonoverlapping(value.as_ptr(), to, copied) };
            value.len() as i32
        }
    }
}

pub fn set(key: &[u8], value: &[u8]) {
    with(|world| world.set(world.here(), key, Some(value.to_vec())))
}

pub fn remove(key: &[u8]) -> bool {
    with(|world| {
        let here = world.here();
        let there = world.get(here, key).is_some();
        if there {
            world.set(here, key, None);
        }
        there
    })
}

pub fn caller_name() -> [u8; 32] {
    with(|world| world.frame().caller.0)
}

pub fn self_name() -> [u8; 32] {
    with(|world| world.frame().address.0)
}

pub fn origin_name() -> [u8; 32] {
    with(|world| world.origin.0)
}

pub fn value_given() -> u128 {
    with(|world| world.frame().value)
}

pub fn balance_of(party: &[u8; 32]) -> u128 {
    with(|world| world.balance(&Address(*party)))
}

pub fn height() -> u64 {
    with(|world| world.height)
}

pub fn time() -> u64 {
    with(|world| world.time)
}

pub fn call_name() -> [u8; 32] {
    with(|world| world.call.0)
}

pub fn gas() -> u64 {
    PLENTY
}

pub fn announce(topic: &str, data: &[u8]) {
    with(|world| {
        let contract = world.here();
        world.events.push(Announced { contract, topic: topic.into(), data: data.to_vec() })
    })
}

pub fn give_back(bytes: &[u8]) {
    with(|world| world.frame().output = bytes.to_vec())
}

/// Ends the call; everything it wrote is undone.
pub fn fail(kind: u32, message: &str) -> ! {
    std::panic::resume_unwind(Box::new(Reverted { kind, message: message.into() }))
}

/// 0, or the failure kind's number plus one; [`result_bytes`] has the rest.
pub fn call_contract(to: &[u8; 32], method: &str, args: &[u8], amount: u128, _gas: u64) -> u32 {
    let frame = Frame {
        caller: with(|world| world.here()),
        address: Address(*to),
        method: method.into(),
        input: args.to_vec(),
        value: amount,
        ..Frame::default()
    };
    settle(world::call(frame, false))
}

pub fn call_code(code: &[u8; 32], method: &str, args: &[u8]) -> u32 {
    settle(world::delegate(Hash(*code), method, args))
}

fn settle(outcome: Result<Vec<u8>, Reverted>) -> u32 {
    let (code, bytes) = match outcome {
        Ok(bytes) => (0, bytes),
        Err(reverted) => (reverted.kind + 1, reverted.message.into_bytes()),
    };
    with(|world| world.frame().callee_result = bytes);
    code
}

pub fn result_bytes() -> Vec<u8> {
    with(|world| world.frame().callee_result.clone())
}

/// 1 or 0, -1 when there is no such code.
pub fn code_has_method(code: &[u8; 32], method: &str) -> i32 {
    match with(|world| world.code(&Hash(*code))) {
        None => -1,
        Some(code) => (code.entry)(method).is_some() as i32,
    }
}

pub fn digest(bytes: &[u8]) -> [u8; 32] {
    sha256(bytes)
}

pub fn holds_contract(party: &[u8; 32]) -> bool {
    with(|world| world.code_at(&Address(*party)).is_some())
}
