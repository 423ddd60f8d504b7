//! The state of the list of kept runs.

use super::place::Place;
use crate::app::controls::Controls;
use crate::app::stage::Stage;
use crate::keep::{Error, Keep, Kept, Removed};
use crate::progress::Progress;
use crate::run::{Label, Run};
use js_sys::Date;
use leptos::prelude::*;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The database's name: not the one that the live lot plays with.
const NAME: &str = "valet-keep";

/// Something under way with the keep. Boxed: each would be a copy of the keep's code in whatever awaits it.
pub(super) type Deed = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

/// The list's state. Copy: all copies are one.
#[derive(Debug, Clone, Copy)]
pub struct Shelf {
    pub(super) controls: Controls,
    /// Only runs of this scene are listed, if it says one.
    only: Option<&'static str>,
    keep: StoredValue<Option<Keep>, LocalStorage>,
    /// Where it is on the page.
    pub(super) place: StoredValue<Option<Place>, LocalStorage>,
    /// Why the keep is memory, if it is.
    pub(super) refusal: RwSignal<Option<Error>>,
    /// The name of the run that is to be kept, until the stage has been looked at.
    pub(super) wanted: RwSignal<Option<String>>,
    /// The run that was deleted last, while it can be put back, and its name.
    pub(super) deleted: StoredValue<Option<Removed>, LocalStorage>,
    pub(super) removed: RwSignal<Option<String>>,
    pub(super) kept: RwSignal<Vec<Kept>>,
    pub(super) renaming: RwSignal<Option<u32>>,
    /// The runs to compare, at most two, and the two beside each other.
    pub(super) chosen: RwSignal<Vec<u32>>,
    pub(super) compared: RwSignal<Option<Arc<(Run, Run)>>>,
    /// What was done last, or what went wrong.
    pub(super) said: RwSignal<String>,
    pub(super) complaint: RwSignal<String>,
    pub(super) progress: RwSignal<Progress>,
}

impl Shelf {
    /// The list under a scene. Nothing is opened yet.
    pub fn new(controls: Controls) -> Shelf {
        Shelf {
            controls,
            only: None,
            keep: StoredValue::new_local(None),
            place: StoredValue::new_local(None),
            refusal: RwSignal::new(None),
            wanted: RwSignal::new(None),
            deleted: StoredValue::new_local(None),
            removed: RwSignal::new(None),
            kept: RwSignal::new(Vec::new()),
            renaming: RwSignal::new(None),
            chosen: RwSignal::new(Vec::new()),
            compared: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            complaint: RwSignal::new(String::new()),
            progress: RwSignal::new(Progress::default()),
        }
    }

    /// The same, of runs that were made in its own scene only.
    pub fn of_its_own(self) -> Shelf {
        Shelf { only: Some(self.controls.scene), ..self }
    }

    /// Somebody looks: the keep is opened, or read again, since another tab may have been at it.
    pub fn open(&self) {
        let this = *self;
        spawn_local(async move {
            if this.keep.with_value(Option::is_none) {
                let (keep, refusal) = Keep::open(NAME).await;
                this.refusal.set(refusal);
                this.keep.set_value(Some(keep));
            }
            this.go(|_, keep| {
                Box::pin(async move {
                    let progress = keep.progress().await?;
                    this.progress.update(|known| known.join(&progress));
                    Ok(())
                })
            });
        });
    }

    /// The stage shows a moment: its run is kept, if that is wanted.
    pub fn look(&self, stage: &Stage) {
        if let Some(name) = self.wanted.get_untracked() {
            self.wanted.set(None);
            match Run::of(stage.travel(), Label::new(&name, &now(), self.controls.scene)) {
                Ok(run) => self.add(run, "Kept", "kept-run"),
                Err(why) => self.complain(&why.to_string()),
            }
        }
    }

    pub(super) fn say(&self, said: &str) {
        self.complaint.set(String::new());
        self.said.set(said.to_string());
    }

    pub(super) fn complain(&self, complaint: &str) {
        self.said.set(String::new());
        self.complaint.set(complaint.to_string());
    }

    /// Something with the keep; afterwards the list is as it is there.
    pub(super) fn go(&self, deed: impl FnOnce(Shelf, Keep) -> Deed) {
        if let Some(keep) = self.keep.with_value(Option::clone) {
            self.carry_out(keep.clone(), deed(*self, keep));
        }
    }

    fn carry_out(&self, keep: Keep, deed: Deed) {
        let this = *self;
        spawn_local(async move {
            let done = deed.await;
            let listed = keep.list().await;
            match listed {
                Ok((kept, damaged)) => {
                    this.list(kept);
                    if !damaged.is_empty() {
                        this.complain(&damaged.join(" "));
                    }
                }
                Err(error) => this.complain(&error.to_string()),
            }
            if let Err(error) = done {
                this.complain(&error.to_string());
            }
        });
    }

    fn list(&self, mut kept: Vec<Kept>) {
        kept.retain(|kept| self.only.is_none_or(|scene| kept.card.label.scene == scene));
        // The same list again would take the keyboard from where it is.
        if self.kept.with_untracked(|before| *before != kept) {
            self.kept.set(kept);
        }
    }

    /// Notes that something was done. If that cannot be kept, it is in the code all the same.
    pub(super) async fn note(&self, keep: &Keep, deed: &str) {
        let mut is_new = false;
        self.progress.update(|progress| is_new = progress.add(deed));
        if is_new {
            let _ = keep.note(&self.progress.get_untracked()).await;
        }
    }
}

/// The reader's clock, as a label.
fn now() -> String {
    let now = Date::new_0();
    let [year, month, day] = [now.get_full_year(), now.get_month() + 1, now.get_date()];
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", now.get_hours(), now.get_minutes())
}
