//! Kept runs in memory, where the browser keeps nothing.

use super::StoredRun;
use crate::progress::Progress;
use crate::run::{Label, Run};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Kept runs and progress that go with the page.
#[derive(Debug, Default)]
pub struct MemoryStorage {
    runs: RefCell<BTreeMap<u32, Run>>,
    last: Cell<u32>,
    progress: RefCell<Progress>,
}

impl MemoryStorage {
    pub(super) fn list(&self) -> Vec<StoredRun> {
        self.runs.borrow().iter().map(|(&id, run)| StoredRun { id, card: run.card.clone() }).collect()
    }

    pub(super) fn add(&self, run: Run) -> u32 {
        let id = self.last.get() + 1;
        self.last.set(id);
        self.runs.borrow_mut().insert(id, run);
        id
    }

    pub(super) fn put_back(&self, id: u32, run: Run) -> u32 {
        if self.runs.borrow().contains_key(&id) {
            return self.add(run);
        }
        self.runs.borrow_mut().insert(id, run);
        id
    }

    pub(super) fn run(&self, id: u32) -> Option<Run> {
        self.runs.borrow().get(&id).cloned()
    }

    pub(super) fn rename(&self, id: u32, name: &str) -> Option<()> {
        let mut runs = self.runs.borrow_mut();
        let label = &mut runs.get_mut(&id)?.card.label;
        *label = Label::new(name, &label.made, &label.scene);
        Some(())
    }

    pub(super) fn remove(&self, id: u32) {
        self.runs.borrow_mut().remove(&id);
    }

    pub(super) fn progress(&self) -> Progress {
        self.progress.borrow().clone()
    }

    pub(super) fn note(&self, progress: &Progress) {
        self.progress.borrow_mut().join(progress);
    }
}
