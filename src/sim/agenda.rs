//! What is going to happen, earliest first; at the same moment in the order in which it was planned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A queue by moment. The heap holds small keys only, and what they stand for lies still: sorting moves less.
#[derive(Debug, Clone)]
pub(super) struct Agenda<T> {
    heap: BinaryHeap<Reverse<Key>>,
    items: Vec<T>,
    free: Vec<u32>,
    planned: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    at: i64,
    order: u32,
    item: u32,
}

impl<T> Default for Agenda<T> {
    fn default() -> Agenda<T> {
        Agenda { heap: BinaryHeap::new(), items: Vec::new(), free: Vec::new(), planned: 0 }
    }
}

impl<T: Copy> Agenda<T> {
    /// Plans `item` for the moment `at`, in whatever clock the agenda is kept.
    #[inline]
    pub fn plan(&mut self, at: i64, item: T) {
        self.planned = self.planned.wrapping_add(1);
        let place = match self.free.pop() {
            Some(place) => {
                self.items[place as usize] = item;
                place
            }
            None => {
                self.items.push(item);
                (self.items.len() - 1) as u32
            }
        };
        self.heap.push(Reverse(Key { at, order: self.planned, item: place }));
    }

    /// When the next thing happens.
    #[inline]
    pub fn next_at(&self) -> Option<i64> {
        self.heap.peek().map(|Reverse(key)| key.at)
    }

    /// Takes the next thing off.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        let Reverse(key) = self.heap.pop()?;
        self.free.push(key.item);
        Some(self.items[key.item as usize])
    }

    /// Plans everything anew, in order: `plan` gives each thing its new moment.
    pub fn replan(&mut self, mut plan: impl FnMut(i64, T) -> i64) {
        let mut keys: Vec<Key> = std::mem::take(&mut self.heap).into_iter().map(|Reverse(key)| key).collect();
        keys.sort_unstable();
        for key in keys {
            let at = plan(key.at, self.items[key.item as usize]);
            self.heap.push(Reverse(Key { at, ..key }));
        }
    }

    /// Takes everything off, earliest first.
    pub fn drain(&mut self) -> Vec<(i64, T)> {
        let mut all = Vec::with_capacity(self.heap.len());
        while let Some(at) = self.next_at() {
            all.extend(self.pop().map(|item| (at, item)));
        }
        all
    }

    /// How much is planned.
    pub fn len(&self) -> usize {
        self.heap.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earliest_first_and_then_in_order() {
        let mut agenda = Agenda::default();
        for (at, item) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b')] {
            agenda.plan(at, item);
        }
        assert_eq!(agenda.next_at(), Some(1));
        assert_eq!(agenda.pop(), Some('a'));
        agenda.replan(|at, item| if item == 'b' { 9 } else { at });
        agenda.plan(7, 'e');
        assert_eq!(agenda.drain(), [(5, 'c'), (5, 'd'), (7, 'e'), (9, 'b')]);
        assert_eq!((agenda.len(), agenda.items.len()), (0, 4), "places are used again");
    }
}
