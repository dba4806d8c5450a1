//! JSON as callers of a contract write it, for native tests: a value, the macro `json!`, and the
//! translation to Borsh and back by type, as ABI.md tells it.

use std::fmt;
use std::ops::Index;

use crate::abi::{Field, Shape, Type};
use crate::mock::{hex, hex32};
use crate::{borsh, Address, Decode, Encode, Hash, Reader, Writer};

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    Number { negative: bool, size: u128 },
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

pub const NULL: Json = Json::Null;

impl Json {
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(fields) => fields.iter().find(|(n, _)| n == name).map(|(_, v)| v),
            _ => None,
        }
    }

    pub fn as_u128(&self) -> Option<u128> {
        match self {
            Json::Number { negative: false, size } => Some(*size),
            Json::Text(digits) => digits.parse().ok(),
            _ => None,
        }
    }

    pub fn as_str(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The address that this text is, or names.
    pub fn as_address(&self) -> Option<Address> {
        self.as_str().map(Address::from)
    }

    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    pub fn is_null(&self) -> bool {
        *self == Json::Null
    }
}

/// Null when there is no such field.
impl Index<&str> for Json {
    type Output = Json;

    fn index(&self, name: &str) -> &Json {
        self.get(name).unwrap_or(&NULL)
    }
}

/// Null when there is no such place.
impl Index<usize> for Json {
    type Output = Json;

    fn index(&self, place: usize) -> &Json {
        self.items().get(place).unwrap_or(&NULL)
    }
}

macro_rules! unsigned {
    ($($type:ty),*) => { $(
        impl From<$type> for Json {
            fn from(value: $type) -> Json {
                Json::Number { negative: false, size: value as u128 }
            }
        }
        impl PartialEq<$type> for Json {
            fn eq(&self, other: &$type) -> bool {
                *self == Json::from(*other)
            }
        }
    )* };
}
unsigned!(u8, u16, u32, u64, u128, usize);

macro_rules! signed {
    ($($type:ty),*) => { $(
        impl From<$type> for Json {
            fn from(value: $type) -> Json {
                Json::Number { negative: value < 0, size: value.unsigned_abs() as u128 }
            }
        }
        impl PartialEq<$type> for Json {
            fn eq(&self, other: &$type) -> bool {
                *self == Json::from(*other)
            }
        }
    )* };
}
signed!(i32, i64, i128);

macro_rules! texts {
    ($($type:ty),*) => { $(
        impl From<$type> for Json {
            fn from(value: $type) -> Json {
                Json::Text(value.to_string())
            }
        }
        impl PartialEq<$type> for Json {
            fn eq(&self, other: &$type) -> bool {
                self.as_str() == Some(other.to_string().as_str())
            }
        }
    )* };
}
texts!(&str, String, Address, Hash);

macro_rules! by_reference {
    ($($type:ty),*) => { $(
        impl From<&$type> for Json {
            fn from(value: &$type) -> Json {
                Json::from(value.clone())
            }
        }
    )* };
}
by_reference!(u8, u16, u32, u64, u128, i32, i64, i128, bool, String, Address, Hash, Json);

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

impl PartialEq<bool> for Json {
    fn eq(&self, other: &bool) -> bool {
        *self == Json::Bool(*other)
    }
}

impl<T: Into<Json>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Json {
        value.map_or(Json::Null, Into::into)
    }
}

impl<T: Into<Json>> From<Vec<T>> for Json {
    fn from(values: Vec<T>) -> Json {
        Json::List(values.into_iter().map(Into::into).collect())
    }
}

impl fmt::Display for Json {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Json::Null => write!(out, "null"),
            Json::Bool(value) => write!(out, "{}", value),
            Json::Number { negative, size } => {
                write!(out, "{}{}", if *negative { "-" } else { "" }, size)
            }
            Json::Text(text) => write!(out, "{:?}", text),
            Json::List(items) => {
                write!(out, "[")?;
                for (i, item) in items.iter().enumerate() {
                    write!(out, "{}{}", if i > 0 { "," } else { "" }, item)?;
                }
                write!(out, "]")
            }
            Json::Object(fields) => {
                write!(out, "{{")?;
                for (i, (name, value)) in fields.iter().enumerate() {
                    write!(out, "{}{:?}:{}", if i > 0 { "," } else { "" }, name, value)?;
                }
                write!(out, "}}")
            }
        }
    }
}

/// `json!({"to": "bob", "amount": 5, "path": [1, 2], "note": null})`.
#[macro_export]
macro_rules! json {
    (null) => { $crate::json::Json::Null };
    ([ $($items:tt)* ]) => { $crate::json::Json::List($crate::json!(@list [] $($items)*)) };
    ({ $($fields:tt)* }) => { $crate::json::Json::Object($crate::json!(@object [] $($fields)*)) };

    (@list [$($done:expr,)*]) => { vec![$($done,)*] };
    (@list [$($done:expr,)*] null $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json!(null),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json!([ $($inner)* ]),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json!({ $($inner)* }),] $($($rest)*)?)
    };
    (@list [$($done:expr,)*] $next:expr $(, $($rest:tt)*)?) => {
        $crate::json!(@list [$($done,)* $crate::json!($next),] $($($rest)*)?)
    };

    (@object [$($done:expr,)*]) => { vec![$($done,)*] };
    (@object [$($done:expr,)*] $name:literal : null $(, $($rest:tt)*)?) => {
        $crate::json!(@object
            [$($done,)* ($name.to_string(), $crate::json!(null)),] $($($rest)*)?)
    };
    (@object [$($done:expr,)*] $name:literal : [ $($inner:tt)* ] $(, $($rest:tt)*)?) => {
        $crate::json!(@object
            [$($done,)* ($name.to_string(), $crate::json!([ $($inner)* ])),] $($($rest)*)?)
    };
    (@object [$($done:expr,)*] $name:literal : { $($inner:tt)* } $(, $($rest:tt)*)?) => {
        $crate::json!(@object
            [$($done,)* ($name.to_string(), $crate::json!({ $($inner)* })),] $($($rest)*)?)
    };
    (@object [$($done:expr,)*] $name:literal : $next:expr $(, $($rest:tt)*)?) => {
        $crate::json!(@object
            [$($done,)* ($name.to_string(), $crate::json!($next)),] $($($rest)*)?)
    };

    ($value:expr) => { $crate::json::Json::from($value) };
}

/// The Borsh bytes of arguments, given by name or in order.
///
/// # Errors
/// A sentence that names the argument.
pub fn arguments(fields: &[Field], given: &Json) -> Result<Vec<u8>, String> {
    let mut out = Writer::new();
    write_fields(fields, given, &mut out)?;
    Ok(out.into_bytes())
}

fn write_fields(fields: &[Field], given: &Json, out: &mut Writer) -> Result<(), String> {
    match given {
        Json::Null if fields.is_empty() => return Ok(()),
        Json::List(items) if items.len() > fields.len() => {
            return Err(format!("{} values for {} fields", items.len(), fields.len()));
        }
        Json::Object(named) => {
            for (name, _) in named {
                if !fields.iter().any(|field| field.name == name) {
                    return Err(format!("there is no '{}'", name));
                }
            }
        }
        Json::List(_) => {}
        other => return Err(format!("{} is neither an object nor an array", other)),
    }
    for (place, field) in fields.iter().enumerate() {
        let value = match given {
            Json::List(_) => &given[place],
            _ => &given[field.name],
        };
        write(&field.of, value, out).map_err(|e| format!("'{}': {}", field.name, e))?;
    }
    Ok(())
}

fn write(of: &Type, given: &Json, out: &mut Writer) -> Result<(), String> {
    match of {
        Type::Plain(name) => return write_plain(name, given, out),
        Type::Option(_) if given.is_null() => out.put(&[0]),
        Type::Option(inner) => {
            out.put(&[1]);
            write(inner, given, out)?;
        }
        Type::List(inner) => match given {
            Json::List(items) => {
                (items.len() as u32).encode(out);
                for item in items {
                    write(inner, item, out)?;
                }
            }
            other => return Err(format!("{} is no array", other)),
        },
        Type::Tuple(_) => return Err("tuples have no JSON".into()),
        Type::Named(shape) => match shape.variants {
            None => write_fields(shape.fields, given, out)?,
            Some(variants) => return write_variant(shape, variants, given, out),
        },
    }
    Ok(())
}

/// `"Name"` for a variant without fields, `{"Name": {...}}` for one with.
fn write_variant(
    shape: &Shape,
    variants: &[Shape],
    given: &Json,
    out: &mut Writer,
) -> Result<(), String> {
    let (name, fields) = match given {
        Json::Text(name) => (name, &NULL),
        Json::Object(one) if one.len() == 1 => (&one[0].0, &one[0].1),
        other => return Err(format!("{} is no {}", other, shape.name)),
    };
    let tag = variants
        .iter()
        .position(|variant| variant.name == name)
        .ok_or_else(|| format!("{} has no '{}'", shape.name, name))?;
    out.put(&[tag as u8]);
    write_fields(variants[tag].fields, fields, out)
}

fn write_plain(name: &str, given: &Json, out: &mut Writer) -> Result<(), String> {
    let refused = || format!("{} is no {}", given, name);
    match name {
        "unit" => {}
        "bool" => match given {
            Json::Bool(value) => value.encode(out),
            _ => return Err(refused()),
        },
        "string" => given.as_str().ok_or_else(refused)?.encode(out),
        "bytes" => given.as_str().and_then(hex).ok_or_else(refused)?.encode(out),
        "address" => given.as_address().ok_or_else(refused)?.encode(out),
        "hash" => Hash(given.as_str().and_then(hex32).ok_or_else(refused)?).encode(out),
        number => {
            let (negative, size) = match given {
                Json::Number { negative, size } => (*negative, *size),
                Json::Text(digits) => match digits.strip_prefix('-') {
                    Some(rest) => (true, rest.parse().map_err(|_| refused())?),
                    None => (false, digits.parse().map_err(|_| refused())?),
                },
                _ => return Err(refused()),
            };
            let signed = number.starts_with('i');
            let bits: u32 = number[1..].parse().map_err(|_| refused())?;
            let most = if bits == 128 { u128::MAX } else { (1 << bits) - 1 };
            let fits = match (signed, negative) {
                (false, false) => size <= most,
                (false, true) => size == 0,
                (true, false) => size <= most / 2,
                (true, true) => size <= most / 2 + 1,
            };
            if !fits {
                return Err(refused());
            }
            let value = if negative { size.wrapping_neg() } else { size };
            out.put(&value.to_le_bytes()[..bits as usize / 8]);
        }
    }
    Ok(())
}

/// What these bytes mean.
///
/// # Errors
/// When they are no such value, or more than one.
pub fn value(of: &Type, bytes: &[u8]) -> Result<Json, String> {
    let mut input = Reader::new(bytes);
    let value = read(of, &mut input).ok_or("the bytes are no such value")?;
    if input.is_at_end() {
        Ok(value)
    } else {
        Err("there are more bytes than the value has".into())
    }
}

/// What these bytes mean as fields, one after the other.
///
/// # Errors
/// When they are not these fields.
pub fn fields(of: &[Field], bytes: &[u8]) -> Result<Json, String> {
    let mut input = Reader::new(bytes);
    let value = read_fields(of, &mut input).ok_or("the bytes are no such fields")?;
    if input.is_at_end() {
        Ok(value)
    } else {
        Err("there are more bytes than the fields have".into())
    }
}

fn read_fields(fields: &[Field], input: &mut Reader) -> Option<Json> {
    let each = fields.iter().map(|f| Some((f.name.to_string(), read(&f.of, input)?)));
    each.collect::<Option<Vec<_>>>().map(Json::Object)
}

fn read(of: &Type, input: &mut Reader) -> Option<Json> {
    Some(match of {
        Type::Plain(name) => return read_plain(name, input),
        Type::Option(inner) => match bool::decode(input)? {
            true => read(inner, input)?,
            false => Json::Null,
        },
        Type::List(inner) => {
            let count = u32::decode(input)?;
            Json::List((0..count).map(|_| read(inner, input)).collect::<Option<_>>()?)
        }
        Type::Tuple(parts) => {
            Json::List(parts.iter().map(|part| read(part, input)).collect::<Option<_>>()?)
        }
        Type::Named(shape) => match shape.variants {
            None => read_fields(shape.fields, input)?,
            Some(variants) => {
                let variant = variants.get(u8::decode(input)? as usize)?;
                if variant.fields.is_empty() {
                    Json::Text(variant.name.into())
                } else {
                    let inner = read_fields(variant.fields, input)?;
                    Json::Object(vec![(variant.name.into(), inner)])
                }
            }
        },
    })
}

fn read_plain(name: &str, input: &mut Reader) -> Option<Json> {
    Some(match name {
        "unit" => Json::Null,
        "u8" => u8::decode(input)?.into(),
        "u16" => u16::decode(input)?.into(),
        "u32" => u32::decode(input)?.into(),
        "u64" => u64::decode(input)?.into(),
        "u128" => u128::decode(input)?.into(),
        "i64" => i64::decode(input)?.into(),
        "i128" => i128::decode(input)?.into(),
        "bool" => bool::decode(input)?.into(),
        "string" => String::decode(input)?.into(),
        "bytes" => {
            let bytes = Vec::<u8>::decode(input)?;
            bytes.iter().map(|byte| format!("{:02x}", byte)).collect::<String>().into()
        }
        "address" => Address::decode(input)?.into(),
        "hash" => Hash::decode(input)?.into(),
        _ => return None,
    })
}

/// A Rust value as the JSON of its type, for comparing with what a query gave.
pub fn of<T: Encode + crate::Described>(given: &T) -> Json {
    value(&T::TYPE, &borsh::encoded(given)).unwrap_or(Json::Null)
}
