//! What can be done with kept runs.

use super::shelf::Shelf;
use super::words;
use crate::app::stage::Wish;
use crate::app::{element, give};
use crate::lot::Format;
use crate::progress::Progress;
use crate::run::{MOST_TEXT, Run};
use crate::sim::Setup;
use leptos::prelude::*;
use std::sync::Arc;

impl Shelf {
    /// A button was pressed.
    pub(super) fn press(&self, what: &str, id: u32, beside: Option<Callback<Setup>>) {
        match what {
            "replay" => self.replay(id),
            "export" => self.export(id),
            "rename" => self.renaming.update(|now| *now = if *now == Some(id) { None } else { Some(id) }),
            "delete" => self.delete(id),
            "undo" => self.undo(),
            "take" => self.import("The text", &self.typed("[data-field=text]")),
            "watch" => self.watch(beside),
            _ => {}
        }
    }

    fn typed(&self, selector: &str) -> String {
        self.place.with_value(|place| place.as_ref().map(|place| place.typed(selector)).unwrap_or_default())
    }

    fn fill(&self, selector: &str, text: &str) {
        self.place.with_value(|place| place.as_ref().map(|place| place.fill(selector, text)));
    }

    fn focus(&self, selector: String) {
        let this = *self;
        request_animation_frame(move || {
            this.place.with_value(|place| place.as_ref().map(|place| place.focus(&selector)));
        });
    }

    /// The run that is shown is kept as soon as the stage has been looked at, under the name that was typed or the proposed one.
    pub(super) fn keep(&self) {
        let name = self.typed("[data-field=name]");
        let proposed = || {
            let proposed =
                |place: &super::Place| place.0.query_selector("[data-field=name]").ok()??.get_attribute("placeholder");
            self.place.with_value(|place| place.as_ref().and_then(proposed)).unwrap_or_default()
        };
        self.wanted.set(Some(if name.trim().is_empty() { proposed() } else { name }));
        self.fill("[data-field=name]", "");
    }

    pub(super) fn add(&self, run: Run, what: &'static str, deed: &'static str) {
        self.go(|this, keep| {
            Box::pin(async move {
                keep.add(&run).await?;
                this.say(&format!("{what}: “{}”.", run.card.label.name));
                this.note(&keep, deed).await;
                Ok(())
            })
        });
    }

    fn replay(&self, id: u32) {
        self.go(|this, keep| {
            Box::pin(async move {
                this.show(keep.run(id).await?);
                this.note(&keep, "replayed-run").await;
                Ok(())
            })
        });
    }

    /// Shows a run in the scene.
    fn show(&self, run: Run) {
        self.say(&format!("“{}” is shown above.", run.card.label.name));
        self.controls.stop_at(Wish::Replay(Arc::new(run)));
        if let Some(scene) = element(self.controls.scene) {
            scene.scroll_into_view();
        }
    }

    /// Shows the first of the two that are compared, with the second's pool beside it.
    fn watch(&self, beside: Option<Callback<Setup>>) {
        if let (Some(beside), Some(pair)) = (beside, self.compared.get_untracked()) {
            self.show(pair.0.clone());
            beside.run(Setup { settings: pair.1.setup.settings, ..pair.0.setup.clone() });
        }
    }

    fn export(&self, id: u32) {
        self.go(|this, keep| {
            Box::pin(async move {
                let run = keep.run(id).await?;
                let text = run.write();
                let name = format!("{}.valet.json", file_name(&run.card.label.name));
                if give::may_give() && give::file(&text, "application/json", &name).is_ok() {
                    this.say(&format!("“{}” is a file now: {name}.", run.card.label.name));
                } else {
                    this.fill("[data-field=text]", &text);
                    this.place.with_value(|place| place.as_ref().map(|place| place.set(".as-text", "open", "")));
                    this.say("This frame may not give files away: the run stands below as text, to copy.");
                }
                this.note(&keep, "exported-run").await;
                Ok(())
            })
        });
    }

    pub(super) fn rename(&self, id: u32) {
        let name = self.typed("[data-field=rename]");
        if name.trim().is_empty() {
            return self.complain("A run needs a name.");
        }
        self.end_renaming();
        self.go(|this, keep| {
            Box::pin(async move {
                keep.rename(id, &name).await?;
                this.say(&format!("It is called “{}” now.", name.trim()));
                Ok(())
            })
        });
    }

    /// The name stays, or is given already; the keyboard goes back to where it came from.
    pub(super) fn end_renaming(&self) {
        if let Some(id) = self.renaming.get_untracked() {
            self.renaming.set(None);
            self.focus(format!("[data-run=\"{id}\"] [data-do=rename]"));
        }
    }

    fn delete(&self, id: u32) {
        self.go(|this, keep| {
            Box::pin(async move {
                let removed = keep.remove(id).await?;
                this.say("");
                this.removed.set(Some(removed.name().to_string()));
                this.deleted.set_value(Some(removed));
                this.compared.set(None);
                this.chosen.update(|chosen| chosen.retain(|&other| other != id));
                // The button that was pressed is gone: the keyboard goes on at the next best place.
                this.focus("[data-do=undo]".into());
                Ok(())
            })
        });
    }

    fn undo(&self) {
        self.go(|this, keep| {
            Box::pin(async move {
                if let Some(removed) = this.deleted.try_update_value(Option::take).flatten() {
                    if let Err(error) = keep.put_back(&removed).await {
                        this.deleted.set_value(Some(removed));
                        return Err(error);
                    }
                    this.removed.set(None);
                    this.say(&format!("“{}” is back.", removed.name()));
                    this.focus("[data-field=name]".into());
                }
                Ok(())
            })
        });
    }

    pub(super) fn choose(&self, id: u32, on: bool) {
        let mut chosen = self.chosen.get_untracked();
        chosen.retain(|&other| other != id);
        if on {
            chosen.push(id);
            // The third takes the place of the first.
            chosen.drain(..chosen.len().saturating_sub(2));
        }
        self.compared.set(None);
        self.chosen.set(chosen.clone());
        if let [a, b] = chosen[..] {
            self.go(|this, keep| {
                Box::pin(async move {
                    let pair = (keep.run(a).await?, keep.run(b).await?);
                    this.say("Two runs stand beside each other below.");
                    this.compared.set(Some(Arc::new(pair)));
                    this.note(&keep, "compared-runs").await;
                    Ok(())
                })
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

    /// Whether a file of so many bytes is none that is worth reading.
    pub(super) fn is_too_long(&self, from: &str, length: f64) -> bool {
        let is = length > MOST_TEXT as f64;
        if is {
            self.complain(&format!("{from} is too large: a run has at most {} MB.", MOST_TEXT / 1_000_000));
        }
        is
    }

    /// Takes over what the typed code says.
    pub(super) fn take_code(&self) {
        match Progress::of_code(&self.typed("[data-field=typed]")) {
            Err(slip) => self.complain(&slip.to_string()),
            Ok(progress) => {
                self.fill("[data-field=typed]", "");
                let before = self.progress.with_untracked(Progress::count);
                self.progress.update(|known| known.join(&progress));
                self.say(&words::news(self.progress.with_untracked(Progress::count) - before));
                self.go(|_, keep| Box::pin(async move { keep.note(&progress).await }));
            }
        }
    }
}

/// A name as a file may have it anywhere.
fn file_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let parts: Vec<&str> = plain.split_whitespace().collect();
    if parts.is_empty() { "run".into() } else { parts.join("-") }
}
