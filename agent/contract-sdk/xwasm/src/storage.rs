//! Typed storage: one value under a name, or many under a name and a key.
//!
//! Every key begins with a name that begins with a letter. Other code that shares the storage, a
//! proxy above all, keeps its own keys under 0xff, which no name of ours begins with.

use core::marker::PhantomData;

use crate::{borsh, error, host, memory, Bytes, Decode, Encode, Writer};

/// Values are usually shorter; a longer one costs a second look.
const EXPECTED: usize = 512;

/// Reads a key.
pub fn read(key: &[u8]) -> Option<Bytes> {
    let begin = memory::mark();
    let place = memory::take(EXPECTED);
    let len = look(key, place)?;
    // What was not needed goes back, except for the bytes that were read.
    unsafe { memory::release(begin) };
    let value = memory::take(len);
    if len > EXPECTED {
        look(key, value)?;
    }
    Some(value)
}

fn look(key: &[u8], place: &mut [u8]) -> Option<usize> {
    let len = unsafe {
        host::storage_get(key.as_ptr(), key.len(), place.as_mut_ptr(), place.len())
    };
    if len < 0 {
        None
    } else {
        Some(len as usize)
    }
}

pub fn write(key: &[u8], value: &[u8]) {
    unsafe { host::storage_set(key.as_ptr(), key.len(), value.as_ptr(), value.len()) }
}

/// Whether there was anything.
pub fn remove(key: &[u8]) -> bool {
    unsafe { host::storage_remove(key.as_ptr(), key.len()) == 1 }
}

/// Reads a value of a type. Bytes that are no such value end the call: code meets state that it was
/// not made for.
pub fn load<T: Decode>(key: &[u8]) -> Option<T> {
    let bytes = read(key)?;
    match borsh::decode_whole(bytes) {
        Some(value) => Some(value),
        None => host::fail(error::STATE, "stored state has another form than this code expects"),
    }
}

pub fn save<T: Encode>(key: &[u8], value: &T) {
    let mut out = Writer::new();
    value.encode(&mut out);
    write(key, out.bytes());
}

const fn checked(name: &'static str) -> &'static str {
    let bytes = name.as_bytes();
    assert!(!bytes.is_empty() && bytes[0].is_ascii_alphabetic(), "a name begins with a letter");
    let mut i = 0;
    while i < bytes.len() {
        assert!(bytes[i] != 0, "a name has no zero in it");
        i += 1;
    }
    name
}

/// One value under a name.
pub struct Item<T> {
    name: &'static str,
    of: PhantomData<T>,
}

impl<T: Encode + Decode> Item<T> {
    pub const fn new(name: &'static str) -> Self {
        Item { name: checked(name), of: PhantomData }
    }

    pub fn get(&self) -> Option<T> {
        load(self.name.as_bytes())
    }

    pub fn set(&self, value: &T) {
        save(self.name.as_bytes(), value)
    }
}

/// Values under a name and a key.
pub struct Map<K, V> {
    name: &'static str,
    of: PhantomData<(K, V)>,
}

impl<K: Encode, V: Encode + Decode> Map<K, V> {
    pub const fn new(name: &'static str) -> Self {
        Map { name: checked(name), of: PhantomData }
    }

    pub fn get(&self, key: &K) -> Option<V> {
        load(self.key(key).bytes())
    }

    pub fn set(&self, key: &K, value: &V) {
        save(self.key(key).bytes(), value)
    }

    pub fn remove(&self, key: &K) -> bool {
        remove(self.key(key).bytes())
    }

    /// The bytes that lie there, whatever they mean: for migrations.
    pub fn raw(&self, key: &K) -> Option<Bytes> {
        read(self.key(key).bytes())
    }

    fn key(&self, key: &K) -> Writer {
        let mut out = Writer::new();
        out.put(self.name.as_bytes());
        out.put(&[0]);
        key.encode(&mut out);
        out
    }
}
