use alloc::vec::Vec;
use core::borrow::Borrow;
use core::marker::PhantomData;

use super::{checked, key, StateField, ENTRY};
use crate::abi::Type;
use crate::{storage, ContractError, Decode, Described, Encode, Result, Text, Writer};

/// Values by key; a tuple of keys nests them. Its keys cannot be walked: see [`super::IndexedMap`].
pub struct Map<K, V> {
    name: &'static [u8],
    of: PhantomData<(K, V)>,
}

impl<K, V> Map<K, V> {
    pub const fn new(name: &'static str) -> Self {
        Map { name: checked(name), of: PhantomData }
    }

    /// Under a key of `contract(apart)`.
    #[doc(hidden)]
    pub const fn apart(name: &'static [u8]) -> Self {
        Map { name, of: PhantomData }
    }
}

impl<K: Encode, V: Encode + Decode> Map<K, V> {
    pub fn get<Q: Encode + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        storage::load(self.key(key).bytes())
    }

    pub fn get_or<Q: Encode + ?Sized>(&self, key: &Q, otherwise: V) -> V
    where
        K: Borrow<Q>,
    {
        self.get(key).unwrap_or(otherwise)
    }

    pub fn get_or_default<Q: Encode + ?Sized>(&self, key: &Q) -> V
    where
        K: Borrow<Q>,
        V: Default,
    {
        self.get(key).unwrap_or_default()
    }

    /// The value, or a `StateError` with this sentence.
    pub fn require<Q: Encode + ?Sized>(&self, key: &Q, otherwise: Text) -> Result<V>
    where
        K: Borrow<Q>,
    {
        self.get(key).ok_or(ContractError::StateError(otherwise))
    }

    pub fn contains<Q: Encode + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        storage::exists(self.key(key).bytes())
    }

    pub fn set<Q: Encode + ?Sized>(&mut self, key: &Q, value: &V)
    where
        K: Borrow<Q>,
    {
        storage::save(self.key(key).bytes(), value)
    }

    /// Changes a value, which begins as its type's default.
    pub fn update<Q: Encode + ?Sized, R>(
        &mut self,
        key: &Q,
        change: impl FnOnce(&mut V) -> R,
    ) -> R
    where
        K: Borrow<Q>,
        V: Default,
    {
        let place = self.key(key);
        let mut value = storage::load(place.bytes()).unwrap_or_default();
        let result = change(&mut value);
        storage::save(place.bytes(), &value);
        result
    }

    /// Changes a value that must be there; it stays as it was if the change refuses.
    pub fn change<Q: Encode + ?Sized, R>(
        &mut self,
        key: &Q,
        otherwise: Text,
        change: impl FnOnce(&mut V) -> Result<R>,
    ) -> Result<R>
    where
        K: Borrow<Q>,
    {
        let place = self.key(key);
        let mut value =
            storage::load(place.bytes()).ok_or(ContractError::StateError(otherwise))?;
        let result = change(&mut value)?;
        storage::save(place.bytes(), &value);
        Ok(result)
    }

    /// Whether there was one.
    pub fn remove<Q: Encode + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        storage::remove(self.key(key).bytes())
    }

    /// The bytes that lie there, whatever they mean: for migrations.
    pub fn raw<Q: Encode + ?Sized>(&self, key: &Q) -> Option<Vec<u8>>
    where
        K: Borrow<Q>,
    {
        storage::read(self.key(key).bytes())
    }

    /// The same one, for what outlives a borrow of it.
    pub(super) fn again(&self) -> Self {
        Map::apart(self.name)
    }

    pub(super) fn key<Q: Encode + ?Sized>(&self, of: &Q) -> Writer {
        key(self.name, ENTRY, of)
    }
}

impl<K: Described, V: Described> StateField for Map<K, V> {
    const KIND: &'static str = "map";
    const KEY: Option<Type> = Some(K::TYPE);
    const VALUE: Option<Type> = Some(V::TYPE);
}
