//! JSON to Borsh and back, by type.

use super::{Json, NULL};
use crate::abi::{Field, Shape, Type};
use crate::mock::{hex, hex32};
use crate::{borsh, Address, Decode, Encode, Hash, Reader, Writer};

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
