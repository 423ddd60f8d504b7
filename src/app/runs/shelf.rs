//! The state of the list of kept runs, and what can be done with it.

use super::compare::Compared;
use super::progress;
use crate::app::controls::Controls;
use crate::app::stage::{Stage, Wish};
use crate::app::{element, give};
use crate::keep::{Error, Keep, Kept, Removed};
use crate::lot::Format;
use crate::progress::Progress;
use crate::run::{Label, MOST_TEXT, Run};
use crate::time::Instant;
use js_sys::Date;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The database's name: not the one that the live lot plays with.
const NAME: &str = "valet-keep";

/// The list's state. Copy: all copies are one.
#[derive(Debug, Clone, Copy)]
pub struct Shelf {
    controls: Controls,
    /// Only runs of this scene are listed, if it says one.
    only: Option<&'static str>,
    keep: StoredValue<Option<Keep>, LocalStorage>,
    /// Why the keep is memory, if it is.
    refusal: RwSignal<Option<Error>>,
    /// The name of the run that is to be kept, until the stage has been looked at.
    wanted: RwSignal<Option<String>>,
    deleted: StoredValue<Option<Removed>, LocalStorage>,
    /// The runs.
    pub kept: RwSignal<Vec<Kept>>,
    /// What was done last, and what went wrong.
    pub said: RwSignal<String>,
    /// What went wrong.
    pub complaint: RwSignal<String>,
    /// The name of the run that was deleted last, while it can be put back.
    pub removed: RwSignal<Option<String>>,
    /// The runs to compare: at most two.
    pub chosen: RwSignal<Vec<u32>>,
    /// The two beside each other.
    pub compared: RwSignal<Option<Arc<Compared>>>,
    /// A run as text, where files cannot be had.
    pub text: RwSignal<String>,
    /// What the reader has done.
    pub progress: RwSignal<Progress>,
}

impl Shelf {
    /// The list under a scene. Nothing is opened yet.
    pub fn new(controls: Controls) -> Shelf {
        Shelf {
            controls,
            only: None,
            keep: StoredValue::new_local(None),
            refusal: RwSignal::new(None),
            wanted: RwSignal::new(None),
            deleted: StoredValue::new_local(None),
            kept: RwSignal::new(Vec::new()),
            said: RwSignal::new(String::new()),
            complaint: RwSignal::new(String::new()),
            removed: RwSignal::new(None),
            chosen: RwSignal::new(Vec::new()),
            compared: RwSignal::new(None),
            text: RwSignal::new(String::new()),
            progress: RwSignal::new(Progress::default()),
        }
    }

    /// The same, of runs that were made in its own scene only.
    pub fn of_its_own(self) -> Shelf {
        Shelf { only: Some(self.controls.scene), ..self }
    }

    /// An element's id, of which there is one in each scene.
    pub(super) fn id(&self, what: &str) -> String {
        format!("{what}-{}", self.controls.scene)
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
            this.refresh().await;
            if let Some(keep) = this.keep_of()
                && let Ok(progress) = keep.progress().await
            {
                this.progress.update(|known| known.join(&progress));
            }
        });
    }

    pub(super) fn keep(&self, name: String) {
        self.wanted.set(Some(name));
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

    /// What a run is called if it is kept now without a name.
    pub(super) fn name_for_now(&self) -> String {
        let length = self.controls.clock.get().ends.1 - Instant::ZERO;
        self.controls.setup.with(|setup| Label::name_for(&setup.settings, length))
    }

    fn add(&self, run: Run, what: &'static str, deed: &'static str) {
        self.go(async move |this, keep| {
            keep.add(&run).await?;
            this.say(&format!("{what}: “{}”.", run.card.label.name));
            this.note(&keep, deed).await;
            Ok(())
        });
    }

    pub(super) fn replay(&self, id: u32) {
        self.go(async move |this, keep| {
            let run = keep.run(id).await?;
            this.show(Arc::new(run));
            this.note(&keep, "replayed-run").await;
            Ok(())
        });
    }

    /// Shows a run in the scene.
    pub(super) fn show(&self, run: Arc<Run>) {
        self.say(&format!("“{}” is shown above.", run.card.label.name));
        self.controls.stop_at(Wish::Replay(run));
        if let Some(scene) = element(self.controls.scene) {
            scene.scroll_into_view();
        }
    }

    pub(super) fn export(&self, id: u32) {
        self.go(async move |this, keep| {
            let run = keep.run(id).await?;
            let text = run.write();
            let name = format!("{}.valet.json", file_name(&run.card.label.name));
            if give::may_give() && give::file(&text, "application/json", &name).is_ok() {
                this.say(&format!("“{}” is a file now: {name}.", run.card.label.name));
            } else {
                this.text.set(text);
                this.say("This frame may not give files away: the run stands below as text, to copy.");
            }
            this.note(&keep, "exported-run").await;
            Ok(())
        });
    }

    pub(super) fn rename(&self, id: u32, name: String) {
        if name.trim().is_empty() {
            return self.complain("A run needs a name.");
        }
        self.go(async move |this, keep| {
            keep.rename(id, &name).await?;
            this.say(&format!("It is called “{}” now.", name.trim()));
            Ok(())
        });
    }

    pub(super) fn delete(&self, id: u32) {
        self.go(async move |this, keep| {
            let removed = keep.remove(id).await?;
            this.say("");
            this.removed.set(Some(removed.name().to_string()));
            this.deleted.set_value(Some(removed));
            this.chosen.update(|chosen| chosen.retain(|&other| other != id));
            this.compared.set(None);
            // The button that was pressed is gone: the keyboard goes on at the next best place.
            request_animation_frame(move || {
                if let Some(undo) = element(&this.id("undo")) {
                    let _ = undo.focus();
                }
            });
            Ok(())
        });
    }

    pub(super) fn undo(&self) {
        self.go(async move |this, keep| {
            if let Some(removed) = this.deleted.try_update_value(Option::take).flatten() {
                if let Err(error) = keep.put_back(&removed).await {
                    this.deleted.set_value(Some(removed));
                    return Err(error);
                }
                this.removed.set(None);
                this.say(&format!("“{}” is back.", removed.name()));
            }
            Ok(())
        });
    }

    pub(super) fn choose(&self, id: u32, on: bool) {
        self.chosen.update(|chosen| {
            chosen.retain(|&other| other != id);
            if on {
                chosen.push(id);
                // The third takes the place of the first.
                chosen.drain(..chosen.len().saturating_sub(2));
            }
        });
        self.compared.set(None);
        if let [a, b] = self.chosen.get_untracked()[..] {
            self.go(async move |this, keep| {
                let compared = Compared::new(keep.run(a).await?, keep.run(b).await?);
                this.say("Two runs stand beside each other below.");
                this.compared.set(Some(Arc::new(compared)));
                this.note(&keep, "compared-runs").await;
                Ok(())
            });
        }
    }

    /// Takes a text in, `from` somewhere.
    pub(super) fn import(&self, from: &str, text: &str) {
        let read = Run::read(text).and_then(|run| {
            run.travel(Format::Wide).map_err(|odd| odd.of(text))?;
            Ok(run)
        });
        match read {
            Ok(run) => self.add(run, "Taken in", "imported-run"),
            Err(fault) => self.complain(&format!("{from} is no run that can be played. {fault}")),
        }
    }

    /// The same of a file whose length is known already.
    pub(super) fn is_too_long(&self, from: &str, length: f64) -> bool {
        let is = length > MOST_TEXT as f64;
        if is {
            self.complain(&format!("{from} is too large: a run has at most {} MB.", MOST_TEXT / 1_000_000));
        }
        is
    }

    /// Takes over what a code says.
    pub(super) fn take_code(&self, code: &str) -> bool {
        match Progress::of_code(code) {
            Err(slip) => {
                self.complain(&slip.to_string());
                false
            }
            Ok(progress) => {
                let before = self.progress.with_untracked(Progress::count);
                self.progress.update(|known| known.join(&progress));
                let new = self.progress.with_untracked(Progress::count) - before;
                self.say(&progress::news(new));
                self.go(async move |_, keep| keep.note(&progress).await);
                true
            }
        }
    }

    /// Where the runs are, if not in the browser's database.
    pub(super) fn notice(&self) -> Option<String> {
        let code = self.progress.with(Progress::code);
        self.refusal.get().map(|error| {
            format!("Kept runs live in memory and go with this page: this browser does not keep them. ({error}) Export what you want to have again; what you have done is in this code: {code}")
        })
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
    fn go(&self, deed: impl AsyncFnOnce(Shelf, Keep) -> Result<(), Error> + 'static) {
        let this = *self;
        spawn_local(async move {
            let Some(keep) = this.keep_of() else { return };
            let done = deed(this, keep).await;
            this.refresh().await;
            if let Err(error) = done {
                this.complain(&error.to_string());
            }
        });
    }

    fn keep_of(&self) -> Option<Keep> {
        self.keep.with_value(Option::clone)
    }

    /// Notes that something was done. If that cannot be kept, it is in the code all the same.
    async fn note(&self, keep: &Keep, deed: &str) {
        let mut is_new = false;
        self.progress.update(|progress| is_new = progress.add(deed));
        if is_new {
            let _ = keep.note(&self.progress.get_untracked()).await;
        }
    }

    async fn refresh(&self) {
        let Some(keep) = self.keep_of() else { return };
        match keep.list().await {
            Ok((mut kept, damaged)) => {
                kept.retain(|kept| self.only.is_none_or(|scene| kept.card.label.scene == scene));
                self.kept.set(kept);
                if !damaged.is_empty() {
                    self.complain(&damaged.join(" "));
                }
            }
            Err(error) => self.complain(&error.to_string()),
        }
    }
}

/// The reader's clock, as a label.
fn now() -> String {
    let now = Date::new_0();
    let [year, month, day] = [now.get_full_year(), now.get_month() + 1, now.get_date()];
    format!("{year}-{month:02}-{day:02} {:02}:{:02}", now.get_hours(), now.get_minutes())
}

/// A name as a file may have it anywhere.
fn file_name(name: &str) -> String {
    let plain = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' });
    let parts = plain.collect::<String>();
    let parts: Vec<&str> = parts.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "run".into() } else { parts.join("-") }
}
