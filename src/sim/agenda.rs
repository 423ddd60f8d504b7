//! What is going to happen, earliest first; at the same moment in the order in which it was planned.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A queue by moment. The heap holds small keys only, and what they stand for lies still: sorting moves less.
#[derive(Debug, Clone)]
pub(super) struct Agenda<T> {
    heap: BinaryHeap<Reverse<Key>>,
    /// The first has been taken off, but its key stands there yet. Whatever is planned next takes its place, which is half the
    /// work of removing one and inserting another.
    taken: bool,
    /// When the next thing happens: asked far more often than it changes.
    next_at: i64,
    items: Vec<T>,
    free: Vec<u32>,
    planned: u32,
}

/// Moment, number and place of an item in one number: comparing takes no branches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Key(i128);

impl Key {
    #[inline]
    fn new(at: i64, order: u32, item: u32) -> Key {
        Key(i128::from(at) << 64 | i128::from(order) << 32 | i128::from(item))
    }

    #[inline]
    fn at(self) -> i64 {
        (self.0 >> 64) as i64
    }

    #[inline]
    fn item(self) -> u32 {
        self.0 as u32
    }

    fn moved(self, at: i64) -> Key {
        Key(i128::from(at) << 64 | i128::from(self.0 as u64))
    }
}

impl<T> Default for Agenda<T> {
    fn default() -> Agenda<T> {
        Agenda {
            heap: BinaryHeap::new(),
            taken: false,
            next_at: i64::MAX,
            items: Vec::new(),
            free: Vec::new(),
            planned: 0,
        }
    }
}

impl<T: Copy> Agenda<T> {
    /// Plans `item` for the moment `at`, in whatever clock the agenda is kept.
    #[inline]
    pub fn plan(&mut self, at: i64, item: T) {
        self.planned = self.planned.wrapping_add(1);
        if self.taken && self.replace_first(at, item) {
            self.taken = false;
            self.look();
            return;
        }
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
        self.heap.push(Reverse(Key::new(at, self.planned, place)));
        self.next_at = self.next_at.min(at);
    }

    #[inline]
    fn replace_first(&mut self, at: i64, item: T) -> bool {
        let Some(mut first) = self.heap.peek_mut() else { return false };
        let place = first.0.item();
        self.items[place as usize] = item;
        *first = Reverse(Key::new(at, self.planned, place));
        true
    }

    /// When the next thing happens; `i64::MAX` if nothing is planned.
    #[inline]
    pub fn next_at(&self) -> i64 {
        self.next_at
    }

    /// Looks again for what is next.
    #[inline]
    fn look(&mut self) {
        self.next_at = match (self.taken, self.heap.as_slice()) {
            (false, [first, ..]) | (true, [_, first]) => first.0.at(),
            (true, [_, left, right, ..]) => left.0.at().min(right.0.at()),
            _ => i64::MAX,
        };
    }

    /// Takes the next thing off.
    #[inline]
    pub fn pop(&mut self) -> Option<T> {
        self.tidy();
        let &Reverse(key) = self.heap.peek()?;
        self.taken = true;
        self.look();
        Some(self.items[key.item() as usize])
    }

    /// Removes what was taken off.
    #[inline]
    fn tidy(&mut self) {
        if self.taken
            && let Some(Reverse(key)) = self.heap.pop()
        {
            self.taken = false;
            self.free.push(key.item());
        }
    }

    /// Plans everything anew, in order: `plan` gives each thing its new moment.
    pub fn replan(&mut self, mut plan: impl FnMut(i64, T) -> i64) {
        self.tidy();
        let mut keys: Vec<Key> = std::mem::take(&mut self.heap).into_iter().map(|Reverse(key)| key).collect();
        keys.sort_unstable();
        for key in keys {
            let at = plan(key.at(), self.items[key.item() as usize]);
            self.heap.push(Reverse(key.moved(at)));
        }
        self.look();
    }

    /// Takes everything off, earliest first.
    pub fn drain(&mut self) -> Vec<(i64, T)> {
        let mut all = Vec::with_capacity(self.len());
        loop {
            let at = self.next_at;
            let Some(item) = self.pop() else { return all };
            all.push((at, item));
        }
    }

    /// How much is planned.
    #[inline]
    pub fn len(&self) -> usize {
        self.heap.len() - usize::from(self.taken)
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
        assert_eq!(agenda.next_at(), 1);
        assert_eq!(agenda.pop(), Some('a'));
        agenda.replan(|at, item| if item == 'b' { 9 } else { at });
        agenda.plan(7, 'e');
        assert_eq!(agenda.drain(), [(5, 'c'), (5, 'd'), (7, 'e'), (9, 'b')]);
        assert_eq!((agenda.len(), agenda.items.len()), (0, 4), "places are used again");
    }

    #[test]
    fn it_is_as_if_sorted() {
        let mut agenda = Agenda::default();
        let mut sorted = std::collections::BTreeSet::new();
        let mut chance = 1_u32;
        for number in 0..20_000 {
            chance = chance.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if chance >> 30 == 0 || sorted.len() > 20 {
                assert_eq!(agenda.pop(), sorted.pop_first().map(|(_, number)| number));
            } else {
                let at = i64::from(chance >> 24) - 100;
                agenda.plan(at, number);
                sorted.insert((at, number));
            }
            assert_eq!(agenda.next_at(), sorted.first().map_or(i64::MAX, |&(at, _)| at));
            assert_eq!(agenda.len(), sorted.len());
        }
    }
}
