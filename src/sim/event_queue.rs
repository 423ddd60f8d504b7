//! A queue of planned events, earliest first. Events at the same moment are in the order in which they were planned.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A queue of events by their moments.
#[derive(Debug, Clone)]
pub(super) struct EventQueue<T> {
    heap: BinaryHeap<Entry<T>>,
    /// Whether the first entry has been popped but is still in the heap. Whatever is planned next replaces it, which is half the
    /// work of removing one entry and inserting another.
    taken: bool,
    /// When the next event is. It is cached, because it is read far more often than it changes.
    next_at: i64,
    planned: u32,
}

/// An event. Moment and number are one key, so that comparing takes no branches. The earliest entry is the greatest.
#[derive(Debug, Clone, Copy)]
struct Entry<T> {
    key: i128,
    item: T,
}

impl<T> Entry<T> {
    #[inline]
    fn new(at: i64, order: u32, item: T) -> Entry<T> {
        Entry { key: i128::from(at) << 64 | i128::from(order), item }
    }

    #[inline]
    fn at(&self) -> i64 {
        (self.key >> 64) as i64
    }
}

impl<T> PartialEq for Entry<T> {
    fn eq(&self, other: &Entry<T>) -> bool {
        self.key == other.key
    }
}

impl<T> Eq for Entry<T> {}

impl<T> PartialOrd for Entry<T> {
    #[inline]
    fn partial_cmp(&self, other: &Entry<T>) -> Option<Ordering> {
        Some(self.cmp(other))
    }

    #[inline]
    fn lt(&self, other: &Entry<T>) -> bool {
        other.key < self.key
    }

    #[inline]
    fn le(&self, other: &Entry<T>) -> bool {
        other.key <= self.key
    }

    #[inline]
    fn ge(&self, other: &Entry<T>) -> bool {
        other.key >= self.key
    }
}

impl<T> Ord for Entry<T> {
    #[inline]
    fn cmp(&self, other: &Entry<T>) -> Ordering {
        other.key.cmp(&self.key)
    }
}

impl<T> Default for EventQueue<T> {
    fn default() -> EventQueue<T> {
        EventQueue { heap: BinaryHeap::new(), taken: false, next_at: i64::MAX, planned: 0 }
    }
}

impl<T: Copy> EventQueue<T> {
    /// Plans `item` for the moment `at`, in whatever unit of time the queue is used with.
    #[inline]
    pub fn plan(&mut self, at: i64, item: T) {
        self.planned = self.planned.wrapping_add(1);
        let entry = Entry::new(at, self.planned, item);
        if !self.taken {
            self.heap.push(entry);
            self.next_at = self.next_at.min(at);
            return;
        }
        if let Some(mut first) = self.heap.peek_mut() {
            *first = entry;
        }
        self.taken = false;
        self.look();
    }

    /// When the next event is; `i64::MAX` if nothing is planned.
    #[inline]
    pub fn next_at(&self) -> i64 {
        self.next_at
    }

    /// Finds the moment of the next event again.
    #[inline]
    fn look(&mut self) {
        self.next_at = match (self.taken, self.heap.as_slice()) {
            (false, [first, ..]) | (true, [_, first]) => first.at(),
            (true, [_, left, right, ..]) => left.at().min(right.at()),
            _ => i64::MAX,
        };
    }

    /// Takes the next event out.
    #[inline(always)]
    pub fn pop(&mut self) -> Option<T> {
        self.tidy();
        let item = self.heap.peek()?.item;
        self.taken = true;
        self.look();
        Some(item)
    }

    /// Removes an entry that was popped and is still in the heap.
    #[inline]
    fn tidy(&mut self) {
        if self.taken {
            self.remove_first();
        }
    }

    fn remove_first(&mut self) {
        self.taken = false;
        self.heap.pop();
    }

    /// Whether something of this kind is planned.
    pub fn any(&self, mut is_it: impl FnMut(T) -> bool) -> bool {
        // An entry that was popped and is still in the heap is on top.
        self.heap.as_slice().iter().skip(self.taken.into()).any(|entry| is_it(entry.item))
    }

    /// Takes the earliest event of this kind out.
    pub fn withdraw(&mut self, is_it: impl Fn(T) -> bool) -> Option<T> {
        self.pop_due(i64::MAX, is_it)
    }

    /// Takes the earliest event of this kind out, if its moment has come.
    pub fn pop_due(&mut self, now: i64, is_it: impl Fn(T) -> bool) -> Option<T> {
        if self.next_at > now {
            return None;
        }
        self.tidy();
        let due = |entry: &&Entry<T>| (entry.key >> 64) as i64 <= now && is_it(entry.item);
        let found = self.heap.iter().filter(due).map(|entry| entry.key).min()?;
        let item = self.heap.iter().find(|entry| entry.key == found)?.item;
        self.heap.retain(|entry| entry.key != found);
        self.look();
        Some(item)
    }

    /// Plans everything anew, in order: `plan` returns the new moment of each event.
    pub fn replan(&mut self, mut plan: impl FnMut(i64, T) -> i64) {
        self.tidy();
        for Entry { key, item } in std::mem::take(&mut self.heap).into_sorted_vec().into_iter().rev() {
            let at = plan((key >> 64) as i64, item);
            self.heap.push(Entry::new(at, key as u32, item));
        }
        self.look();
    }

    /// Takes everything out, earliest first.
    pub fn drain(&mut self) -> Vec<(i64, T)> {
        let mut all = Vec::with_capacity(self.len());
        loop {
            let at = self.next_at;
            let Some(item) = self.pop() else { return all };
            all.push((at, item));
        }
    }

    /// How many events are planned.
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
        let mut agenda = EventQueue::default();
        for (at, item) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b')] {
            agenda.plan(at, item);
        }
        assert_eq!(agenda.next_at(), 1);
        assert_eq!(agenda.pop(), Some('a'));
        agenda.replan(|at, item| if item == 'b' { 9 } else { at });
        agenda.plan(7, 'e');
        assert_eq!(agenda.withdraw(|item| item == 'x'), None);
        agenda.plan(8, 'x');
        assert_eq!(agenda.withdraw(|item| item == 'x'), Some('x'));
        assert_eq!(agenda.drain(), [(5, 'c'), (5, 'd'), (7, 'e'), (9, 'b')]);
        assert_eq!(agenda.len(), 0);
    }

    #[test]
    fn it_is_as_if_sorted() {
        let mut agenda = EventQueue::default();
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
