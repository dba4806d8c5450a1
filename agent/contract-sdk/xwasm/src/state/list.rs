use alloc::vec::Vec;
use core::marker::PhantomData;

use super::{checked, key, StateField, COUNT, PLACE};
use crate::abi::Type;
use crate::{storage, Decode, Described, Encode, Writer};

/// Values in order, each stored by itself.
pub struct List<T> {
    name: &'static [u8],
    of: PhantomData<T>,
}

impl<T> List<T> {
    pub const fn new(name: &'static str) -> Self {
        List { name: checked(name), of: PhantomData }
    }

    /// Under a key of `contract(apart)`.
    #[doc(hidden)]
    pub const fn apart(name: &'static [u8]) -> Self {
        List { name, of: PhantomData }
    }
}

impl<T: Encode + Decode> List<T> {
    pub fn len(&self) -> u32 {
        storage::load(self.count().bytes()).unwrap_or(0)
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, place: u32) -> Option<T> {
        storage::load(self.place(place).bytes())
    }

    pub fn last(&self) -> Option<T> {
        self.get(self.len().checked_sub(1)?)
    }

    /// The place where it lies.
    pub fn push(&mut self, value: &T) -> u32 {
        self.append(value)
    }

    /// What is written as a value is.
    pub(super) fn append<Q: Encode + ?Sized>(&mut self, value: &Q) -> u32 {
        let place = self.len();
        storage::save(self.place(place).bytes(), value);
        storage::save(self.count().bytes(), &(place + 1));
        place
    }

    /// False when there is no such place.
    pub fn set(&mut self, place: u32, value: &T) -> bool {
        let there = place < self.len();
        if there {
            storage::save(self.place(place).bytes(), value);
        }
        there
    }

    pub fn pop(&mut self) -> Option<T> {
        let place = self.len().checked_sub(1)?;
        let value = self.get(place);
        storage::remove(self.place(place).bytes());
        storage::save(self.count().bytes(), &place);
        value
    }

    /// Takes a value out and puts the last one in its place.
    pub fn swap_remove(&mut self, place: u32) -> Option<T> {
        let removed = self.get(place)?;
        if let Some(last) = self.pop() {
            self.set(place, &last);
        }
        Some(removed)
    }

    /// Takes the value at a place away and puts the last one there, which is returned if it moved.
    pub(super) fn take(&mut self, place: u32) -> Option<T> {
        let last = self.len() - 1;
        let moved = if place == last { None } else { self.get(last) };
        if let Some(moved) = &moved {
            storage::save(self.place(place).bytes(), moved);
        }
        storage::remove(self.place(last).bytes());
        storage::save(self.count().bytes(), &last);
        moved
    }

    /// All values. What is changed during the walk may or may not be seen.
    pub fn iter(&self) -> impl Iterator<Item = T> {
        let list = List::<T>::apart(self.name);
        (0..self.len()).filter_map(move |place| list.get(place))
    }

    /// At most so many values from a place on: what a query answers that must not grow for ever.
    pub fn page(&self, from: u32, count: u32) -> Vec<T> {
        self.part(from, count).collect()
    }

    pub(super) fn part(&self, from: u32, count: u32) -> impl Iterator<Item = T> + '_ {
        let end = core::cmp::min(self.len(), from.saturating_add(count));
        (from..end).filter_map(move |place| self.get(place))
    }

    fn place(&self, place: u32) -> Writer {
        key(self.name, PLACE, &place)
    }

    fn count(&self) -> Writer {
        key(self.name, COUNT, &())
    }
}

impl<T: Described> StateField for List<T> {
    const KIND: &'static str = "list";
    const KEY: Option<Type> = None;
    const VALUE: Option<Type> = Some(T::TYPE);
}
