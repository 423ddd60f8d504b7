//! A queue of the uses of connections that is cheap to copy. A server that closes connections idle for eight hours has noted
//! every use of the last eight hours, and a run keeps many copies of its world.

use crate::pool::ConnectionId;
use crate::time::Instant;
use std::collections::VecDeque;
use std::sync::Arc;

/// A use of a connection: when it will have been too long ago, the connection, and the number of the use.
pub(super) type Use = (Instant, ConnectionId, u32);

/// How many uses are in a chunk. Copies of a queue share their chunks; a chunk is copied before it is written to.
const CHUNK: usize = 256;

/// Uses in order of time.
#[derive(Debug, Clone, Default)]
pub(super) struct UseQueue {
    /// The chunks, none of which is empty.
    chunks: VecDeque<Arc<Vec<Use>>>,
    /// How many uses of the first chunk have been taken out.
    taken: usize,
}

impl UseQueue {
    /// The first use.
    #[inline]
    pub fn front(&self) -> Option<&Use> {
        self.chunks.front()?.get(self.taken)
    }

    /// Takes the first use out.
    pub fn pop_front(&mut self) {
        self.taken += 1;
        if self.front().is_none() {
            self.chunks.pop_front();
            self.taken = 0;
        }
    }

    /// Adds a use. It goes to the end, unless the time that connections may be idle has just become shorter.
    pub fn insert(&mut self, one: Use) {
        let chunks = self.chunks.len();
        let chunk = self.chunks.partition_point(|chunk| chunk[0].0 <= one.0).saturating_sub(1);
        let taken = if chunk == 0 { self.taken } else { 0 };
        match self.chunks.get_mut(chunk) {
            Some(uses) => {
                let place = uses.partition_point(|other| other.0 <= one.0).max(taken);
                if place < CHUNK || chunk + 1 < chunks {
                    return Arc::make_mut(uses).insert(place, one);
                }
            }
            None => self.taken = 0,
        }
        let mut uses = Vec::with_capacity(CHUNK);
        uses.push(one);
        self.chunks.push_back(Arc::new(uses));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// It behaves like a plain queue, and a copy that is made on the way does not change.
    #[test]
    fn is_a_queue_in_order_of_time() {
        let (mut queue, mut plain): (UseQueue, VecDeque<Use>) = (UseQueue::default(), VecDeque::new());
        let mut copies = Vec::new();
        for number in 0..5_000_u32 {
            // Now and then the idle time is shorter for a while.
            let at = i64::from(number) * 10 - if number % 700 < 20 { 4_000 } else { 0 };
            let one = (Instant::from_micros(at), ConnectionId(number % 7), number);
            queue.insert(one);
            plain.insert(plain.partition_point(|other| other.0 <= one.0), one);
            if number % 3 == 0 {
                assert_eq!(queue.front(), plain.front());
                queue.pop_front();
                plain.pop_front();
            }
            if number % 900 == 0 {
                copies.push((queue.clone(), plain.clone()));
            }
        }
        copies.push((queue, plain));
        for (mut queue, mut plain) in copies {
            while let Some(one) = plain.pop_front() {
                assert_eq!(queue.front(), Some(&one));
                queue.pop_front();
            }
            assert_eq!(queue.front(), None);
        }
    }
}
