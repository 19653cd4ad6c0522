//! Maps and sets of what a kernel has: sorted vectors, as they are small, and their code is part of what pages download.

use std::borrow::Borrow;
use std::{slice, vec};

/// Values by their keys, in the order of the keys.
pub use litemap::LiteMap as Map;

/// Items in order, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set<Item>(Vec<Item>);

impl<Item: Ord> Set<Item> {
    /// Adds an item; returns whether it was new.
    pub fn insert(&mut self, item: Item) -> bool {
        let place = self.0.binary_search(&item);
        if let Err(place) = place {
            self.0.insert(place, item);
        }
        place.is_err()
    }

    /// Whether an item is there.
    pub fn contains<Key: Ord + ?Sized>(&self, item: &Key) -> bool
    where
        Item: Borrow<Key>,
    {
        self.0.binary_search_by(|other| other.borrow().cmp(item)).is_ok()
    }
}

impl<Item> Set<Item> {
    /// The items in order.
    pub fn iter(&self) -> slice::Iter<'_, Item> {
        self.0.iter()
    }
}

impl<Item> Default for Set<Item> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<Item: Ord> Extend<Item> for Set<Item> {
    fn extend<Items: IntoIterator<Item = Item>>(&mut self, items: Items) {
        for item in items {
            self.insert(item);
        }
    }
}

impl<Item: Ord> FromIterator<Item> for Set<Item> {
    fn from_iter<Items: IntoIterator<Item = Item>>(items: Items) -> Self {
        let mut set = Self::default();
        set.extend(items);
        set
    }
}

impl<Item> IntoIterator for Set<Item> {
    type Item = Item;
    type IntoIter = vec::IntoIter<Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a, Item> IntoIterator for &'a Set<Item> {
    type Item = &'a Item;
    type IntoIter = slice::Iter<'a, Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::Set;

    #[test]
    fn items_stand_in_order_and_once() {
        let mut set: Set<i32> = [3, 1, 2, 3].into_iter().collect();
        assert!(set.insert(0) && !set.insert(2));
        assert!(set.contains(&3) && !set.contains(&4));
        assert_eq!(set.iter().copied().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(set.into_iter().next_back(), Some(3));
    }
}
