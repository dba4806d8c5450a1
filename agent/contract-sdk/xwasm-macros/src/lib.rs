//! The attributes of the crate `xwasm`, which re-exports them. `contract-sdk/README.md` shows each of
//! them by example.

mod contract;
mod interface;
mod method;
mod record;
#[cfg(test)]
mod refusals;
mod remote;

use proc_macro::TokenStream;
use syn::{parse_macro_input, AttributeArgs, Item, ItemStruct};

/// Declares a contract's state: every field is `#[state]`, of type `Value`, `Map`, `IndexedMap`,
/// `Set` or `List`, stored under its own name or `#[state(key = "...")]`.
///
/// Takes `name`, `version` (by default the package's), `schema = 1`, `upgradeable`,
/// `events(Transfer, ...)` and `errors("KIND: sentence", ...)`; and `apart` for a proxy, whose keys
/// must not be those of the code that runs on its storage.
#[proc_macro_attribute]
pub fn contract(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = parse_macro_input!(args as AttributeArgs);
    let item = parse_macro_input!(item as ItemStruct);
    contract::expand(args, item).unwrap_or_else(|e| e.to_compile_error()).into()
}

/// On an `impl`: its `pub` functions are the contract's methods. On a `trait`: a type of the same
/// name that calls a contract which has these methods.
///
/// A method with `&self` is a query. Methods may carry `#[payable]`, `#[only_owner]`, `#[reentrant]`,
/// `#[fallback]`, `#[migrate(from = 1)]` and `#[migrate_back]`; `init` runs once, at deployment.
///
/// A contract can have more `impl`s of methods, each in a module of its own: they are
/// `interface(part)`, and the contract's own is `interface(with(module, ...))`.
#[proc_macro_attribute]
pub fn interface(args: TokenStream, item: TokenStream) -> TokenStream {
    let args = parse_macro_input!(args as AttributeArgs);
    let expanded = match parse_macro_input!(item as Item) {
        Item::Impl(item) => interface::expand(args, item),
        Item::Trait(item) if args.is_empty() => remote::expand(item),
        Item::Trait(item) => Err(syn::Error::new_spanned(item.ident, "a trait has no parts")),
        other => Err(syn::Error::new_spanned(other, "an interface is an impl or a trait")),
    };
    expanded.unwrap_or_else(|e| e.to_compile_error()).into()
}

/// Declares a struct or an enum that can be stored, taken, returned, and be part of others. Derives
/// `Clone`, `Debug` and `PartialEq`; further derives go below this attribute.
#[proc_macro_attribute]
pub fn record(args: TokenStream, item: TokenStream) -> TokenStream {
    let _ = parse_macro_input!(args as syn::parse::Nothing);
    let item = parse_macro_input!(item as Item);
    record::expand(item).unwrap_or_else(|e| e.to_compile_error()).into()
}

/// Declares a struct that can be announced under its own name.
#[proc_macro_attribute]
pub fn event(args: TokenStream, item: TokenStream) -> TokenStream {
    let _ = parse_macro_input!(args as syn::parse::Nothing);
    let item = parse_macro_input!(item as ItemStruct);
    record::expand_event(item).unwrap_or_else(|e| e.to_compile_error()).into()
}
