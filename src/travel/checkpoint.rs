//! Copies of everything, now and then.

use super::scene::Scene;
use crate::sim::Mark;

/// Everything at a moment.
#[derive(Debug, Clone)]
pub(super) struct Checkpoint {
    pub scene: Scene,
    /// How many entries of the tape had been played.
    pub played: usize,
    /// How far the journal was written.
    pub mark: Mark,
}

/// The most copies that are kept.
const MOST: usize = 160;
/// So many events lie between two copies, at first.
const APART: u64 = 256;

/// Checkpoints in order of time. As there come too many, every second is dropped and the next ones lie further apart.
#[derive(Debug, Clone)]
pub(super) struct Checkpoints {
    all: Vec<Checkpoint>,
    apart: u64,
}

impl Checkpoints {
    pub fn new(first: Checkpoint) -> Checkpoints {
        Checkpoints { all: vec![first], apart: APART }
    }

    /// Whether a copy is due after so many events.
    pub fn is_due(&self, events: u64) -> bool {
        self.all.last().is_none_or(|last| events >= last.scene.world().events() + self.apart)
    }

    pub fn push(&mut self, checkpoint: Checkpoint) {
        self.all.push(checkpoint);
        if self.all.len() > MOST {
            let mut index = 0;
            self.all.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.apart *= 2;
        }
    }

    /// The last one for which `is_before` holds; the first is always before everything.
    pub fn last_before(&self, is_before: impl Fn(&Checkpoint) -> bool) -> &Checkpoint {
        &self.all[self.all.partition_point(is_before).max(1) - 1]
    }

    /// What lies behind `events` never happened.
    pub fn cut(&mut self, events: u64) {
        let keep = self.all.partition_point(|checkpoint| checkpoint.scene.world().events() <= events);
        self.all.truncate(keep.max(1));
    }

    /// Forgets the older half of what came before. Gives the first that is left.
    pub fn forget(&mut self) -> &Checkpoint {
        let gone = self.all.len() / 2;
        self.all.drain(..gone);
        &self.all[0]
    }

    pub fn first(&self) -> &Checkpoint {
        &self.all[0]
    }
}
