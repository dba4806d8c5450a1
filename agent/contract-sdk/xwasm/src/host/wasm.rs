//! The machine's own functions.

use alloc::vec::Vec;

#[link(wasm_import_module = "xwasm")]
extern "C" {
    fn input_length() -> usize;
    fn input_read(to: *mut u8);
    fn method_length() -> usize;
    fn method_read(to: *mut u8);
    fn storage_get(key: *const u8, key_len: usize, to: *mut u8, capacity: usize) -> i32;
    fn storage_set(key: *const u8, key_len: usize, value: *const u8, value_len: usize);
    fn storage_remove(key: *const u8, key_len: usize) -> i32;
    fn caller(to: *mut u8);
    fn self_address(to: *mut u8);
    fn origin(to: *mut u8);
    fn value(to: *mut u8);
    fn balance(address: *const u8, to: *mut u8);
    fn block_height() -> u64;
    fn block_time() -> u64;
    fn call_hash(to: *mut u8);
    fn gas_left() -> u64;
    fn emit(topic: *const u8, topic_len: usize, data: *const u8, data_len: usize);
    fn ret(bytes: *const u8, len: usize);
    fn revert(kind: u32, message: *const u8, len: usize) -> !;
    fn call(
        address: *const u8,
        method: *const u8,
        method_len: usize,
        args: *const u8,
        args_len: usize,
        value: *const u8,
        gas: u64,
    ) -> u32;
    fn delegate_call(
        code: *const u8,
        method: *const u8,
        method_len: usize,
        args: *const u8,
        args_len: usize,
    ) -> u32;
    fn result_length() -> usize;
    fn result_read(to: *mut u8);
    fn has_method(code: *const u8, method: *const u8, method_len: usize) -> i32;
    fn sha256(bytes: *const u8, len: usize, to: *mut u8);
    fn is_contract(address: *const u8) -> i32;
}

/// So many bytes, written by a function that fills them all.
fn filled(len: usize, read: unsafe extern "C" fn(*mut u8)) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(len);
    unsafe {
        read(bytes.as_mut_ptr());
        bytes.set_len(len);
    }
    bytes
}

fn name_from(read: unsafe extern "C" fn(*mut u8)) -> [u8; 32] {
    let mut bytes = [0; 32];
    unsafe { read(bytes.as_mut_ptr()) };
    bytes
}

pub fn has_input() -> bool {
    unsafe { input_length() > 0 }
}

pub fn input_bytes() -> Vec<u8> {
    filled(unsafe { input_length() }, input_read)
}

pub fn method_bytes() -> Vec<u8> {
    filled(unsafe { method_length() }, method_read)
}

/// The value's length, -1 for none; as much of it as fits is copied.
pub fn get(key: &[u8], to: *mut u8, capacity: usize) -> i32 {
    unsafe { storage_get(key.as_ptr(), key.len(), to, capacity) }
}

pub fn set(key: &[u8], value: &[u8]) {
    unsafe { storage_set(key.as_ptr(), key.len(), value.as_ptr(), value.len()) }
}

pub fn remove(key: &[u8]) -> bool {
    unsafe { storage_remove(key.as_ptr(), key.len()) == 1 }
}

pub fn caller_name() -> [u8; 32] {
    name_from(caller)
}

pub fn self_name() -> [u8; 32] {
    name_from(self_address)
}

pub fn origin_name() -> [u8; 32] {
    name_from(origin)
}

pub fn value_given() -> u128 {
    let mut bytes = [0; 16];
    unsafe { value(bytes.as_mut_ptr()) };
    u128::from_le_bytes(bytes)
}

pub fn balance_of(party: &[u8; 32]) -> u128 {
    let mut bytes = [0; 16];
    unsafe { balance(party.as_ptr(), bytes.as_mut_ptr()) };
    u128::from_le_bytes(bytes)
}

pub fn height() -> u64 {
    unsafe { block_height() }
}

pub fn time() -> u64 {
    unsafe { block_time() }
}

pub fn call_name() -> [u8; 32] {
    name_from(call_hash)
}

pub fn gas() -> u64 {
    unsafe { gas_left() }
}

pub fn announce(topic: &str, data: &[u8]) {
    unsafe { emit(topic.as_ptr(), topic.len(), data.as_ptr(), data.len()) }
}

pub fn give_back(bytes: &[u8]) {
    unsafe { ret(bytes.as_ptr(), bytes.len()) }
}

/// Ends the call; everything it wrote is undone.
pub fn fail(kind: u32, message: &str) -> ! {
    unsafe { revert(kind, message.as_ptr(), message.len()) }
}

/// 0, or the failure kind's number plus one; [`result_bytes`] has the rest.
pub fn call_contract(to: &[u8; 32], method: &str, args: &[u8], amount: u128, gas: u64) -> u32 {
    let amount_bytes = amount.to_le_bytes();
    let amount_at = if amount == 0 { core::ptr::null() } else { amount_bytes.as_ptr() };
    unsafe {
        call(
            to.as_ptr(),
            method.as_ptr(),
            method.len(),
            args.as_ptr(),
            args.len(),
            amount_at,
            gas,
        )
    }
}

pub fn call_code(code: &[u8; 32], method: &str, args: &[u8]) -> u32 {
    unsafe {
        delegate_call(code.as_ptr(), method.as_ptr(), method.len(), args.as_ptr(), args.len())
    }
}

pub fn result_bytes() -> Vec<u8> {
    filled(unsafe { result_length() }, result_read)
}

/// 1 or 0, -1 when there is no such code.
pub fn code_has_method(code: &[u8; 32], method: &str) -> i32 {
    unsafe { has_method(code.as_ptr(), method.as_ptr(), method.len()) }
}

pub fn digest(bytes: &[u8]) -> [u8; 32] {
    let mut hash = [0; 32];
    unsafe { sha256(bytes.as_ptr(), bytes.len(), hash.as_mut_ptr()) };
    hash
}

pub fn holds_contract(party: &[u8; 32]) -> bool {
    unsafe { is_contract(party.as_ptr()) == 1 }
}
