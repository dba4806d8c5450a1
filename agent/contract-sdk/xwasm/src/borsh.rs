//! Borsh: little-endian integers, a length in front of what varies, one byte in front of an option
//! and of an enum's variant.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Address, Hash, U256};

/// Bytes being written.
pub struct Writer {
    bytes: Vec<u8>,
}

const USUAL: usize = 128;

impl Writer {
    /// Every key and value begins so: inlined it would be a twentieth of a small module.
    #[inline(never)]
    pub fn new() -> Self {
        Writer { bytes: Vec::with_capacity(USUAL) }
    }

    pub fn put(&mut self, more: &[u8]) {
        self.bytes.extend_from_slice(more);
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Default for Writer {
    fn default() -> Self {
        Writer::new()
    }
}

/// Bytes being read.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
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

    /// Several without a length in front.
    fn encode_all(values: &[Self], out: &mut Writer)
    where
        Self: Sized,
    {
        for value in values {
            value.encode(out);
        }
    }
}

pub trait Decode: Sized {
    /// None when the bytes are no such value.
    fn decode(input: &mut Reader) -> Option<Self>;

    fn decode_all(count: usize, input: &mut Reader) -> Option<Vec<Self>> {
        // The count is not to be trusted: room is made only as values turn up.
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(Self::decode(input)?);
        }
        Some(values)
    }
}

pub fn encoded<T: Encode + ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Writer::new();
    value.encode(&mut out);
    out.into_bytes()
}

/// A value that fills these bytes exactly.
pub fn decoded<T: Decode>(bytes: &[u8]) -> Option<T> {
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
integers!(u16, u32, u64, u128, i64, i128);

impl Encode for u8 {
    fn encode(&self, out: &mut Writer) {
        out.put(&[*self]);
    }

    fn encode_all(values: &[u8], out: &mut Writer) {
        out.put(values);
    }
}

impl Decode for u8 {
    fn decode(input: &mut Reader) -> Option<Self> {
        Some(input.take(1)?[0])
    }

    fn decode_all(count: usize, input: &mut Reader) -> Option<Vec<u8>> {
        Some(input.take(count)?.into())
    }
}

impl Encode for U256 {
    fn encode(&self, out: &mut Writer) {
        self.low.encode(out);
        self.high.encode(out);
    }
}

impl Decode for U256 {
    fn decode(input: &mut Reader) -> Option<Self> {
        let low = u128::decode(input)?;
        Some(U256 { low, high: u128::decode(input)? })
    }
}

impl Encode for () {
    fn encode(&self, _: &mut Writer) {}
}

impl Decode for () {
    fn decode(_: &mut Reader) -> Option<Self> {
        Some(())
    }
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

impl Encode for str {
    fn encode(&self, out: &mut Writer) {
        self.as_bytes().encode(out);
    }
}

impl Encode for String {
    fn encode(&self, out: &mut Writer) {
        self.as_str().encode(out);
    }
}

impl Decode for String {
    fn decode(input: &mut Reader) -> Option<Self> {
        let len = u32::decode(input)?;
        Some(core::str::from_utf8(input.take(len as usize)?).ok()?.into())
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, out: &mut Writer) {
        (self.len() as u32).encode(out);
        T::encode_all(self, out);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Writer) {
        self.as_slice().encode(out);
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(input: &mut Reader) -> Option<Self> {
        let count = u32::decode(input)?;
        T::decode_all(count as usize, input)
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, out: &mut Writer) {
        (**self).encode(out);
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

macro_rules! tuples {
    ($(($($name:ident $index:tt),*))*) => { $(
        impl<$($name: Encode),*> Encode for ($($name,)*) {
            fn encode(&self, out: &mut Writer) {
                $(self.$index.encode(out);)*
            }
        }
        impl<$($name: Decode),*> Decode for ($($name,)*) {
            fn decode(input: &mut Reader) -> Option<Self> {
                Some(($($name::decode(input)?,)*))
            }
        }
    )* };
}
tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
}
