//! `#[xwasm::interface]` on a `trait`: typed calls of another contract.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, ItemTrait, Result, TraitItem, Type};

use crate::method::Method;

pub fn expand(item: ItemTrait) -> Result<TokenStream> {
    let name = &item.ident;
    let visibility = &item.vis;
    let attrs = &item.attrs;
    let mut methods = Vec::new();
    for part in item.items {
        match part {
            TraitItem::Method(mut function) if function.default.is_none() => {
                let docs = &mut function.attrs;
                let method = Method::read(docs, &function.sig)?;
                methods.push(caller(&method, docs));
            }
            other => {
                let wanted = "an interface trait has methods without bodies, and nothing else";
                return Err(Error::new_spanned(other, wanted));
            }
        }
    }
    Ok(quote! {
        #(#attrs)*
        #[derive(Clone, Copy, Debug)]
        #visibility struct #name(::xwasm::calls::Callee);

        #[allow(dead_code)]
        impl #name {
            /// The contract at this address; whether it has these methods shows when it is called.
            pub const fn at(address: ::xwasm::Address) -> Self {
                #name(::xwasm::calls::Callee::at(address))
            }

            /// Native value to go with every call made through what this returns.
            pub const fn with_value(self, value: u128) -> Self {
                #name(::xwasm::calls::Callee { value, ..self.0 })
            }

            /// A limit for every call made through what this returns; 0 is all that is left.
            pub const fn with_gas(self, gas: u64) -> Self {
                #name(::xwasm::calls::Callee { gas, ..self.0 })
            }

            pub const fn address(&self) -> ::xwasm::Address {
                self.0.address
            }

            #(#methods)*
        }
    })
}

fn caller(method: &Method, docs: &[syn::Attribute]) -> TokenStream {
    let name = &method.name;
    let exported = method.exported();
    let args: Vec<_> = method.args.iter().flatten().collect();
    let names: Vec<_> = args.iter().map(|(name, _)| name).collect();
    let types = args.iter().map(|(_, of)| of);
    let returns = &method.returns;
    let ask = if is_unit(returns) { quote!(order) } else { quote!(ask) };
    quote! {
        #(#docs)*
        pub fn #name(&self, #(#names: #types),*) -> ::xwasm::Result<#returns> {
            let mut input = ::xwasm::Writer::new();
            #(::xwasm::Encode::encode(&#names, &mut input);)*
            self.0.#ask(#exported, input.bytes())
        }
    }
}

fn is_unit(of: &Type) -> bool {
    matches!(of, Type::Tuple(tuple) if tuple.elems.is_empty())
}
