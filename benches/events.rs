//! The same worlds in an event loop as one writes it first: a heap of what is going to happen, and a line of who waits.

use crate::world::{Outcome, SERVERS, Workload};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// What is going to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Departure,
    Arrival,
}

/// Plays a world event by event. All wait equally long, so the next deadline is that of whoever came first, and none of
/// them stands in the heap: with them in it, a request of world B takes three times as long.
pub fn run(workload: &Workload, requests: u32) -> Outcome {
    let (mut arrivals, mut work) = (workload.arrivals(), workload.work());
    let mut outcome = Outcome::with_capacity(requests);
    let (mut events, mut line) = (BinaryHeap::new(), VecDeque::new());
    let (mut idle, mut to_come) = (SERVERS, requests);
    events.push(Reverse((arrivals.draw(), Event::Arrival)));
    while let Some(&Reverse((now, event))) = events.peek() {
        if let (Some(&came), Some(patience)) = (line.front(), workload.patience)
            && came + patience <= now
        {
            line.pop_front();
            outcome.give_up(patience);
            continue;
        }
        events.pop();
        match event {
            Event::Arrival => {
                to_come -= 1;
                if to_come > 0 {
                    events.push(Reverse((now + arrivals.draw(), Event::Arrival)));
                }
                if idle > 0 {
                    idle -= 1;
                    outcome.serve(0);
                    events.push(Reverse((now + work.draw(), Event::Departure)));
                } else {
                    line.push_back(now);
                }
            }
            Event::Departure => match line.pop_front() {
                Some(came) => {
                    outcome.serve(now - came);
                    events.push(Reverse((now + work.draw(), Event::Departure)));
                }
                None => idle += 1,
            },
        }
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loops;

    #[test]
    fn it_finds_what_the_tightest_loop_finds() {
        for workload in [Workload::A, Workload::B] {
            assert!(run(&workload, 1_000_000) == loops::line(&workload, 1_000_000), "{workload:?}");
        }
    }
}
