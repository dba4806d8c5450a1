//! The functions of the machine, as ABI.md lists them, and nothing above them.

#[link(wasm_import_module = "xwasm")]
extern "C" {
    pub fn input_length() -> usize;
    pub fn input_read(to: *mut u8);
    pub fn method_length() -> usize;
    pub fn method_read(to: *mut u8);
    pub fn storage_get(key: *const u8, key_len: usize, to: *mut u8, capacity: usize) -> i32;
    pub fn storage_set(key: *const u8, key_len: usize, value: *const u8, value_len: usize);
    pub fn storage_remove(key: *const u8, key_len: usize) -> i32;
    pub fn caller(to: *mut u8);
    pub fn self_address(to: *mut u8);
    pub fn origin(to: *mut u8);
    pub fn value(to: *mut u8);
    pub fn balance(address: *const u8, to: *mut u8);
    pub fn block_height() -> u64;
    pub fn block_time() -> u64;
    pub fn call_hash(to: *mut u8);
    pub fn gas_left() -> u64;
    pub fn emit(topic: *const u8, topic_len: usize, data: *const u8, data_len: usize);
    pub fn ret(bytes: *const u8, len: usize);
    pub fn revert(kind: u32, message: *const u8, len: usize) -> !;
    pub fn call(
        address: *const u8,
        method: *const u8,
        method_len: usize,
        args: *const u8,
        args_len: usize,
        value: *const u8,
        gas: u64,
    ) -> u32;
    pub fn delegate_call(
        code: *const u8,
        method: *const u8,
        method_len: usize,
        args: *const u8,
        args_len: usize,
    ) -> u32;
    pub fn result_length() -> usize;
    pub fn result_read(to: *mut u8);
    pub fn has_method(code: *const u8, method: *const u8, method_len: usize) -> i32;
    pub fn sha256(bytes: *const u8, len: usize, to: *mut u8);
    pub fn is_contract(address: *const u8) -> i32;
}

/// Ends the call; everything it wrote is undone.
pub fn fail(kind: u32, message: &str) -> ! {
    unsafe { revert(kind, message.as_ptr(), message.len()) }
}
