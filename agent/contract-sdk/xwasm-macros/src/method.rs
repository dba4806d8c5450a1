//! One method: what its signature and attributes say.

use proc_macro2::TokenStream;
use quote::{quote, ToTokens};
use syn::spanned::Spanned;
use syn::{
    Attribute, Error, FnArg, GenericArgument, Ident, Lit, Meta, NestedMeta, Pat, PathArguments,
    Result, ReturnType, Signature, Type,
};

/// Functions that a module must not export, because compiled code calls them under these names.
const TAKEN: [&str; 6] = ["memcpy", "memmove", "memset", "memcmp", "bcmp", "strlen"];

#[derive(PartialEq, Eq)]
pub enum Kind {
    Plain,
    Init,
    Fallback,
    /// From which schema; by default the one before.
    Migrate(Option<u32>),
    MigrateBack,
}

pub struct Method {
    pub name: Ident,
    pub kind: Kind,
    pub payable: bool,
    pub query: bool,
    pub only_owner: bool,
    pub reentrant: bool,
    /// In order; None stands for the context.
    pub args: Vec<Option<(Ident, Type)>>,
    pub returns: Type,
    /// Whether it returns a `Result` of that.
    pub fallible: bool,
}

impl Method {
    /// Takes the attributes away that it understands.
    pub fn read(attrs: &mut Vec<Attribute>, signature: &Signature) -> Result<Method> {
        let name = signature.ident.clone();
        if !signature.generics.params.is_empty() {
            return Err(Error::new_spanned(&signature.generics, "a method has no parameters"));
        }
        if TAKEN.iter().any(|taken| name == taken) {
            return Err(Error::new_spanned(&name, "compiled code needs this name for itself"));
        }
        let (returns, fallible) = returned(&signature.output)?;
        let (args, changes) = arguments(signature)?;
        let mut method = Method {
            kind: if name == "init" { Kind::Init } else { Kind::Plain },
            name,
            payable: false,
            query: !changes,
            only_owner: false,
            reentrant: false,
            args,
            returns,
            fallible,
        };
        for attr in std::mem::take(attrs) {
            if !method.understand(&attr)? {
                attrs.push(attr);
            }
        }
        Ok(method)
    }

    fn understand(&mut self, attr: &Attribute) -> Result<bool> {
        if attr.path.is_ident("payable") {
            self.payable = true;
        } else if attr.path.is_ident("only_owner") {
            self.only_owner = true;
        } else if attr.path.is_ident("reentrant") {
            self.reentrant = true;
        } else if attr.path.is_ident("query") {
            self.query = true;
        } else if attr.path.is_ident("init") {
            self.kind = Kind::Init;
        } else if attr.path.is_ident("fallback") {
            self.kind = Kind::Fallback;
        } else if attr.path.is_ident("migrate") {
            self.kind = Kind::Migrate(from(attr)?);
        } else if attr.path.is_ident("migrate_back") {
            self.kind = Kind::MigrateBack;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    /// Refuses what no contract can have; an interface trait may say less of a method.
    pub fn check(&self) -> Result<()> {
        let name = self.name.to_string();
        let reserved = match name.as_str() {
            "fallback" => self.kind != Kind::Fallback,
            "migrate" => !matches!(self.kind, Kind::Migrate(_)),
            "migrate_back" => self.kind != Kind::MigrateBack,
            _ => false,
        };
        if reserved {
            let sentence = format!("the name is reserved: mark the method #[{}]", name);
            return Err(Error::new_spanned(&self.name, sentence));
        }
        if self.kind == Kind::Fallback && self.args.iter().any(Option::is_some) {
            let sentence = "a fallback takes the context alone; ctx.input_data() has the arguments";
            return Err(Error::new_spanned(&self.name, sentence));
        }
        if self.kind == Kind::MigrateBack && self.args.iter().any(Option::is_some) {
            return Err(Error::new_spanned(&self.name, "migrate_back takes no arguments"));
        }
        if self.query && self.payable {
            return Err(Error::new_spanned(&self.name, "what takes value needs &mut self"));
        }
        if self.only_owner && !self.fallible {
            return Err(Error::new_spanned(&self.name, "#[only_owner] needs a Result to refuse"));
        }
        Ok(())
    }

    pub fn migrates(&self) -> bool {
        matches!(self.kind, Kind::Migrate(_) | Kind::MigrateBack)
    }

    /// The name under which the machine finds it.
    pub fn exported(&self) -> String {
        match self.kind {
            Kind::Plain => self.name.to_string(),
            Kind::Init => "init".into(),
            Kind::Fallback => "fallback".into(),
            Kind::Migrate(_) => "migrate".into(),
            Kind::MigrateBack => "migrate_back".into(),
        }
    }

    pub fn fields(&self) -> Vec<(String, &Type)> {
        self.args
            .iter()
            .flatten()
            .map(|(name, of)| (name.to_string().trim_start_matches("r#").to_string(), of))
            .collect()
    }

    /// The call of the method itself, with its arguments in variables of their names; a `Result`.
    pub fn invocation(&self, contract: &Type) -> TokenStream {
        let name = &self.name;
        let args = self.args.iter().map(|arg| match arg {
            Some((name, _)) => name.to_token_stream(),
            None => quote!(::xwasm::Context::current()),
        });
        // A constant: the names of the state are copied, not put together by every call.
        let call = quote!({
            const NEW: #contract = <#contract>::new();
            NEW
        }
        .#name(#(#args),*));
        if self.fallible {
            call
        } else {
            quote!(::xwasm::Result::Ok(#call))
        }
    }
}

fn from(attr: &Attribute) -> Result<Option<u32>> {
    match attr.parse_meta()? {
        Meta::Path(_) => return Ok(None),
        Meta::List(list) => {
            if let Some(NestedMeta::Meta(Meta::NameValue(pair))) = list.nested.first() {
                if let (true, Lit::Int(number)) = (pair.path.is_ident("from"), &pair.lit) {
                    return Ok(Some(number.base10_parse()?));
                }
            }
        }
        Meta::NameValue(_) => {}
    }
    Err(Error::new_spanned(attr, "written #[migrate] or #[migrate(from = 1)]"))
}

/// What comes in, and whether the method may change state.
fn arguments(signature: &Signature) -> Result<(Vec<Option<(Ident, Type)>>, bool)> {
    let mut inputs = signature.inputs.iter();
    let changes = match inputs.next() {
        Some(FnArg::Receiver(receiver)) if receiver.reference.is_some() => {
            receiver.mutability.is_some()
        }
        _ => {
            let wanted = "a method takes &self (a query) or &mut self";
            return Err(Error::new(signature.inputs.span(), wanted));
        }
    };
    let mut args = Vec::new();
    for input in inputs {
        if let FnArg::Typed(arg) = input {
            if is_context(&arg.ty) {
                args.push(None);
                continue;
            }
            match (&*arg.pat, &*arg.ty) {
                (_, Type::Reference(given)) => {
                    return Err(Error::new_spanned(given, "arguments are owned: String, Vec<T>"));
                }
                (Pat::Ident(name), of) => args.push(Some((name.ident.clone(), of.clone()))),
                (other, _) => return Err(Error::new_spanned(other, "an argument has a name")),
            }
        }
    }
    Ok((args, changes))
}

fn is_context(of: &Type) -> bool {
    matches!(of, Type::Path(path) if path.path.segments.last()
        .map_or(false, |last| last.ident == "Context"))
}

fn returned(output: &ReturnType) -> Result<(Type, bool)> {
    let of = match output {
        ReturnType::Default => return Ok((syn::parse_quote!(()), false)),
        ReturnType::Type(_, of) => &**of,
    };
    if let Type::Path(path) = of {
        if let Some(last) = path.path.segments.last() {
            if last.ident == "Result" {
                if let PathArguments::AngleBracketed(inner) = &last.arguments {
                    if let Some(GenericArgument::Type(value)) = inner.args.first() {
                        return Ok((value.clone(), true));
                    }
                }
                return Err(Error::new_spanned(last, "say of what: Result<u64>"));
            }
        }
    }
    Ok((of.clone(), false))
}
