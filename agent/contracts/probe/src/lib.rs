//! For tests: does, on request, everything that a contract should not do.
#![no_std]

use xwasm::{calls, context, math, memory, storage};
use xwasm::{Address, Bytes, ContractError, Hash, Map, Outcome, Text};

const KEPT: Map<Text, Bytes> = Map::new("kept");

xwasm::record! {
    /// 0 and the result, or the failure kind's number plus one and the message.
    Answer { code: u32, bytes: Bytes }
}

xwasm::record! {
    Seen {
        caller: Address,
        own: Address,
        origin: Address,
        value: u128,
        balance: u128,
        height: u64,
        time: u64,
        call: Hash,
        method: Text,
    }
}

xwasm::event! { Noted { number: u64 } }

xwasm::contract! {
    "probe", "1.0.0", schema 1;
    types [Answer, Seen];
    events [Noted];
    errors [];

    call spin() -> () {
        loop {
            hidden(0);
        }
    }

    call recurse(depth: u64) -> u64 {
        Ok(deeper(depth))
    }

    call trap() -> () {
        core::arch::wasm32::unreachable()
    }

    call read_outside() -> u8 {
        Ok(unsafe { core::ptr::read_volatile(hidden(0x7fff_0000usize) as *const u8) })
    }

    call emit_outside() -> () {
        unsafe { xwasm::host::emit(0x7fff_0000usize as *const u8, 4, core::ptr::null(), 0) };
        Ok(())
    }

    call panic() -> () {
        panic!("on request")
    }

    call grow(pages: u32) -> u32 {
        Ok(core::arch::wasm32::memory_grow(0, pages as usize) as u32)
    }

    /// Finds memory as the first call would find it, and leaves it otherwise.
    call scribble() -> bool {
        let place = memory::take(1024);
        let clean = place.iter().all(|byte| *byte == 0);
        place.fill(0xaa);
        Ok(clean)
    }

    call fill(bytes: u32, times: u32) -> () {
        let place = memory::take(bytes as usize);
        for round in 0..times {
            place.fill(hidden(round as u8));
        }
        Ok(())
    }

    call keep(key: Text, value: Bytes) -> () {
        KEPT.set(&key, &value);
        Ok(())
    }

    query kept(key: Text) -> Option<Bytes> {
        Ok(KEPT.get(&key))
    }

    call forget(key: Text) -> bool {
        Ok(KEPT.remove(&key))
    }

    call keep_then_fail(key: Text, value: Bytes) -> () {
        KEPT.set(&key, &value);
        Noted { number: 1 }.emit();
        Err(ContractError::StateError("failed on request"))
    }

    call store_large(bytes: u32) -> () {
        storage::write(b"large", memory::take(bytes as usize));
        Ok(())
    }

    call revert_with(kind: u32, message: Text) -> () {
        Err(ContractError::Callee { kind, message })
    }

    call note(times: u64) -> () {
        for number in 0..times {
            Noted { number }.emit();
        }
        Ok(())
    }

    /// Calls another contract and goes on whatever becomes of it.
    call ask(to: Address, method: Text, args: Bytes, value: u128, gas: u64) -> Answer {
        Ok(answer(calls::call_raw(&to, method, args, value, gas)))
    }

    /// The same after writing something of its own.
    call keep_and_ask(key: Text, to: Address, method: Text, args: Bytes) -> Answer {
        KEPT.set(&key, &args);
        Noted { number: 7 }.emit();
        Ok(answer(calls::call_raw(&to, method, args, 0, 0)))
    }

    call delegate(code: Hash, method: Text, args: Bytes) -> Answer {
        Ok(answer(calls::delegate(&code, method, args)))
    }

    /// Delegates to itself until the machine refuses; says how often it went well.
    call dive(code: Hash) -> u32 {
        let args = calls::encoded(&code);
        match calls::delegate(&code, "dive", args.bytes()) {
            Ok(deeper) => Ok(1 + xwasm::borsh::decode_whole::<u32>(deeper).unwrap_or(0)),
            Err(_) => Ok(0),
        }
    }

    query has_method(code: Hash, method: Text) -> Option<bool> {
        Ok(calls::has_method(&code, method))
    }

    payable deposit() -> u128 {
        Ok(context::value())
    }

    payable look() -> Seen {
        Ok(Seen {
            caller: context::caller(),
            own: context::self_address(),
            origin: context::origin(),
            value: context::value(),
            balance: context::balance_of(&context::self_address()),
            height: context::block_height(),
            time: context::block_time(),
            call: context::call_hash(),
            method: context::method(),
        })
    }

    call pay(to: Address, amount: u128) -> () {
        calls::pay(&to, amount)
    }

    query digest(bytes: Bytes) -> Hash {
        Ok(context::sha256(bytes))
    }

    query mul_div(a: u128, b: u128, divisor: u128) -> Option<u128> {
        Ok(math::mul_div(a, b, divisor))
    }

    query root(a: u128, b: u128) -> u128 {
        Ok(math::sqrt_of_product(a, b))
    }

    query is_contract(party: Address) -> bool {
        Ok(context::is_contract(&party))
    }

    special migrate() -> () {
        KEPT.set(&"migrated", &(b"yes" as Bytes));
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

fn answer(outcome: Outcome<Bytes>) -> Answer {
    match outcome {
        Ok(bytes) => Answer { code: 0, bytes },
        Err(ContractError::Callee { kind, message }) => {
            Answer { code: kind + 1, bytes: message.as_bytes() }
        }
        Err(_) => Answer { code: 17, bytes: &[] },
    }
}
