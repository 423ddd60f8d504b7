//! What can be done with kept runs.

use super::run_list::RunList;
use super::words;
use crate::app::scene::{BRIEF, Deadline, SLICE, SceneCommand};
use crate::browser::{download, element, now_ms};
use crate::lot::Format;
use crate::progress::Progress;
use crate::run::{MOST_TEXT, Run, RunFileError, RunPlayer};
use crate::sim::Setup;
use gloo_timers::future::TimeoutFuture;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

impl RunList {
    /// A button was pressed.
    pub(super) fn press(&self, what: &str, id: u32) {
        match what {
            "keep" => self.keep(),
            "replay" => self.replay(id),
            "export" => self.export(id),
            "rename" if self.with(|state| state.renaming) == Some(id) => self.end_renaming(),
            "rename" => {
                self.with(|state| state.renaming = Some(id));
                self.paint();
                self.focus("[data-field=rename]");
            }
            "named" => self.rename(id),
            "delete" => self.delete(id),
            "undo" => self.undo(),
            "take" => self.import("The text".into(), self.typed("[data-field=text]")),
            "code" => self.take_code(),
            "watch" => self.watch(),
            "stop" => self.with(|state| state.import += 1),
            _ => {}
        }
    }

    fn typed(&self, selector: &str) -> String {
        self.place().map(|place| place.typed(selector)).unwrap_or_default()
    }

    fn fill(&self, selector: &str, text: &str) {
        if let Some(place) = self.place() {
            place.fill(selector, text);
        }
    }

    fn focus(&self, selector: &str) {
        if let Some(place) = self.place() {
            place.focus(selector);
        }
    }

    /// The run that is shown is kept as soon as the stage has been looked at.
    fn keep(&self) {
        let typed = self.typed("[data-field=name]");
        self.fill("[data-field=name]", "");
        self.with(|state| {
            state.wanted = Some(if typed.trim().is_empty() { state.proposed.clone() } else { typed });
        });
    }

    pub(super) fn add(&self, run: Run, what: &'static str, deed: &'static str) {
        self.go(move |this, storage| {
            Box::pin(async move {
                storage.add(&run).await?;
                this.say(&format!("{what}: “{}”.", run.card.label.shown()));
                this.note(&storage, deed).await;
                Ok(())
            })
        });
    }

    fn replay(&self, id: u32) {
        self.go(move |this, storage| {
            Box::pin(async move {
                this.show(storage.run(id).await?);
                this.note(&storage, "replayed-run").await;
                Ok(())
            })
        });
    }

    /// Shows a run in the scene.
    fn show(&self, run: Run) {
        self.say(&format!("“{}” is shown above.", run.card.label.shown()));
        self.controls.stop_at(SceneCommand::Replay(Arc::new(run)));
        if let Some(scene) = element(self.controls.scene) {
            scene.scroll_into_view();
        }
    }

    /// Shows the first of the two that are compared, with the second's pool beside it.
    fn watch(&self) {
        let pair = self.with(|state| state.beside.clone().zip(state.pair.clone()));
        if let Some((beside, (a, b))) = pair {
            let setup = Setup { settings: b.setup.settings, ..a.setup.clone() };
            self.show(a);
            beside(setup);
        }
    }

    fn export(&self, id: u32) {
        self.go(move |this, storage| {
            Box::pin(async move {
                let run = storage.run(id).await?;
                this.hand_out(&run);
                this.note(&storage, "exported-run").await;
                Ok(())
            })
        });
    }

    fn hand_out(&self, run: &Run) {
        let (text, name) = (run.write(), format!("{}.valet.json", file_name(&run.card.label.name)));
        if download::is_allowed() && download::text(&text, "application/json", &name).is_ok() {
            return self.say(&format!("“{}” is a file now: {name}.", run.card.label.shown()));
        }
        self.fill("[data-field=text]", &text);
        if let Some(place) = self.place() {
            place.set(".as-text", "open", "");
        }
        self.say("This frame may not give files away: the run stands below as text, to copy.");
    }

    fn rename(&self, id: u32) {
        let name = self.typed("[data-field=rename]");
        if name.trim().is_empty() {
            return self.complain("A run needs a name.");
        }
        self.go(move |this, storage| {
            Box::pin(async move {
                storage.rename(id, &name).await?;
                this.with(|state| state.renaming = None);
                this.say(&format!("It is called “{}” now.", name.trim()));
                Ok(())
            })
        });
        self.end_renaming();
    }

    /// The name stays, or is given already; the keyboard goes back to where it came from.
    pub(super) fn end_renaming(&self) {
        if let Some(id) = self.with(|state| state.renaming.take()) {
            self.paint();
            self.focus(&format!("[data-run=\"{id}\"] [data-do=rename]"));
        }
    }

    fn delete(&self, id: u32) {
        self.go(move |this, storage| {
            Box::pin(async move {
                let removed = storage.remove(id).await?;
                this.with(|state| {
                    (state.removed, state.pair) = (Some(removed), None);
                    state.chosen.retain(|&other| other != id);
                    state.kept.retain(|kept| kept.id != id);
                });
                this.say("");
                // The button that was pressed is gone: the keyboard goes on at the next best place.
                this.focus("[data-do=undo]");
                Ok(())
            })
        });
    }

    fn undo(&self) {
        self.go(move |this, storage| {
            Box::pin(async move {
                let removed = this.with(|state| state.removed.take());
                if let Some(removed) = removed {
                    if let Err(error) = storage.put_back(&removed).await {
                        this.with(|state| state.removed = Some(removed));
                        return Err(error);
                    }
                    this.say(&format!("“{}” is back.", removed.name()));
                    this.focus("[data-field=name]");
                }
                Ok(())
            })
        });
    }

    pub(super) fn choose(&self, id: u32, on: bool) {
        let chosen = self.with(|state| {
            state.pair = None;
            state.chosen.retain(|&other| other != id);
            if on {
                state.chosen.push(id);
                // The third takes the place of the first.
                state.chosen.drain(..state.chosen.len().saturating_sub(2));
            }
            state.chosen.clone()
        });
        self.paint();
        if let [a, b] = chosen[..] {
            self.go(move |this, storage| {
                Box::pin(async move {
                    let pair = (storage.run(a).await?, storage.run(b).await?);
                    this.with(|state| state.pair = Some(pair).filter(|_| state.chosen == [a, b]));
                    this.say("Two runs stand beside each other below.");
                    this.note(&storage, "compared-runs").await;
                    Ok(())
                })
            });
        }
    }

    /// Takes a text in, `from` somewhere. It is played once first, for as long as nobody stops it.
    pub(super) fn import(&self, from: String, text: String) {
        let this = self.clone();
        let number = self.with(|state| {
            state.import += 1;
            state.import
        });
        spawn_local(async move {
            let read = match Run::read(&text) {
                Ok(run) => this.play_once(run, &text, number).await,
                Err(fault) => Err(fault),
            };
            this.with(|state| state.importing = None);
            match read {
                Ok(Some(run)) => this.add(run, "Taken in", "imported-run"),
                Ok(None) => this.say("Stopped: the run is not taken in."),
                Err(fault) => this.complain(&format!("{from} is not a run that can be played. {fault}")),
            }
        });
    }

    /// Plays a run to its end beside everything else on the page. `None` if that was stopped.
    async fn play_once(&self, run: Run, text: &str, number: u32) -> Result<Option<Run>, RunFileError> {
        let begun = now_ms();
        let mut player = RunPlayer::new(run, Format::Wide);
        loop {
            if let Some(done) = Deadline::after(SLICE).play(&mut player) {
                return done.map_err(|odd| odd.of(text)).map(|()| Some(player.end().0));
            }
            TimeoutFuture::new(0).await;
            if self.with(|state| state.import != number) {
                return Ok(None);
            }
            if now_ms() - begun >= BRIEF {
                self.with(|state| state.importing = Some(player.percent()));
                self.paint();
            }
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
    fn take_code(&self) {
        match Progress::of_code(&self.typed("[data-field=typed]")) {
            Err(slip) => self.complain(&slip.to_string()),
            Ok(progress) => {
                self.fill("[data-field=typed]", "");
                let new = self.with(|state| {
                    let before = state.progress.count();
                    state.progress.join(&progress);
                    state.progress.count() - before
                });
                self.say(&words::news(new));
                self.go(move |_, storage| Box::pin(async move { storage.note(&progress).await }));
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
