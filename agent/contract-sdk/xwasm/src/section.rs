//! The interface section as JSON, written by the compiler.

use crate::abi::{Field, Interface, Method, Shape, Stored, Type};

/// More types than this in one contract are refused.
const MOST_TYPES: usize = 96;

/// How long the section is.
pub const fn length(contract: &Interface) -> usize {
    Out::<0> { bytes: [], at: 0 }.interface(contract).at
}

/// The section.
pub const fn json<const N: usize>(contract: &Interface) -> [u8; N] {
    Out::<N> { bytes: [0; N], at: 0 }.interface(contract).bytes
}

/// Refuses, when a contract is compiled, what the machine would refuse when it is deployed.
pub const fn check(contract: &Interface) {
    let mut i = 0;
    while i < contract.methods.len() {
        check_fields(contract.methods[i].args);
        check_type(&contract.methods[i].returns);
        i += 1;
    }
    let types = Types::of(contract);
    i = 0;
    while i < types.count {
        if let Some(shape) = types.found[i] {
            check_shape(shape);
        }
        i += 1;
    }
}

const fn check_shape(shape: &Shape) {
    match shape.variants {
        None => {
            assert!(!shape.fields.is_empty(), "a record has at least one field");
            check_fields(shape.fields);
        }
        Some(variants) => {
            let mut i = 0;
            while i < variants.len() {
                check_fields(variants[i].fields);
                i += 1;
            }
        }
    }
}

const fn check_fields(fields: &[Field]) {
    let mut i = 0;
    while i < fields.len() {
        check_type(&fields[i].of);
        i += 1;
    }
}

const fn check_type(of: &Type) {
    match of {
        Type::Option(inner) | Type::List(inner) => check_type(inner),
        Type::Tuple(_) => panic!("tuples are for keys and stored values: give it a record"),
        Type::Plain(_) | Type::Named(_) => {}
    }
}

/// Every struct and enum that is used, each of them once.
struct Types {
    found: [Option<&'static Shape>; MOST_TYPES],
    count: usize,
}

impl Types {
    const fn of(contract: &Interface) -> Types {
        let mut types = Types { found: [None; MOST_TYPES], count: 0 };
        let mut i = 0;
        while i < contract.methods.len() {
            types = types.with_fields(contract.methods[i].args).with(&contract.methods[i].returns);
            i += 1;
        }
        i = 0;
        while i < contract.events.len() {
            types = types.with_fields(contract.events[i].fields);
            i += 1;
        }
        i = 0;
        while i < contract.state.len() {
            if let Some(key) = &contract.state[i].key {
                types = types.with(key);
            }
            if let Some(value) = &contract.state[i].value {
                types = types.with(value);
            }
            i += 1;
        }
        types
    }

    const fn with_fields(mut self, fields: &'static [Field]) -> Types {
        let mut i = 0;
        while i < fields.len() {
            self = self.with(&fields[i].of);
            i += 1;
        }
        self
    }

    const fn with(mut self, of: &Type) -> Types {
        match of {
            Type::Plain(_) => self,
            Type::Option(inner) | Type::List(inner) => self.with(inner),
            Type::Tuple(parts) => {
                let mut i = 0;
                while i < parts.len() {
                    self = self.with(&parts[i]);
                    i += 1;
                }
                self
            }
            Type::Named(shape) => self.with_shape(shape),
        }
    }

    const fn with_shape(mut self, shape: &'static Shape) -> Types {
        let mut i = 0;
        while i < self.count {
            if let Some(known) = self.found[i] {
                if same(known.name, shape.name) {
                    return self;
                }
            }
            i += 1;
        }
        assert!(self.count < MOST_TYPES, "a contract uses at most 96 types");
        self.found[self.count] = Some(shape);
        self.count += 1;
        if let Some(variants) = shape.variants {
            i = 0;
            while i < variants.len() {
                self = self.with_fields(variants[i].fields);
                i += 1;
            }
        }
        self.with_fields(shape.fields)
    }
}

const fn same(a: &str, b: &str) -> bool {
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

/// Bytes that are counted, and kept if there is room: the length has to be known before they are.
struct Out<const N: usize> {
    bytes: [u8; N],
    at: usize,
}

impl<const N: usize> Out<N> {
    const fn text(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        if N == 0 {
            self.at += bytes.len();
            return self;
        }
        let mut i = 0;
        while i < bytes.len() {
            self.bytes[self.at + i] = bytes[i];
            i += 1;
        }
        self.at += bytes.len();
        self
    }

    const fn pair(self, key: &str, value: &str) -> Self {
        self.text("\"").text(key).text("\":\"").text(value).text("\"")
    }

    const fn flag(self, key: &str, value: bool) -> Self {
        self.text(",\"").text(key).text(if value { "\":true" } else { "\":false" })
    }

    const fn number(self, value: u32) -> Self {
        const DIGITS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
        if value < 10 {
            self.text(DIGITS[value as usize])
        } else {
            self.number(value / 10).text(DIGITS[(value % 10) as usize])
        }
    }

    const fn comma(self, before: usize) -> Self {
        if before > 0 {
            self.text(",")
        } else {
            self
        }
    }

    const fn type_name(mut self, of: &Type) -> Self {
        match of {
            Type::Plain(name) => self.text(name),
            Type::Option(inner) => self.text("option<").type_name(inner).text(">"),
            Type::List(inner) => self.text("list<").type_name(inner).text(">"),
            Type::Named(shape) => self.text(shape.name),
            Type::Tuple(parts) => {
                self = self.text("tuple<");
                let mut i = 0;
                while i < parts.len() {
                    self = self.comma(i).type_name(&parts[i]);
                    i += 1;
                }
                self.text(">")
            }
        }
    }

    const fn fields(mut self, fields: &[Field]) -> Self {
        self = self.text("[");
        let mut i = 0;
        while i < fields.len() {
            self = self.comma(i).text("{").pair("name", fields[i].name).text(",\"type\":\"");
            self = self.type_name(&fields[i].of).text("\"}");
            i += 1;
        }
        self.text("]")
    }

    const fn shape(self, shape: &Shape) -> Self {
        let begun = self.text("{").pair("name", shape.name);
        match shape.variants {
            None => begun.text(",\"fields\":").fields(shape.fields).text("}"),
            // Whoever does not know of variants sees the number that they begin with.
            Some(variants) => begun
                .text(",\"fields\":[{\"name\":\"variant\",\"type\":\"u8\"}],\"variants\":")
                .shapes(variants)
                .text("}"),
        }
    }

    const fn shapes(mut self, shapes: &[Shape]) -> Self {
        self = self.text("[");
        let mut i = 0;
        while i < shapes.len() {
            self = self.comma(i).shape(&shapes[i]);
            i += 1;
        }
        self.text("]")
    }

    const fn types(mut self, types: &Types) -> Self {
        self = self.text("[");
        let mut i = 0;
        while i < types.count {
            if let Some(shape) = types.found[i] {
                self = self.comma(i).shape(shape);
            }
            i += 1;
        }
        self.text("]")
    }

    const fn method(self, method: &Method) -> Self {
        let described = self
            .text("{")
            .pair("name", method.name)
            .text(",\"args\":")
            .fields(method.args)
            .text(",\"returns\":\"")
            .type_name(&method.returns)
            .text("\"")
            .flag("payable", method.payable)
            .flag("query", method.query);
        if method.reentrant {
            described.flag("reentrant", true).text("}")
        } else {
            described.text("}")
        }
    }

    const fn stored(mut self, stored: &Stored) -> Self {
        self = self.text("{").pair("name", stored.name).text(",").pair("kind", stored.kind);
        if let Some(key) = &stored.key {
            self = self.text(",\"key\":\"").type_name(key).text("\"");
        }
        if let Some(value) = &stored.value {
            self = self.text(",\"value\":\"").type_name(value).text("\"");
        }
        self.text("}")
    }

    const fn interface(mut self, contract: &Interface) -> Self {
        self = self.text("{").pair("name", contract.name).text(",");
        self = self.pair("version", contract.version).text(",\"stateSchema\":");
        self = self.number(contract.schema).flag("upgradeable", contract.upgradeable);
        self = self.text(",\"methods\":[");
        let mut i = 0;
        while i < contract.methods.len() {
            self = self.comma(i).method(&contract.methods[i]);
            i += 1;
        }
        self = self.text("],\"events\":").shapes(contract.events);
        self = self.text(",\"types\":").types(&Types::of(contract)).text(",\"errors\":[");
        i = 0;
        while i < contract.errors.len() {
            self = self.comma(i).text("\"").text(contract.errors[i]).text("\"");
            i += 1;
        }
        self = self.text("],\"state\":[");
        i = 0;
        while i < contract.state.len() {
            self = self.comma(i).stored(&contract.state[i]);
            i += 1;
        }
        self.text("]}")
    }
}
