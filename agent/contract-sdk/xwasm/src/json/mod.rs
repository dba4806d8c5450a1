//! JSON as callers of a contract write it, for native tests: a value, the macro `json!`, and the
//! translation to Borsh and back by type, as ABI.md tells it.

mod codec;

use std::fmt;
use std::ops::Index;

pub use codec::{arguments, fields, of, value};

use crate::{Address, Hash};

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
