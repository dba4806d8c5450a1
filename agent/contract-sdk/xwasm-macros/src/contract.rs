//! `#[xwasm::contract]`.

use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use std::collections::HashSet;
use syn::{AttributeArgs, Error, Field, ItemStruct, Lit, LitByteStr, LitStr, Meta, NestedMeta, Path, Result};

/// No contract's keys begin with it but those of `contract(apart)`.
const APART: u8 = 0xff;

#[derive(Default)]
struct Options {
    name: Option<LitStr>,
    version: Option<LitStr>,
    schema: Option<syn::LitInt>,
    upgradeable: bool,
    apart: bool,
    events: Vec<Path>,
    errors: Vec<LitStr>,
}

pub fn expand(args: AttributeArgs, mut item: ItemStruct) -> Result<TokenStream> {
    let options = read(args)?;
    let mut keys = HashSet::new();
    let mut names = Vec::new();
    let mut types = Vec::new();
    let mut paths = Vec::new();
    if !item.generics.params.is_empty() {
        return Err(Error::new_spanned(&item.generics, "a contract has no parameters"));
    }
    for field in item.fields.iter_mut() {
        let name = field
            .ident
            .clone()
            .ok_or_else(|| Error::new_spanned(&field.ty, "a field of state has a name"))?;
        let key = key_of(field)?.unwrap_or_else(|| LitStr::new(&name.to_string(), name.span()));
        if !keys.insert(key.value()) {
            return Err(Error::new_spanned(&key, "two fields are stored under this name"));
        }
        names.push(name);
        types.push(field.ty.clone());
        paths.push(key);
    }
    let contract = &item.ident;
    let makes = paths.iter().map(|key| match options.apart {
        true => {
            let mut bytes = vec![APART];
            bytes.extend(contract.to_string().to_lowercase().into_bytes());
            bytes.push(b'/');
            bytes.extend(key.value().into_bytes());
            let bytes = LitByteStr::new(&bytes, key.span());
            quote!(apart(#bytes))
        }
        false => quote!(new(#key)),
    });
    let title = match &options.name {
        Some(name) => name.to_token_stream(),
        None => quote!(::core::env!("CARGO_PKG_NAME")),
    };
    let version = match &options.version {
        Some(version) => version.to_token_stream(),
        None => quote!(::core::env!("CARGO_PKG_VERSION")),
    };
    let schema = match &options.schema {
        Some(schema) => schema.to_token_stream(),
        None => quote!(1),
    };
    let upgradeable = options.upgradeable;
    let events = &options.events;
    let errors = &options.errors;
    Ok(quote! {
        #item

        impl #contract {
            pub const fn new() -> Self {
                #contract { #(#names: <#types>::#makes),* }
            }
        }

        impl ::core::default::Default for #contract {
            fn default() -> Self {
                #contract::new()
            }
        }

        impl ::xwasm::abi::Declared for #contract {
            const NAME: &'static str = #title;
            const VERSION: &'static str = #version;
            const SCHEMA: u32 = #schema;
            const UPGRADEABLE: bool = #upgradeable;
            const STATE: &'static [::xwasm::abi::Stored] = &[#(::xwasm::abi::Stored {
                name: #paths,
                kind: <#types as ::xwasm::state::StateField>::KIND,
                key: <#types as ::xwasm::state::StateField>::KEY,
                value: <#types as ::xwasm::state::StateField>::VALUE,
            }),*];
            const EVENTS: &'static [::xwasm::abi::Shape] =
                &[#(<#events as ::xwasm::abi::Event>::SHAPE),*];
            const ERRORS: &'static [&'static str] = &[#(#errors),*];
        }
    })
}

fn read(args: AttributeArgs) -> Result<Options> {
    let mut options = Options::default();
    for arg in args {
        match &arg {
            NestedMeta::Meta(Meta::Path(path)) if path.is_ident("upgradeable") => {
                options.upgradeable = true;
            }
            NestedMeta::Meta(Meta::Path(path)) if path.is_ident("apart") => options.apart = true,
            NestedMeta::Meta(Meta::NameValue(pair)) => match &pair.lit {
                Lit::Str(text) if pair.path.is_ident("name") => options.name = Some(text.clone()),
                Lit::Str(text) if pair.path.is_ident("version") => {
                    options.version = Some(text.clone());
                }
                Lit::Int(number) if pair.path.is_ident("schema") => {
                    if number.base10_parse::<u32>()? == 0 {
                        return Err(Error::new_spanned(number, "schemas are counted from 1"));
                    }
                    options.schema = Some(number.clone());
                }
                _ => return Err(unknown(&arg)),
            },
            NestedMeta::Meta(Meta::List(list)) if list.path.is_ident("events") => {
                for event in &list.nested {
                    match event {
                        NestedMeta::Meta(Meta::Path(path)) => options.events.push(path.clone()),
                        other => return Err(Error::new_spanned(other, "an event is a type")),
                    }
                }
            }
            NestedMeta::Meta(Meta::List(list)) if list.path.is_ident("errors") => {
                for error in &list.nested {
                    match error {
                        NestedMeta::Lit(Lit::Str(text)) => options.errors.push(plain(text)?),
                        other => {
                            let wanted = "an error is written \"KIND: sentence\"";
                            return Err(Error::new_spanned(other, wanted));
                        }
                    }
                }
            }
            _ => return Err(unknown(&arg)),
        }
    }
    Ok(options)
}

fn unknown(arg: &NestedMeta) -> Error {
    Error::new_spanned(
        arg,
        "a contract takes name, version, schema, upgradeable, apart, events(...) and errors(...)",
    )
}

/// The section is JSON, written without escapes.
fn plain(text: &LitStr) -> Result<LitStr> {
    if text.value().chars().any(|c| c == '"' || c == '\\' || c < ' ') {
        return Err(Error::new_spanned(text, "no quotes, backslashes or control characters here"));
    }
    Ok(text.clone())
}

/// What `#[state(key = "...")]` says; takes the attribute away.
fn key_of(field: &mut Field) -> Result<Option<LitStr>> {
    let at = field.attrs.iter().position(|a| a.path.is_ident("state")).ok_or_else(|| {
        Error::new_spanned(&field.ty, "a contract holds nothing but #[state]: mark the field so")
    })?;
    let wanted = "written #[state] or #[state(key = \"name\")]";
    match field.attrs.remove(at).parse_meta()? {
        Meta::Path(_) => Ok(None),
        Meta::List(list) => match list.nested.first() {
            Some(NestedMeta::Meta(Meta::NameValue(pair))) if pair.path.is_ident("key") => {
                match &pair.lit {
                    Lit::Str(text) => Ok(Some(text.clone())),
                    other => Err(Error::new_spanned(other, wanted)),
                }
            }
            _ => Err(Error::new_spanned(list, wanted)),
        },
        other => Err(Error::new_spanned(other, wanted)),
    }
}
