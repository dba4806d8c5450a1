//! What an author gets to read who writes something that cannot be.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{NestedMeta, Token};

use crate::{contract, interface, record, remote};

fn said(outcome: syn::Result<TokenStream>) -> String {
    outcome.err().map_or_else(|| "accepted".into(), |e| e.to_string())
}

fn of_contract(args: TokenStream, item: TokenStream) -> String {
    said(contract::expand(args_of(args), syn::parse2(item).unwrap()))
}

fn args_of(args: TokenStream) -> Vec<NestedMeta> {
    let args = Punctuated::<NestedMeta, Token![,]>::parse_terminated.parse2(args).unwrap();
    args.into_iter().collect()
}

fn of_method(method: TokenStream) -> String {
    of_interface(quote!(), method)
}

fn of_interface(args: TokenStream, method: TokenStream) -> String {
    said(interface::expand(args_of(args), syn::parse_quote!(impl Shop { #method })))
}

fn of_record(item: TokenStream) -> String {
    said(record::expand(syn::parse2(item).unwrap()))
}

#[test]
fn a_contract_says_what_it_takes() {
    let shop = quote!(struct Shop { #[state] owner: Value<Address> });
    assert_eq!(of_contract(quote!(schema = 2, upgradeable, errors("STATE: no")), shop.clone()), "accepted");
    let takes = "a contract takes name, version, schema, upgradeable, apart, events(...) and errors(...)";
    assert_eq!(of_contract(quote!(upgradable), shop.clone()), takes);
    assert_eq!(of_contract(quote!(schema = "2"), shop.clone()), takes);
    assert_eq!(of_contract(quote!(schema = 0), shop.clone()), "schemas are counted from 1");
    assert_eq!(
        of_contract(quote!(errors("say \"no\"")), shop),
        "no quotes, backslashes or control characters here"
    );
}

#[test]
fn state_is_marked_and_each_name_used_once() {
    assert_eq!(
        of_contract(quote!(), quote!(struct Shop { owner: Value<Address> })),
        "a contract holds nothing but #[state]: mark the field so"
    );
    let twice = quote!(struct Shop { #[state] a: Value<u8>, #[state(key = "a")] b: Value<u8> });
    assert_eq!(of_contract(quote!(), twice), "two fields are stored under this name");
    assert_eq!(
        of_contract(quote!(), quote!(struct Shop { #[state(name = "a")] a: Value<u8> })),
        "written #[state] or #[state(key = \"name\")]"
    );
}

#[test]
fn methods_take_what_can_be_sent() {
    assert_eq!(of_method(quote!(pub fn buy(&mut self, id: String) -> Result<()> { Ok(()) })), "accepted");
    assert_eq!(of_method(quote!(pub fn buy(id: u8) {})), "a method takes &self (a query) or &mut self");
    assert_eq!(of_method(quote!(pub fn buy(self) {})), "a method takes &self (a query) or &mut self");
    assert_eq!(
        of_method(quote!(pub fn buy(&mut self, id: &str) {})),
        "arguments are owned: String, Vec<T>"
    );
    assert_eq!(of_method(quote!(pub fn buy<T>(&self, id: T) {})), "a method has no parameters");
    assert_eq!(of_method(quote!(pub fn memcpy(&self) {})), "compiled code needs this name for itself");
    assert_eq!(of_method(quote!(pub fn buy(&self) -> Result { Ok(()) })), "say of what: Result<u64>");
}

#[test]
fn an_interface_is_whole_or_a_part() {
    let look = quote!(pub fn look(&self) -> u8 { 0 });
    let written = "written #[xwasm::interface], interface(part) or interface(with(module, ...))";
    assert_eq!(of_interface(quote!(part), look.clone()), "accepted");
    assert_eq!(of_interface(quote!(with(sales, crate::stock)), look.clone()), "accepted");
    assert_eq!(of_interface(quote!(parts), look.clone()), written);
    assert_eq!(of_interface(quote!(with("sales")), look.clone()), written);
    assert_eq!(of_interface(quote!(part, with(sales)), look), written);
    let back = quote!(#[migrate_back] pub fn back(&mut self) -> Result<()> { Ok(()) });
    assert_eq!(
        of_interface(quote!(part), back),
        "migrations are the whole's: write them where with(...) is"
    );
}

#[test]
fn attributes_that_contradict_the_method_are_refused() {
    assert_eq!(
        of_method(quote!(#[payable] pub fn buy(&self) {})),
        "what takes value needs &mut self"
    );
    assert_eq!(
        of_method(quote!(#[only_owner] pub fn ban(&mut self) {})),
        "#[only_owner] needs a Result to refuse"
    );
    assert_eq!(
        of_method(quote!(pub fn migrate(&mut self) -> Result<()> { Ok(()) })),
        "the name is reserved: mark the method #[migrate]"
    );
    assert_eq!(
        of_method(quote!(#[migrate(to = 2)] pub fn up(&mut self) -> Result<()> { Ok(()) })),
        "written #[migrate] or #[migrate(from = 1)]"
    );
    assert_eq!(
        of_method(quote!(#[fallback] pub fn rest(&mut self, id: u8) -> Result<Vec<u8>> { Ok(vec![]) })),
        "a fallback takes the context alone; ctx.input_data() has the arguments"
    );
}

#[test]
fn records_have_a_form_on_the_wire() {
    assert_eq!(of_record(quote!(struct Id(pub String);)), "accepted");
    assert_eq!(of_record(quote!(enum Way { Up, Down { by: u8 } })), "accepted");
    assert_eq!(of_record(quote!(struct Nothing {})), "needs fields with names, at least one");
    assert_eq!(of_record(quote!(struct Pair(u8, u8);)), "needs fields with names, at least one");
    assert_eq!(of_record(quote!(enum Way { Up(u8) })), "needs fields with names, at least one");
    assert_eq!(
        of_record(quote!(enum Way { Up = 3 })),
        "variants are numbered from 0 in their order"
    );
    assert_eq!(of_record(quote!(struct Any<T> { of: T })), "a record has no parameters");
    assert_eq!(of_record(quote!(fn record() {})), "a record is a struct or an enum");
}

#[test]
fn an_interface_trait_has_no_bodies() {
    let with_body = syn::parse_quote!(trait Token { fn owner(&self) -> Result<Address> { Err(()) } });
    assert_eq!(
        said(remote::expand(with_body)),
        "an interface trait has methods without bodies, and nothing else"
    );
}
