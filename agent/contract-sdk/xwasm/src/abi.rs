//! What a contract says of itself, as the compiler puts it together; [`crate::section`] writes it.

use alloc::string::String;
use alloc::vec::Vec;

use crate::{Address, Encode, Hash, Text, U256};

/// A type of an argument, a result, a field or stored state.
#[derive(Clone, Copy)]
pub enum Type {
    Plain(&'static str),
    Option(&'static Type),
    List(&'static Type),
    /// In keys and stored values only.
    Tuple(&'static [Type]),
    Named(&'static Shape),
}

/// A struct's fields or an enum's variants.
#[derive(Clone, Copy)]
pub struct Shape {
    pub name: &'static str,
    pub fields: &'static [Field],
    /// None for a struct.
    pub variants: Option<&'static [Shape]>,
}

#[derive(Clone, Copy)]
pub struct Field {
    pub name: &'static str,
    pub of: Type,
}

/// Whatever can be an argument, a result, a field or stored.
pub trait Described {
    const TYPE: Type;
    /// What many of them in a row are.
    const LIST: Type = Type::List(&Self::TYPE);
}

/// A struct that can be announced.
pub trait Event: Encode {
    const TOPIC: &'static str;
    const SHAPE: Shape;
}

#[derive(Clone, Copy)]
pub struct Method {
    pub name: &'static str,
    pub args: &'static [Field],
    pub returns: Type,
    pub payable: bool,
    pub query: bool,
    /// Whether it may be entered while its contract waits for another one.
    pub reentrant: bool,
}

impl Method {
    const NONE: Method = Method {
        name: "",
        args: &[],
        returns: Type::Plain("unit"),
        payable: false,
        query: false,
        reentrant: false,
    };
}

/// Methods of a contract that `#[xwasm::interface(part)]` declares apart from its own `impl`.
pub trait Part {
    type Contract: Declared;
    const METHODS: &'static [Method];
    /// What an export would be in WebAssembly.
    #[cfg(not(target_arch = "wasm32"))]
    fn entry(method: &str) -> Option<fn()>;
}

/// A part's methods, if it is a part of this contract.
pub const fn methods_of<C: Declared, P: Part<Contract = C>>() -> &'static [Method] {
    P::METHODS
}

/// How many methods there are in all parts.
pub const fn count(parts: &[&[Method]]) -> usize {
    let mut count = 0;
    let mut part = 0;
    while part < parts.len() {
        count += parts[part].len();
        part += 1;
    }
    count
}

/// The methods of all parts, in order.
pub const fn joined<const N: usize>(parts: &[&[Method]]) -> [Method; N] {
    let mut all = [Method::NONE; N];
    let mut at = 0;
    let mut part = 0;
    while part < parts.len() {
        let mut i = 0;
        while i < parts[part].len() {
            all[at] = parts[part][i];
            at += 1;
            i += 1;
        }
        part += 1;
    }
    all
}

/// A field of a contract's state.
#[derive(Clone, Copy)]
pub struct Stored {
    pub name: &'static str,
    pub kind: &'static str,
    pub key: Option<Type>,
    pub value: Option<Type>,
}

/// What `#[xwasm::contract]` knows.
pub trait Declared {
    const NAME: &'static str;
    const VERSION: &'static str;
    const SCHEMA: u32;
    const UPGRADEABLE: bool;
    const STATE: &'static [Stored];
    const EVENTS: &'static [Shape];
    const ERRORS: &'static [&'static str];
}

/// All of it, with what `#[xwasm::interface]` adds.
#[derive(Clone, Copy)]
pub struct Interface {
    pub name: &'static str,
    pub version: &'static str,
    pub schema: u32,
    pub upgradeable: bool,
    pub state: &'static [Stored],
    pub events: &'static [Shape],
    pub errors: &'static [&'static str],
    pub methods: &'static [Method],
}

impl Interface {
    pub const fn of<C: Declared>(methods: &'static [Method]) -> Interface {
        let interface = Interface {
            name: C::NAME,
            version: C::VERSION,
            schema: C::SCHEMA,
            upgradeable: C::UPGRADEABLE,
            state: C::STATE,
            events: C::EVENTS,
            errors: C::ERRORS,
            methods,
        };
        crate::section::check(&interface);
        interface
    }
}

pub use crate::section::{json, length};

/// A contract as native tests run it.
#[cfg(not(target_arch = "wasm32"))]
pub trait NativeContract: Declared {
    const INTERFACE: Interface;
    /// What an export would be in WebAssembly.
    fn entry(method: &str) -> Option<fn()>;
}

macro_rules! plain {
    ($($type:ty => $name:literal),* $(,)?) => { $(
        impl Described for $type {
            const TYPE: Type = Type::Plain($name);
        }
    )* };
}
plain!(
    () => "unit", u16 => "u16", u32 => "u32", u64 => "u64", u128 => "u128",
    i64 => "i64", i128 => "i128", bool => "bool", String => "string", Text => "string",
    Address => "address", Hash => "hash",
);

/// The same bytes as one little-endian number.
impl Described for U256 {
    const TYPE: Type = Type::Named(&Shape {
        name: "U256",
        fields: &[
            Field { name: "low", of: Type::Plain("u128") },
            Field { name: "high", of: Type::Plain("u128") },
        ],
        variants: None,
    });
}

impl Described for u8 {
    const TYPE: Type = Type::Plain("u8");
    const LIST: Type = Type::Plain("bytes");
}

impl<T: Described> Described for Option<T> {
    const TYPE: Type = Type::Option(&T::TYPE);
}

impl<T: Described> Described for Vec<T> {
    const TYPE: Type = T::LIST;
}

macro_rules! tuples {
    ($(($($name:ident),*))*) => { $(
        impl<$($name: Described),*> Described for ($($name,)*) {
            const TYPE: Type = Type::Tuple(&[$($name::TYPE),*]);
        }
    )* };
}
tuples! { (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) }
