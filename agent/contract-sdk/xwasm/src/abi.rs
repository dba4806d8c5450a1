//! The interface section, put together by the compiler: what a contract says of itself.

use crate::{Address, Bytes, Hash, List, Text};

/// A type as the section writes it.
#[derive(Clone, Copy)]
pub enum Type {
    Plain(&'static str),
    Option(&'static Type),
    List(&'static Type),
}

/// Whatever can be an argument, a result or a field.
pub trait Described {
    const TYPE: Type;
}

/// A struct or an event: named fields in order.
pub trait Shaped {
    const SHAPE: Struct;
}

pub struct Field {
    pub name: &'static str,
    pub of: Type,
}

pub struct Struct {
    pub name: &'static str,
    pub fields: &'static [Field],
}

pub struct Method {
    pub name: &'static str,
    pub args: &'static [Field],
    pub returns: Type,
    /// `call`, `query`, `payable` or `special`.
    pub kind: &'static str,
}

pub struct Contract {
    pub name: &'static str,
    pub version: &'static str,
    pub schema: &'static str,
    pub methods: &'static [Method],
    pub events: &'static [Struct],
    pub types: &'static [Struct],
    pub errors: &'static [&'static str],
}

macro_rules! plain {
    ($($type:ty => $name:literal),* $(,)?) => { $(
        impl Described for $type {
            const TYPE: Type = Type::Plain($name);
        }
    )* };
}
plain!(
    () => "unit", u8 => "u8", u16 => "u16", u32 => "u32", u64 => "u64", u128 => "u128",
    i64 => "i64", i128 => "i128", bool => "bool", Text => "string", Bytes => "bytes",
    Address => "address", Hash => "hash",
);

impl<T: Described> Described for Option<T> {
    const TYPE: Type = Type::Option(&T::TYPE);
}

impl<T: Described + Copy + 'static> Described for List<T> {
    const TYPE: Type = Type::List(&T::TYPE);
}

/// How long the section is.
pub const fn length(contract: &Contract) -> usize {
    Out::<0> { bytes: [], at: 0 }.contract(contract).at
}

/// The section.
pub const fn json<const N: usize>(contract: &Contract) -> [u8; N] {
    Out::<N> { bytes: [0; N], at: 0 }.contract(contract).bytes
}

/// Bytes that are counted, and kept if there is room: the length has to be known before they are.
struct Out<const N: usize> {
    bytes: [u8; N],
    at: usize,
}

impl<const N: usize> Out<N> {
    const fn text(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut i = 0;
        while i < bytes.len() {
            if N > 0 {
                self.bytes[self.at] = bytes[i];
            }
            self.at += 1;
            i += 1;
        }
        self
    }

    const fn pair(self, key: &str, value: &str) -> Self {
        self.text("\"").text(key).text("\":\"").text(value).text("\"")
    }

    const fn type_name(self, of: &Type) -> Self {
        match of {
            Type::Plain(name) => self.text(name),
            Type::Option(inner) => self.text("option<").type_name(inner).text(">"),
            Type::List(inner) => self.text("list<").type_name(inner).text(">"),
        }
    }

    const fn fields(mut self, fields: &[Field]) -> Self {
        self = self.text("[");
        let mut i = 0;
        while i < fields.len() {
            if i > 0 {
                self = self.text(",");
            }
            self = self.text("{").pair("name", fields[i].name).text(",\"type\":\"");
            self = self.type_name(&fields[i].of).text("\"}");
            i += 1;
        }
        self.text("]")
    }

    const fn structs(mut self, structs: &[Struct]) -> Self {
        self = self.text("[");
        let mut i = 0;
        while i < structs.len() {
            if i > 0 {
                self = self.text(",");
            }
            self = self.text("{").pair("name", structs[i].name).text(",\"fields\":");
            self = self.fields(structs[i].fields).text("}");
            i += 1;
        }
        self.text("]")
    }

    const fn method(self, method: &Method) -> Self {
        let payable = if is(method.kind, "payable") { "true" } else { "false" };
        let query = if is(method.kind, "query") { "true" } else { "false" };
        self.text("{")
            .pair("name", method.name)
            .text(",\"args\":")
            .fields(method.args)
            .text(",\"returns\":\"")
            .type_name(&method.returns)
            .text("\",\"payable\":")
            .text(payable)
            .text(",\"query\":")
            .text(query)
            .text("}")
    }

    const fn contract(mut self, contract: &Contract) -> Self {
        self = self.text("{").pair("name", contract.name).text(",");
        self = self.pair("version", contract.version).text(",\"stateSchema\":");
        self = self.text(contract.schema).text(",\"methods\":[");
        let mut i = 0;
        while i < contract.methods.len() {
            if i > 0 {
                self = self.text(",");
            }
            self = self.method(&contract.methods[i]);
            i += 1;
        }
        self = self.text("],\"events\":").structs(contract.events);
        self = self.text(",\"types\":").structs(contract.types).text(",\"errors\":[");
        let mut i = 0;
        while i < contract.errors.len() {
            if i > 0 {
                self = self.text(",");
            }
            self = self.text("\"").text(contract.errors[i]).text("\"");
            i += 1;
        }
        self.text("]}")
    }
}

/// Whether two texts are the same, for the compiler.
pub const fn is(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut i = 0;
    while i < a.len() {
        if a[i] != b[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// A misspelt kind must not pass for a method that takes no value.
pub const fn checked_kind(kind: &'static str) -> &'static str {
    assert!(
        is(kind, "call") || is(kind, "query") || is(kind, "payable") || is(kind, "special"),
        "a method is a call, a query, payable or special"
    );
    kind
}
