//! `#[xwasm::record]` and `#[xwasm::event]`.

use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use syn::{Attribute, Error, Fields, Ident, Item, ItemEnum, ItemStruct, Meta, NestedMeta, Result, Type};

const MOST_VARIANTS: usize = 256;

pub fn expand(item: Item) -> Result<TokenStream> {
    match item {
        Item::Struct(item) => match &item.fields {
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => wrapper(item),
            _ => {
                let shape = structure(&item)?;
                let name = &item.ident;
                Ok(quote! {
                    #shape
                    impl ::xwasm::abi::Described for #name {
                        const TYPE: ::xwasm::abi::Type = ::xwasm::abi::Type::Named(&#name::SHAPE);
                    }
                })
            }
        },
        Item::Enum(item) => enumeration(item),
        other => Err(Error::new_spanned(other, "a record is a struct or an enum")),
    }
}

pub fn expand_event(item: ItemStruct) -> Result<TokenStream> {
    let shape = structure(&item)?;
    let name = &item.ident;
    let topic = name.to_string();
    Ok(quote! {
        #shape

        impl ::xwasm::abi::Event for #name {
            const TOPIC: &'static str = #topic;
            const SHAPE: ::xwasm::abi::Shape = #name::SHAPE;
        }

        impl #name {
            #[allow(dead_code)]
            pub fn emit(self) {
                ::xwasm::Context::current().emit(self)
            }
        }
    })
}

/// The struct with its codec and a constant that describes it.
fn structure(item: &ItemStruct) -> Result<TokenStream> {
    plain(&item.generics)?;
    let derive = derives(&item.attrs)?;
    let name = &item.ident;
    let title = name.to_string();
    let (names, types) = named(&item.fields, name)?;
    let fields = described(&names, &types);
    Ok(quote! {
        #derive
        #item

        impl #name {
            const SHAPE: ::xwasm::abi::Shape =
                ::xwasm::abi::Shape { name: #title, fields: #fields, variants: None };
        }

        impl ::xwasm::Encode for #name {
            fn encode(&self, out: &mut ::xwasm::Writer) {
                #(::xwasm::Encode::encode(&self.#names, out);)*
            }
        }

        impl ::xwasm::Decode for #name {
            fn decode(input: &mut ::xwasm::Reader) -> ::core::option::Option<Self> {
                Some(#name { #(#names: ::xwasm::Decode::decode(input)?,)* })
            }
        }
    })
}

/// A struct around one value is that value, with a name for the compiler alone.
fn wrapper(item: ItemStruct) -> Result<TokenStream> {
    plain(&item.generics)?;
    let derive = derives(&item.attrs)?;
    let name = &item.ident;
    let of = item.fields.iter().map(|field| &field.ty).next();
    Ok(quote! {
        #derive
        #item

        impl ::xwasm::Encode for #name {
            fn encode(&self, out: &mut ::xwasm::Writer) {
                ::xwasm::Encode::encode(&self.0, out)
            }
        }

        impl ::xwasm::Decode for #name {
            fn decode(input: &mut ::xwasm::Reader) -> ::core::option::Option<Self> {
                ::xwasm::Decode::decode(input).map(#name)
            }
        }

        impl ::xwasm::abi::Described for #name {
            const TYPE: ::xwasm::abi::Type = <#of as ::xwasm::abi::Described>::TYPE;
        }
    })
}

fn enumeration(item: ItemEnum) -> Result<TokenStream> {
    plain(&item.generics)?;
    if item.variants.is_empty() || item.variants.len() > MOST_VARIANTS {
        return Err(Error::new_spanned(&item.ident, "an enum has 1 to 256 variants"));
    }
    let derive = derives(&item.attrs)?;
    let name = &item.ident;
    let title = name.to_string();
    let mut encodes = Vec::new();
    let mut decodes = Vec::new();
    let mut shapes = Vec::new();
    for (index, variant) in item.variants.iter().enumerate() {
        if let Some((_, value)) = &variant.discriminant {
            let wanted = "variants are numbered from 0 in their order";
            return Err(Error::new_spanned(value, wanted));
        }
        let tag = index as u8;
        let case = &variant.ident;
        let case_title = case.to_string();
        let (names, types) = match &variant.fields {
            Fields::Unit => (Vec::new(), Vec::new()),
            fields => named(fields, case)?,
        };
        let fields = described(&names, &types);
        encodes.push(quote! {
            #name::#case { #(#names),* } => {
                out.put(&[#tag]);
                #(::xwasm::Encode::encode(#names, out);)*
            }
        });
        decodes.push(quote! {
            #tag => Some(#name::#case { #(#names: ::xwasm::Decode::decode(input)?,)* }),
        });
        shapes.push(quote! {
            ::xwasm::abi::Shape { name: #case_title, fields: #fields, variants: None }
        });
    }
    Ok(quote! {
        #derive
        #item

        impl ::xwasm::Encode for #name {
            fn encode(&self, out: &mut ::xwasm::Writer) {
                match self { #(#encodes)* }
            }
        }

        impl ::xwasm::Decode for #name {
            fn decode(input: &mut ::xwasm::Reader) -> ::core::option::Option<Self> {
                match <u8 as ::xwasm::Decode>::decode(input)? {
                    #(#decodes)*
                    _ => None,
                }
            }
        }

        impl #name {
            const SHAPE: ::xwasm::abi::Shape = ::xwasm::abi::Shape {
                name: #title,
                fields: &[],
                variants: Some(&[#(#shapes),*]),
            };
        }

        impl ::xwasm::abi::Described for #name {
            const TYPE: ::xwasm::abi::Type = ::xwasm::abi::Type::Named(&#name::SHAPE);
        }
    })
}

fn described(names: &[&Ident], types: &[&Type]) -> TokenStream {
    let titles = names.iter().map(|name| name.to_string().trim_start_matches("r#").to_string());
    quote! {
        &[#(::xwasm::abi::Field {
            name: #titles,
            of: <#types as ::xwasm::abi::Described>::TYPE,
        }),*]
    }
}

fn named<'a>(fields: &'a Fields, of: &Ident) -> Result<(Vec<&'a Ident>, Vec<&'a Type>)> {
    match fields {
        Fields::Named(fields) if !fields.named.is_empty() => Ok(fields
            .named
            .iter()
            .filter_map(|field| field.ident.as_ref().map(|name| (name, &field.ty)))
            .unzip()),
        _ => Err(Error::new_spanned(of, "needs fields with names, at least one")),
    }
}

fn plain(generics: &syn::Generics) -> Result<()> {
    if generics.params.is_empty() {
        Ok(())
    } else {
        Err(Error::new_spanned(generics, "a record has no parameters"))
    }
}

/// The derives that are not written out below the attribute.
fn derives(attrs: &[Attribute]) -> Result<TokenStream> {
    let mut given = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path.is_ident("derive")) {
        if let Meta::List(list) = attr.parse_meta()? {
            for one in &list.nested {
                if let NestedMeta::Meta(meta) = one {
                    given.push(meta.path().to_token_stream().to_string());
                }
            }
        }
    }
    let missing: Vec<_> = ["Clone", "Debug", "PartialEq"]
        .iter()
        .filter(|name| !given.iter().any(|g| g.split("::").last().map(str::trim) == Some(**name)))
        .map(|name| Ident::new(name, proc_macro2::Span::call_site()))
        .collect();
    Ok(quote!(#[derive(#(#missing),*)]))
}
