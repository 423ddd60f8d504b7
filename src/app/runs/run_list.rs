//! The state of the list of kept runs, and what is shown of it.

use super::place::Place;
use super::words;
use crate::app::controls::Controls;
use crate::app::scene::Stage;
use crate::progress::Progress;
use crate::run::{Label, Run};
use crate::sim::Setup;
use crate::storage::{self, RemovedRun, Storage, StorageError, StoredRun};
use crate::time::Instant;
use js_sys::Date;
use std::cell::RefCell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;

/// Puts another pool beside the world that a scene shows.
pub type Beside = Rc<dyn Fn(Setup)>;
/// Something under way with the keep.
pub(super) type StorageTask = Pin<Box<dyn Future<Output = Result<(), StorageError>>>>;
/// Something that is to be done with the keep.
type WithStorage = Box<dyn FnOnce(RunList, Storage) -> StorageTask>;

/// The list's state. Cheap to clone: all clones are one.
#[derive(Clone)]
pub struct RunList {
    pub(super) controls: Controls,
    /// Only runs of this scene are listed, if it says one.
    only: Option<&'static str>,
    state: Rc<RefCell<RunListState>>,
    place: Rc<RefCell<Option<Rc<Place>>>>,
}

/// What is known, and what was done last.
#[derive(Default)]
pub(super) struct RunListState {
    storage: Option<Storage>,
    /// Whether it is being opened, and what was asked for meanwhile.
    is_opening: bool,
    waiting: Vec<WithStorage>,
    /// Why the keep is memory, if it is.
    refusal: Option<StorageError>,
    pub beside: Option<Beside>,
    /// The name that is proposed for the run that is shown.
    pub proposed: String,
    /// The name of the run that is to be kept, until the stage has been looked at.
    pub wanted: Option<String>,
    pub kept: Vec<StoredRun>,
    pub renaming: Option<u32>,
    /// The run that was deleted last, while it can be put back.
    pub removed: Option<RemovedRun>,
    /// The runs to compare, at most two, and the two beside each other.
    pub chosen: Vec<u32>,
    pub pair: Option<(Run, Run)>,
    pub progress: Progress,
    /// The number of the run that is being taken in: an earlier one is stopped.
    pub import: u32,
    /// How far that is, if it takes longer than a moment.
    pub importing: Option<u8>,
    said: String,
    complaint: String,
}

impl RunList {
    /// The list under a scene. Nothing is opened yet.
    pub fn new(controls: Controls) -> RunList {
        RunList { controls, only: None, state: Rc::default(), place: Rc::default() }
    }

    /// The same, of runs that were made in its own scene only.
    pub fn of_its_own(self) -> RunList {
        RunList { only: Some(self.controls.scene), ..self }
    }

    pub(super) fn settle(&self, place: Place, beside: Option<Beside>) {
        *self.place.borrow_mut() = Some(Rc::new(place));
        self.with(|state| state.beside = beside);
    }

    pub(super) fn with<T>(&self, look: impl FnOnce(&mut RunListState) -> T) -> T {
        look(&mut self.state.borrow_mut())
    }

    /// Where it is on the page, once it is there.
    pub(super) fn place(&self) -> Option<Rc<Place>> {
        self.place.borrow().clone()
    }

    /// Somebody looks: the keep is opened, or read again, since another tab may have been at it.
    pub(super) fn open(&self) {
        let this = self.clone();
        spawn_local(async move {
            if this.with(|state| state.storage.is_none() && !std::mem::replace(&mut state.is_opening, true)) {
                let (storage, refusal) = Storage::open(storage::NAME).await;
                this.with(|state| (state.storage, state.refusal) = (Some(storage), refusal));
                for task in this.with(|state| std::mem::take(&mut state.waiting)) {
                    this.go(task);
                }
            }
            this.go(move |this, storage| {
                Box::pin(async move {
                    let progress = storage.progress().await?;
                    this.with(|state| state.progress.join(&progress));
                    Ok(())
                })
            });
        });
    }

    /// The stage shows a moment: its run is kept, if that is wanted.
    pub fn look(&self, stage: &Stage) {
        let travel = stage.travel();
        let proposed = Label::name_for(&travel.world().setup().settings, travel.head() - Instant::ZERO);
        if self.with(|state| state.proposed != proposed)
            && let Some(place) = self.place()
        {
            place.set("[data-field=name]", "placeholder", &proposed);
            self.with(|state| state.proposed = proposed);
        }
        if let Some(name) = self.with(|state| state.wanted.take()) {
            match Run::of(travel, Label::new(&name, &now(), self.controls.scene)) {
                Ok(run) => self.add(run, "Kept", "kept-run"),
                Err(why) => self.complain(&why.to_string()),
            }
        }
    }

    pub(super) fn say(&self, said: &str) {
        self.with(|state| (state.said, state.complaint) = (said.into(), String::new()));
        self.paint();
    }

    pub(super) fn complain(&self, complaint: &str) {
        self.with(|state| (state.said, state.complaint) = (String::new(), complaint.into()));
        self.paint();
    }

    /// Something with the keep, as soon as it is open; afterwards the list is as it is there.
    pub(super) fn go(&self, task: impl FnOnce(RunList, Storage) -> StorageTask + 'static) {
        let Some(storage) = self.with(|state| state.storage.clone()) else {
            return self.with(|state| state.waiting.push(Box::new(task)));
        };
        let task = task(self.clone(), storage.clone());
        spawn_local(self.clone().carry_out(storage, task));
    }

    async fn carry_out(self, storage: Storage, task: StorageTask) {
        let done = task.await;
        let damaged = match storage.list().await {
            Ok((mut kept, damaged)) => {
                kept.retain(|kept| self.only.is_none_or(|scene| kept.card.label.scene == scene));
                self.with(|state| state.kept = kept);
                damaged.join(" ")
            }
            Err(error) => error.to_string(),
        };
        match done {
            Err(error) => self.complain(&error.to_string()),
            Ok(()) if !damaged.is_empty() => self.complain(&damaged),
            Ok(()) => self.paint(),
        }
    }

    /// Notes that something was done. If that cannot be kept, it is in the code all the same.
    pub(super) async fn note(&self, storage: &Storage, deed: &str) {
        if self.with(|state| state.progress.add(deed)) {
            let progress = self.with(|state| state.progress.clone());
            let _ = storage.note(&progress).await;
        }
    }

    /// Shows what is known.
    pub(super) fn paint(&self) {
        let Some(place) = self.place() else { return };
        // The state is not held while the page changes: what the page tells meanwhile may want it.
        let (texts, rows, compared) = self.with(|state| state.words());
        for (selector, text) in texts {
            place.text(selector, &text);
        }
        place.fill("[data-field=code]", &self.with(|state| state.progress.code()));
        place.show("[data-figure=undo]", self.with(|state| state.removed.is_some()));
        place.show("[data-figure=importing]", self.with(|state| state.importing.is_some()));
        place.show("thead", !rows.is_empty());
        place.rows(rows);
        place.check(&self.with(|state| state.chosen.clone()));
        place.html("[data-figure=runs-compared]", &compared);
    }
}

impl RunListState {
    /// The texts that are shown and where, the rows of the table, and what is said of two runs.
    fn words(&self) -> ([(&'static str, String); 6], words::RunRows, String) {
        let notice = self.refusal.as_ref().map(|error| words::notice(&error.to_string(), &self.progress.code()));
        let removed = self.removed.as_ref().map(|removed| format!("“{}” is deleted.", removed.name()));
        let importing = self.importing.map(|percent| format!("Checking that it plays: {percent} %."));
        let texts = [
            ("[data-figure=progress]", words::progress(&self.progress)),
            ("[data-figure=keep-notice]", notice.unwrap_or_default()),
            ("[data-figure=runs-said]", self.said.clone()),
            ("[data-figure=runs-complaint]", self.complaint.clone()),
            ("[data-figure=importing] span", importing.unwrap_or_default()),
            ("[data-figure=undo] span", removed.unwrap_or_default()),
        ];
        let compared = words::compared(self.pair.as_ref(), self.chosen.len(), self.beside.is_some());
        (texts, words::rows(&self.kept, self.renaming), compared)
    }
}

/// The reader's clock, as a label.
fn now() -> String {
    let now = Date::new_0();
    let [year, month, day] = [now.get_full_year(), now.get_month() + 1, now.get_date()];
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", now.get_hours(), now.get_minutes())
}
