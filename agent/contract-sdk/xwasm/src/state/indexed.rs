use alloc::vec::Vec;
use core::borrow::Borrow;

use super::{List, Map, StateField};
use crate::abi::Type;
use crate::{storage, ContractError, Decode, Described, Encode, Result, Text};

/// Values by key with a walk over the keys. A new key costs two writes more than in a
/// [`super::Map`], a known one nothing. Removing a key puts the last one in its place.
pub struct IndexedMap<K, V> {
    /// With each value the place of its key.
    entries: Map<K, (u32, V)>,
    keys: List<K>,
}

impl<K, V> IndexedMap<K, V> {
    pub const fn new(name: &'static str) -> Self {
        IndexedMap { entries: Map::new(name), keys: List::new(name) }
    }

    /// Under a key of `contract(apart)`.
    #[doc(hidden)]
    pub const fn apart(name: &'static [u8]) -> Self {
        IndexedMap { entries: Map::apart(name), keys: List::apart(name) }
    }
}

impl<K: Encode + Decode, V: Encode + Decode> IndexedMap<K, V> {
    pub fn len(&self) -> u32 {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub fn get<Q: Encode + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(key).map(|(_, value)| value)
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
        self.entries.contains(key)
    }

    pub fn set<Q: Encode + ?Sized>(&mut self, key: &Q, value: &V)
    where
        K: Borrow<Q>,
    {
        let entry = self.entries.key(key);
        // Does not look at the value, which may have the form of another version.
        let place = match storage::load_front(entry.bytes()) {
            Some(place) => place,
            None => self.keys.append(key),
        };
        storage::save(entry.bytes(), &(place, value));
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
        self.entries.change(key, otherwise, |(_, value)| change(value))
    }

    /// Whether there was one.
    pub fn remove<Q: Encode + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        let entry = self.entries.key(key);
        let place = match storage::load_front(entry.bytes()) {
            Some(place) => place,
            None => return false,
        };
        storage::remove(entry.bytes());
        // The key that moves up keeps its value.
        if let Some(moved) = self.keys.take(place) {
            if let Some((_, value)) = self.entries.get(moved.borrow()) {
                self.entries.set(moved.borrow(), &(place, value));
            }
        }
        true
    }

    /// The key at a place, from 0; in the order of their coming as long as none was removed.
    pub fn key_at(&self, place: u32) -> Option<K> {
        self.keys.get(place)
    }

    /// All keys. What is set or removed during the walk may or may not be seen.
    pub fn keys(&self) -> impl Iterator<Item = K> {
        self.keys.iter()
    }

    pub fn iter(&self) -> impl Iterator<Item = (K, V)> {
        let entries = self.entries.again();
        self.keys().filter_map(move |key| with_value(&entries, key))
    }

    /// At most so many entries from a place on: what a query answers that must not grow for ever.
    pub fn page(&self, from: u32, count: u32) -> Vec<(K, V)> {
        self.keys.part(from, count).filter_map(|key| with_value(&self.entries, key)).collect()
    }
}

fn with_value<K, V>(entries: &Map<K, (u32, V)>, key: K) -> Option<(K, V)>
where
    K: Encode + Decode,
    V: Encode + Decode,
{
    entries.get(key.borrow()).map(|(_, value)| (key, value))
}

impl<K: Described, V: Described> StateField for IndexedMap<K, V> {
    const KIND: &'static str = "indexed_map";
    const KEY: Option<Type> = Some(K::TYPE);
    const VALUE: Option<Type> = Some(V::TYPE);
}

/// Keys, each of them there once.
pub struct Set<K> {
    keys: IndexedMap<K, ()>,
}

impl<K> Set<K> {
    pub const fn new(name: &'static str) -> Self {
        Set { keys: IndexedMap::new(name) }
    }

    /// Under a key of `contract(apart)`.
    #[doc(hidden)]
    pub const fn apart(name: &'static [u8]) -> Self {
        Set { keys: IndexedMap::apart(name) }
    }
}

impl<K: Encode + Decode> Set<K> {
    pub fn len(&self) -> u32 {
        self.keys.len()
    }

    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    pub fn contains<Q: Encode + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.keys.contains(key)
    }

    /// Whether it is new.
    pub fn insert<Q: Encode + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        let new = !self.keys.contains(key);
        if new {
            self.keys.set(key, &());
        }
        new
    }

    /// Whether it was there.
    pub fn remove<Q: Encode + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.keys.remove(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = K> {
        self.keys.keys()
    }

    /// At most so many keys from a place on; in the order of their coming as long as none was removed.
    pub fn page(&self, from: u32, count: u32) -> Vec<K> {
        self.keys.keys.page(from, count)
    }
}

impl<K: Described> StateField for Set<K> {
    const KIND: &'static str = "set";
    const KEY: Option<Type> = Some(K::TYPE);
    const VALUE: Option<Type> = None;
}
