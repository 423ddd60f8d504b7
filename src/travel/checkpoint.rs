//! Checkpoints: copies of everything at some moments, from which any other moment can be reached.

use super::pictured_world::PicturedWorld;
use crate::sim::Mark;

/// A copy of everything at a moment.
#[derive(Debug, Clone)]
pub(super) struct Checkpoint {
    pub pictured: PicturedWorld,
    /// How many entries of the tape had been played.
    pub played: usize,
    /// How far the journal had been written.
    pub mark: Mark,
}

/// The most checkpoints that are kept.
const MOST: usize = 160;
/// The most things that all checkpoints hold together: requests and connections, in the world and in its picture. Each is some
/// hundred bytes.
const MOST_THINGS: u64 = 200_000;
/// How many events lie between two checkpoints, at first.
const APART: u64 = 256;

/// Checkpoints in order of time. When there are too many, or they hold too much, every second one is dropped, and the next ones
/// are further apart.
#[derive(Debug, Clone)]
pub(super) struct Checkpoints {
    all: Vec<Checkpoint>,
    apart: u64,
    /// How many things they hold together.
    things: u64,
}

impl Checkpoints {
    pub fn new(first: Checkpoint) -> Checkpoints {
        Checkpoints { things: first.pictured.things(), all: vec![first], apart: APART }
    }

    /// Whether a checkpoint is worth a look after this many events.
    pub fn is_due(&self, events: u64) -> bool {
        self.all.last().is_none_or(|last| events >= last.pictured.world().events() + self.apart)
    }

    /// Whether a checkpoint of this picture is due. What holds much is copied less often, so that copying costs no more than
    /// playing does.
    pub fn is_worth_it(&self, pictured: &PicturedWorld) -> bool {
        pictured.things() <= MOST_THINGS / 4
            && self.all.last().is_none_or(|last| {
                pictured.world().events() >= last.pictured.world().events() + self.apart.max(pictured.things())
            })
    }

    pub fn push(&mut self, checkpoint: Checkpoint) {
        self.things += checkpoint.pictured.things();
        self.all.push(checkpoint);
        while self.all.len() > MOST || self.things > MOST_THINGS && self.all.len() > 2 {
            let mut index = 0;
            self.all.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.apart *= 2;
            self.count();
        }
    }

    fn count(&mut self) {
        self.things = self.all.iter().map(|checkpoint| checkpoint.pictured.things()).sum();
    }

    /// The last checkpoint for which `is_before` holds. The first one counts as before everything.
    pub fn last_before(&self, is_before: impl Fn(&Checkpoint) -> bool) -> &Checkpoint {
        &self.all[self.all.partition_point(is_before).max(1) - 1]
    }

    /// Drops the checkpoints after this many events, because that future has not happened any more.
    pub fn cut(&mut self, events: u64) {
        let keep = self.all.partition_point(|checkpoint| checkpoint.pictured.world().events() <= events);
        self.all.truncate(keep.max(1));
        self.count();
    }

    /// Drops the older half of the checkpoints. Returns the first that is left.
    pub fn forget(&mut self) -> &Checkpoint {
        let gone = self.all.len() / 2;
        self.all.drain(..gone);
        self.count();
        &self.all[0]
    }

    /// How many things they hold together.
    pub fn things(&self) -> u64 {
        self.things
    }

    pub fn first(&self) -> &Checkpoint {
        &self.all[0]
    }
}
