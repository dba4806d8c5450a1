//! Borsh: little-endian integers, a length in front of what varies, one byte in front of an option.

use crate::{memory, Address, Bytes, Hash, List, Text};

/// Bytes being written.
pub struct Writer {
    bytes: &'static mut [u8],
    len: usize,
}

const FIRST: usize = 256;

impl Writer {
    pub fn new() -> Self {
        Writer { bytes: memory::take(FIRST), len: 0 }
    }

    pub fn put(&mut self, more: &[u8]) {
        let end = self.len + more.len();
        if end > self.bytes.len() {
            let grown = memory::take(end * 2);
            grown[..self.len].copy_from_slice(&self.bytes[..self.len]);
            self.bytes = grown;
        }
        self.bytes[self.len..end].copy_from_slice(more);
        self.len = end;
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

impl Default for Writer {
    fn default() -> Self {
        Writer::new()
    }
}

/// Bytes being read.
pub struct Reader {
    rest: Bytes,
}

impl Reader {
    pub fn new(bytes: Bytes) -> Self {
        Reader { rest: bytes }
    }

    pub fn take(&mut self, count: usize) -> Option<Bytes> {
        if count > self.rest.len() {
            return None;
        }
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        Some(taken)
    }

    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }
}

pub trait Encode {
    fn encode(&self, out: &mut Writer);
}

pub trait Decode: Sized {
    /// None when the bytes are no such value.
    fn decode(input: &mut Reader) -> Option<Self>;
}

/// A value that fills these bytes exactly.
pub fn decode_whole<T: Decode>(bytes: Bytes) -> Option<T> {
    let mut input = Reader::new(bytes);
    let value = T::decode(&mut input)?;
    if input.is_at_end() {
        Some(value)
    } else {
        None
    }
}

macro_rules! integers {
    ($($type:ty),*) => { $(
        impl Encode for $type {
            fn encode(&self, out: &mut Writer) {
                out.put(&self.to_le_bytes());
            }
        }
        impl Decode for $type {
            fn decode(input: &mut Reader) -> Option<Self> {
                let bytes = input.take(core::mem::size_of::<$type>())?;
                let mut value = [0; core::mem::size_of::<$type>()];
                value.copy_from_slice(bytes);
                Some(<$type>::from_le_bytes(value))
            }
        }
    )* };
}
integers!(u8, u16, u32, u64, u128, i64, i128);

impl Encode for () {
    fn encode(&self, _: &mut Writer) {}
}

impl Encode for bool {
    fn encode(&self, out: &mut Writer) {
        out.put(&[*self as u8]);
    }
}

impl Decode for bool {
    fn decode(input: &mut Reader) -> Option<Self> {
        match input.take(1)?[0] {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }
}

impl Encode for Bytes {
    fn encode(&self, out: &mut Writer) {
        (self.len() as u32).encode(out);
        out.put(self);
    }
}

impl Decode for Bytes {
    fn decode(input: &mut Reader) -> Option<Self> {
        let len = u32::decode(input)?;
        input.take(len as usize)
    }
}

impl Encode for Text {
    fn encode(&self, out: &mut Writer) {
        (self.len() as u32).encode(out);
        out.put(self.as_bytes());
    }
}

impl Decode for Text {
    fn decode(input: &mut Reader) -> Option<Self> {
        core::str::from_utf8(Bytes::decode(input)?).ok()
    }
}

macro_rules! names {
    ($($type:ident),*) => { $(
        impl Encode for $type {
            fn encode(&self, out: &mut Writer) {
                out.put(&self.0);
            }
        }
        impl Decode for $type {
            fn decode(input: &mut Reader) -> Option<Self> {
                let mut value = [0; 32];
                value.copy_from_slice(input.take(32)?);
                Some($type(value))
            }
        }
    )* };
}
names!(Address, Hash);

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Writer) {
        match self {
            None => out.put(&[0]),
            Some(value) => {
                out.put(&[1]);
                value.encode(out);
            }
        }
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(input: &mut Reader) -> Option<Self> {
        if bool::decode(input)? {
            Some(Some(T::decode(input)?))
        } else {
            Some(None)
        }
    }
}

impl<T: Encode + Copy + 'static> Encode for List<T> {
    fn encode(&self, out: &mut Writer) {
        (self.as_slice().len() as u32).encode(out);
        for value in self.as_slice() {
            value.encode(out);
        }
    }
}

impl<T: Decode + Copy + 'static> Decode for List<T> {
    fn decode(input: &mut Reader) -> Option<Self> {
        let mut list = List::new();
        for _ in 0..u32::decode(input)? {
            list.push(T::decode(input)?);
        }
        Some(list)
    }
}

/// Two keys make one.
impl<A: Encode, B: Encode> Encode for (A, B) {
    fn encode(&self, out: &mut Writer) {
        self.0.encode(out);
        self.1.encode(out);
    }
}
