//! Storage in bytes and in values; `state.rs` has what contracts usually use.
//!
//! A contract's keys begin with a letter. Other code that shares the storage, a proxy above all,
//! keeps its own keys under 0xff, which no name of ours begins with.

use alloc::vec::Vec;
use core::mem::MaybeUninit;

use crate::{borsh, error, host, Decode, Encode, Reader};

/// Values are usually shorter; a longer one costs a second look.
const EXPECTED: usize = 512;

/// What lies under a key, handed on without a copy if it is short.
fn with<R>(key: &[u8], then: impl FnOnce(Option<&[u8]>) -> R) -> R {
    let mut place = MaybeUninit::<[u8; EXPECTED]>::uninit();
    let start = place.as_mut_ptr() as *mut u8;
    let len = host::get(key, start, EXPECTED);
    if len < 0 {
        return then(None);
    }
    let len = len as usize;
    if len <= EXPECTED {
        // The machine has written the first `len` bytes.
        return then(Some(unsafe { core::slice::from_raw_parts(start, len) }));
    }
    let mut whole = Vec::with_capacity(len);
    host::get(key, whole.as_mut_ptr(), len);
    unsafe { whole.set_len(len) };
    then(Some(&whole))
}

pub fn read(key: &[u8]) -> Option<Vec<u8>> {
    with(key, |bytes| bytes.map(|bytes| bytes.into()))
}

/// Whether there is anything under a key.
pub fn exists(key: &[u8]) -> bool {
    host::get(key, core::ptr::NonNull::dangling().as_ptr(), 0) >= 0
}

pub fn write(key: &[u8], value: &[u8]) {
    host::set(key, value)
}

/// Whether there was anything.
pub fn remove(key: &[u8]) -> bool {
    host::remove(key)
}

/// Reads a value of a type. Bytes that are no such value end the call: code meets state that it was
/// not made for.
pub fn load<T: Decode>(key: &[u8]) -> Option<T> {
    with(key, |bytes| match borsh::decoded(bytes?) {
        Some(value) => Some(value),
        None => host::fail(error::STATE, "stored state has another form than this code expects"),
    })
}

/// Reads what a value begins with, whatever follows.
pub fn load_front<T: Decode>(key: &[u8]) -> Option<T> {
    with(key, |bytes| T::decode(&mut Reader::new(bytes?)))
}

pub fn save<T: Encode + ?Sized>(key: &[u8], value: &T) {
    write(key, &borsh::encoded(value))
}
