//! The macros that declare structs, events and a whole contract.
//!
//! They write what an attribute macro would: one exported function per method and the interface
//! section. Attribute macros can replace them without touching anything else, because all they use
//! is public here.

use crate::{calls, error, host, ContractError, Decode, Encode, Outcome, Reader};

/// Reads one argument, or ends the call with a sentence that names it.
pub fn argument<T: Decode>(input: &mut Reader, otherwise: &'static str) -> T {
    match T::decode(input) {
        Some(value) => value,
        None => host::fail(error::BAD_ARGUMENTS, otherwise),
    }
}

/// Ends the call when there are more arguments than the method takes.
pub fn no_more(input: &Reader, otherwise: &'static str) {
    if !input.is_at_end() {
        host::fail(error::BAD_ARGUMENTS, otherwise)
    }
}

/// Gives the result back, or ends the call with the error.
pub fn answer<T: Encode>(outcome: Outcome<T>) {
    match outcome {
        Ok(value) => {
            let out = calls::encoded(&value);
            if !out.bytes().is_empty() {
                calls::give_back(out.bytes());
            }
        }
        Err(error) => ContractError::raise(error),
    }
}

/// Declares a struct that can be stored, taken and returned.
#[macro_export]
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy)]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl $crate::Encode for $name {
            fn encode(&self, out: &mut $crate::Writer) {
                $($crate::Encode::encode(&self.$field, out);)*
            }
        }

        impl $crate::Decode for $name {
            fn decode(input: &mut $crate::Reader) -> Option<Self> {
                Some($name { $($field: $crate::Decode::decode(input)?,)* })
            }
        }

        impl $crate::abi::Described for $name {
            const TYPE: $crate::abi::Type = $crate::abi::Type::Plain(stringify!($name));
        }

        impl $crate::abi::Shaped for $name {
            const SHAPE: $crate::abi::Struct = $crate::abi::Struct {
                name: stringify!($name),
                fields: &[$($crate::abi::Field {
                    name: stringify!($field),
                    of: <$type as $crate::abi::Described>::TYPE,
                },)*],
            };
        }
    };
}

/// Declares an event: a struct that can be announced under its own name.
#[macro_export]
macro_rules! event {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $type:ty),* $(,)? }) => {
        $crate::record!($(#[$doc])* $name { $($field: $type),* });

        impl $name {
            pub fn emit(&self) {
                $crate::calls::emit_raw(stringify!($name), $crate::calls::encoded(self).bytes());
            }
        }
    };
}

/// Declares a contract: its methods with their bodies, and what its interface section says.
///
/// Each method is a `call`, a `query` (reads only), `payable` (takes native value) or `special`
/// (`init`, `migrate`, `migrate_back`), and returns an `Outcome` of the type it names.
#[macro_export]
macro_rules! contract {
    (
        $contract:literal, $version:literal, schema $schema:literal;
        types [$($shape:ty),* $(,)?];
        events [$($event:ty),* $(,)?];
        errors [$($error:literal),* $(,)?];
        $(
            $(#[$doc:meta])*
            $kind:ident $name:ident($($arg:ident: $type:ty),* $(,)?) -> $returns:ty $body:block
        )*
    ) => {
        $(
            $(#[$doc])*
            fn $name($($arg: $type),*) -> $crate::Outcome<$returns> $body
        )*

        /// What the machine calls: reads the arguments, runs the method, gives its result back.
        mod exported {
            #[allow(unused_imports)]
            use super::*;
            $(
                #[no_mangle]
                pub extern "C" fn $name() {
                    #[allow(unused_mut)]
                    let mut input = $crate::Reader::new($crate::context::input());
                    $(let $arg: $type = $crate::declare::argument(
                        &mut input,
                        concat!("argument '", stringify!($arg), "' of ", stringify!($name),
                            " is no ", stringify!($type)),
                    );)*
                    $crate::declare::no_more(
                        &input,
                        concat!("too many bytes of arguments for ", stringify!($name)),
                    );
                    $crate::declare::answer(super::$name($($arg),*));
                }
            )*
        }

        const INTERFACE: $crate::abi::Contract = $crate::abi::Contract {
            name: $contract,
            version: $version,
            schema: stringify!($schema),
            methods: &[$($crate::abi::Method {
                name: stringify!($name),
                args: &[$($crate::abi::Field {
                    name: stringify!($arg),
                    of: <$type as $crate::abi::Described>::TYPE,
                },)*],
                returns: <$returns as $crate::abi::Described>::TYPE,
                kind: $crate::abi::checked_kind(stringify!($kind)),
            },)*],
            events: &[$(<$event as $crate::abi::Shaped>::SHAPE,)*],
            types: &[$(<$shape as $crate::abi::Shaped>::SHAPE,)*],
            errors: &[$($error,)*],
        };

        #[link_section = "xwasm.abi"]
        #[used]
        static SECTION: [u8; $crate::abi::length(&INTERFACE)] = $crate::abi::json(&INTERFACE);
    };
}
