use core::marker::PhantomData;

use super::{checked, StateField};
use crate::abi::Type;
use crate::{storage, ContractError, Decode, Described, Encode, Result, Text};

/// One value.
pub struct Value<T> {
    name: &'static [u8],
    of: PhantomData<T>,
}

impl<T> Value<T> {
    pub const fn new(name: &'static str) -> Self {
        Value { name: checked(name), of: PhantomData }
    }

    /// Under a key of `contract(apart)`.
    #[doc(hidden)]
    pub const fn apart(name: &'static [u8]) -> Self {
        Value { name, of: PhantomData }
    }
}

impl<T: Encode + Decode> Value<T> {
    /// None when nothing was ever set.
    pub fn get(&self) -> Option<T> {
        storage::load(self.name)
    }

    pub fn get_or(&self, otherwise: T) -> T {
        self.get().unwrap_or(otherwise)
    }

    pub fn get_or_default(&self) -> T
    where
        T: Default,
    {
        self.get().unwrap_or_default()
    }

    /// The value, or a `StateError` with this sentence.
    pub fn require(&self, otherwise: Text) -> Result<T> {
        self.get().ok_or(ContractError::StateError(otherwise))
    }

    pub fn exists(&self) -> bool {
        storage::exists(self.name)
    }

    pub fn set(&mut self, value: &T) {
        storage::save(self.name, value)
    }

    /// Changes the value, which begins as its type's default.
    pub fn update<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R
    where
        T: Default,
    {
        let mut value = self.get_or_default();
        let result = change(&mut value);
        self.set(&value);
        result
    }

    /// Whether there was one.
    pub fn remove(&mut self) -> bool {
        storage::remove(self.name)
    }
}

impl<T: Described> StateField for Value<T> {
    const KIND: &'static str = "value";
    const KEY: Option<Type> = None;
    const VALUE: Option<Type> = Some(T::TYPE);
}
