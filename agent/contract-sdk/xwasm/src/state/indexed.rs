use alloc::vec::Vec;
use core::borrow::Borrow;
use core::marker::PhantomData;

use super::{checked, key, StateField, COUNT, ENTRY, PLACE};
use crate::abi::Type;
use crate::{storage, ContractError, Decode, Described, Encode, Result, Text, Writer};

/// Values by key with a walk over the keys. A new key costs two writes more than in a
/// [`super::Map`], a known one nothing. Removing a key puts the last one in its place.
pub struct IndexedMap<K, V> {
    name: &'static [u8],
    of: PhantomData<(K, V)>,
}

impl<K, V> IndexedMap<K, V> {
    pub const fn new(name: &'static str) -> Self {
        IndexedMap { name: checked(name), of: PhantomData }
    }

    /// Under a key of `contract(apart)`.
    #[doc(hidden)]
    pub const fn apart(name: &'static [u8]) -> Self {
        IndexedMap { name, of: PhantomData }
    }
}

impl<K: Encode + Decode, V: Encode + Decode> IndexedMap<K, V> {
    pub fn len(&self) -> u32 {
        storage::load(self.count().bytes()).unwrap_or(0)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get<Q: Encode + ?Sized>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
    {
        self.found(key).map(|(_, value)| value)
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
        storage::exists(self.entry(key).bytes())
    }

    pub fn set<Q: Encode + ?Sized>(&mut self, key: &Q, value: &V)
    where
        K: Borrow<Q>,
    {
        let place = match self.place_of(key) {
            Some(place) => place,
            None => {
                let last = self.len();
                storage::save(self.place(last).bytes(), key);
                storage::save(self.count().bytes(), &(last + 1));
                last
            }
        };
        storage::save(self.entry(key).bytes(), &(place, value));
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
        let (place, mut value) =
            self.found(key).ok_or(ContractError::StateError(otherwise))?;
        let result = change(&mut value)?;
        storage::save(self.entry(key).bytes(), &(place, value));
        Ok(result)
    }

    /// Whether there was one.
    pub fn remove<Q: Encode + ?Sized>(&mut self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        let place = match self.place_of(key) {
            Some(place) => place,
            None => return false,
        };
        storage::remove(self.entry(key).bytes());
        let last = self.len() - 1;
        if place != last {
            self.take_place(last, place);
        }
        storage::remove(self.place(last).bytes());
        storage::save(self.count().bytes(), &last);
        true
    }

    /// The key that moves up keeps its value.
    fn take_place(&mut self, from: u32, to: u32) {
        if let Some(moved) = self.key_at(from) {
            if let Some((_, value)) = self.found(moved.borrow()) {
                storage::save(self.entry::<K>(&moved).bytes(), &(to, value));
            }
            storage::save(self.place(to).bytes(), &moved);
        }
    }

    /// The key at a place, from 0; in the order of their coming as long as none was removed.
    pub fn key_at(&self, place: u32) -> Option<K> {
        storage::load(self.place(place).bytes())
    }

    /// All keys. What is set or removed during the walk may or may not be seen.
    pub fn keys(&self) -> impl Iterator<Item = K> {
        let map = IndexedMap::<K, V>::apart(self.name);
        (0..self.len()).filter_map(move |place| map.key_at(place))
    }

    pub fn iter(&self) -> impl Iterator<Item = (K, V)> {
        let map = IndexedMap::<K, V>::apart(self.name);
        self.keys().filter_map(move |key| map.get(key.borrow()).map(|value| (key, value)))
    }

    /// At most so many entries from a place on: what a query answers that must not grow for ever.
    pub fn page(&self, from: u32, count: u32) -> Vec<(K, V)> {
        self.page_of_keys(from, count)
            .filter_map(|key| self.get(key.borrow()).map(|value| (key, value)))
            .collect()
    }

    fn page_of_keys(&self, from: u32, count: u32) -> impl Iterator<Item = K> + '_ {
        let end = core::cmp::min(self.len(), from.saturating_add(count));
        (from..end).filter_map(move |place| self.key_at(place))
    }

    /// Does not look at the value, which may have the form of another version.
    fn place_of<Q: Encode + ?Sized>(&self, key: &Q) -> Option<u32>
    where
        K: Borrow<Q>,
    {
        storage::load_front(self.entry(key).bytes())
    }

    fn found<Q: Encode + ?Sized>(&self, key: &Q) -> Option<(u32, V)> {
        storage::load(self.entry(key).bytes())
    }

    fn entry<Q: Encode + ?Sized>(&self, of: &Q) -> Writer {
        key(self.name, ENTRY, of)
    }

    fn place(&self, place: u32) -> Writer {
        key(self.name, PLACE, &place)
    }

    fn count(&self) -> Writer {
        key(self.name, COUNT, &())
    }
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
        self.keys.page_of_keys(from, count).collect()
    }
}

impl<K: Described> StateField for Set<K> {
    const KIND: &'static str = "set";
    const KEY: Option<Type> = Some(K::TYPE);
    const VALUE: Option<Type> = None;
}
