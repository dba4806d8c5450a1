//! `#[xwasm::interface]` on an `impl`: exports, their codec, and the interface section.
//!
//! A part says of itself what the contract's own `impl`, which names it, cannot see: its methods, and
//! natively its entries. Only that `impl` writes the section, because there is one for all of them.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, ToTokens};
use syn::{AttributeArgs, Error, ImplItem, ItemImpl, Meta, NestedMeta, Path, Result, Type, Visibility};

use crate::method::{Kind, Method};

enum Role {
    Part,
    /// The contract's own, with the modules that hold its parts.
    Whole(Vec<Path>),
}

pub fn expand(args: AttributeArgs, mut item: ItemImpl) -> Result<TokenStream> {
    let role = role(&args)?;
    if let Some((_, of, _)) = &item.trait_ {
        return Err(Error::new_spanned(of, "an interface is the contract's own impl"));
    }
    let contract = (*item.self_ty).clone();
    let methods = methods(&mut item)?;
    let from = methods.iter().find_map(|m| match m.kind {
        Kind::Migrate(from) => Some(from),
        _ => None,
    });
    let entries = methods.iter().map(|m| entry(m, &contract, from.flatten()));
    let exports = methods.iter().map(export);
    let (name, said) = match &role {
        Role::Part => part(&contract, &methods)?,
        Role::Whole(parts) => (quote!(), whole(&contract, &methods, parts)),
    };
    Ok(quote! {
        #item

        #name

        const _: () = {
            #(#entries)*

            #[cfg(target_arch = "wasm32")]
            const _: () = {
                #(#exports)*
            };

            #said
        };
    })
}

fn role(args: &[NestedMeta]) -> Result<Role> {
    let wanted = "written #[xwasm::interface], interface(part) or interface(with(module, ...))";
    match args {
        [] => Ok(Role::Whole(Vec::new())),
        [NestedMeta::Meta(Meta::Path(path))] if path.is_ident("part") => Ok(Role::Part),
        [NestedMeta::Meta(Meta::List(list))] if list.path.is_ident("with") => list
            .nested
            .iter()
            .map(|part| match part {
                NestedMeta::Meta(Meta::Path(module)) => Ok(module.clone()),
                other => Err(Error::new_spanned(other, wanted)),
            })
            .collect::<Result<_>>()
            .map(Role::Whole),
        [other, ..] => Err(Error::new_spanned(other, wanted)),
    }
}

/// The `pub` functions, without the attributes that are for us.
fn methods(item: &mut ItemImpl) -> Result<Vec<Method>> {
    let mut methods = Vec::new();
    for part in item.items.iter_mut() {
        if let ImplItem::Method(function) = part {
            if !matches!(function.vis, Visibility::Public(_)) {
                continue;
            }
            let method = Method::read(&mut function.attrs, &function.sig)?;
            method.check()?;
            if method.only_owner {
                function.block.stmts.insert(0, owner_check());
            }
            methods.push(method);
        }
    }
    Ok(methods)
}

/// A type that stands for the part in its module, and what it says.
fn part(contract: &Type, methods: &[Method]) -> Result<(TokenStream, TokenStream)> {
    if let Some(migration) = methods.iter().find(|m| m.migrates()) {
        let wanted = "migrations are the whole's: write them where with(...) is";
        return Err(Error::new_spanned(&migration.name, wanted));
    }
    let described = described_all(methods);
    let found = found(methods);
    let name = quote! {
        /// The methods above, for the contract's `interface(with(...))`.
        pub(crate) struct InterfacePart;
    };
    let said = quote! {
        impl ::xwasm::abi::Part for InterfacePart {
            type Contract = #contract;
            const METHODS: &'static [::xwasm::abi::Method] = #described;

            #[cfg(not(target_arch = "wasm32"))]
            fn entry(method: &str) -> ::core::option::Option<fn()> {
                #found
            }
        }
    };
    Ok((name, said))
}

fn whole(contract: &Type, methods: &[Method], parts: &[Path]) -> TokenStream {
    let described = described_all(methods);
    let found = found(methods);
    let migrates = methods.iter().any(Method::migrates);
    quote! {
        ::core::assert!(
            !#migrates || <#contract as ::xwasm::abi::Declared>::UPGRADEABLE,
            "a contract with migrations is contract(upgradeable)"
        );

        const METHODS: &[&[::xwasm::abi::Method]] = &[
            #(::xwasm::abi::methods_of::<#contract, #parts::InterfacePart>(),)*
            #described,
        ];
        const ALL: [::xwasm::abi::Method; ::xwasm::abi::count(METHODS)] =
            ::xwasm::abi::joined(METHODS);
        const INTERFACE: ::xwasm::abi::Interface = ::xwasm::abi::Interface::of::<#contract>(&ALL);

        #[cfg(target_arch = "wasm32")]
        #[link_section = "xwasm.abi"]
        #[used]
        static SECTION: [u8; ::xwasm::abi::length(&INTERFACE)] =
            ::xwasm::abi::json(&INTERFACE);

        #[cfg(not(target_arch = "wasm32"))]
        impl ::xwasm::abi::NativeContract for #contract {
            const INTERFACE: ::xwasm::abi::Interface = INTERFACE;

            fn entry(method: &str) -> ::core::option::Option<fn()> {
                let own: ::core::option::Option<fn()> = #found;
                own #(.or_else(|| {
                    <#parts::InterfacePart as ::xwasm::abi::Part>::entry(method)
                }))*
            }
        }
    }
}

/// What natively is an export.
fn found(methods: &[Method]) -> TokenStream {
    let names = methods.iter().map(Method::exported);
    let functions = methods.iter().map(function_of);
    quote! {
        match method {
            #(#names => ::core::option::Option::Some(#functions as fn()),)*
            _ => ::core::option::Option::None,
        }
    }
}

/// A fallback needs no declaration unless it wants to be entered again.
fn described_all(methods: &[Method]) -> TokenStream {
    let each = methods.iter().filter(|m| m.kind != Kind::Fallback || m.reentrant).map(described);
    quote!(&[#(#each),*])
}

fn owner_check() -> syn::Stmt {
    syn::parse_quote! {
        ::xwasm::ensure_permission!(
            self.owner.get() == ::core::option::Option::Some(::xwasm::Context::current().sender()),
            "only the owner"
        );
    }
}

fn function_of(method: &Method) -> syn::Ident {
    format_ident!("entry_{}", method.exported())
}

fn export(method: &Method) -> TokenStream {
    let name = method.exported();
    let function = function_of(method);
    let export = format_ident!("export_{}", name);
    quote! {
        #[export_name = #name]
        pub extern "C" fn #export() {
            #function()
        }
    }
}

/// Reads the arguments, runs the method, gives its result back.
fn entry(method: &Method, contract: &Type, from: Option<u32>) -> TokenStream {
    let function = function_of(method);
    let exported = method.exported();
    let call = method.invocation(contract);
    if method.kind == Kind::Fallback {
        return quote! {
            fn #function() {
                ::xwasm::entry::answer_raw(#call);
            }
        };
    }
    let too_many = format!("too many bytes of arguments for {}", exported);
    let args: Vec<_> = method.args.iter().flatten().collect();
    let read = if args.is_empty() {
        quote!(::xwasm::entry::none(#too_many);)
    } else {
        let each = args.iter().map(|(name, of)| {
            let shown = of.to_token_stream().to_string().replace(' ', "");
            let otherwise = format!("argument '{}' of {} is no {}", name, exported, shown);
            quote!(let #name: #of = ::xwasm::entry::argument(&mut input, #otherwise);)
        });
        quote! {
            let bytes = ::xwasm::host::input_bytes();
            let mut input = ::xwasm::Reader::new(&bytes);
            #(#each)*
            ::xwasm::entry::no_more(&input, #too_many);
        }
    };
    let schema = quote!(<#contract as ::xwasm::abi::Declared>::SCHEMA);
    let before = match from {
        Some(from) => quote!(#from),
        None => quote!(#schema - 1),
    };
    let run = match method.kind {
        Kind::Init => quote! {
            if <#contract as ::xwasm::abi::Declared>::UPGRADEABLE {
                ::xwasm::entry::schema_begins(#schema);
            }
            ::xwasm::entry::answer(#call);
        },
        Kind::Migrate(_) => quote! {
            ::xwasm::entry::answer(::xwasm::entry::migrate(#before, #schema, move || #call));
        },
        Kind::MigrateBack => quote! {
            ::xwasm::entry::answer(::xwasm::entry::migrate_back(#before, #schema, move || #call));
        },
        Kind::Plain | Kind::Fallback => quote!(::xwasm::entry::answer(#call);),
    };
    quote! {
        fn #function() {
            #read
            #run
        }
    }
}

/// What the interface section says of it.
fn described(method: &Method) -> TokenStream {
    let name = method.exported();
    let fields = method.fields();
    let names = fields.iter().map(|(name, _)| name);
    let types = fields.iter().map(|(_, of)| of);
    let returns = match method.kind {
        Kind::Migrate(_) | Kind::MigrateBack => syn::parse_quote!(bool),
        _ => method.returns.clone(),
    };
    let reentrant = method.reentrant;
    let payable = method.payable || method.kind == Kind::Fallback;
    let query = method.query && method.kind == Kind::Plain;
    quote! {
        ::xwasm::abi::Method {
            name: #name,
            args: &[#(::xwasm::abi::Field {
                name: #names,
                of: <#types as ::xwasm::abi::Described>::TYPE,
            }),*],
            returns: <#returns as ::xwasm::abi::Described>::TYPE,
            payable: #payable,
            query: #query,
            reentrant: #reentrant,
        }
    }
}
