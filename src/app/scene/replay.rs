//! A kept run in the place of a scene's own world.

use super::Stage;
use super::live_store::LiveStore;
use super::source::Source;
use crate::browser::now_ms;
use crate::run::{Run, RunPlayer};
use crate::travel::Travel;
use std::sync::Arc;

/// The live world of a scene, while a kept run is shown in its place. It stands still.
#[derive(Debug)]
pub struct BehindReplay {
    travel: Travel,
    store: Box<LiveStore>,
}

impl Stage {
    /// Shows a kept run, as it ended, once it is played to its end.
    pub(super) fn replay(&mut self, run: Arc<Run>) {
        self.playing = Some(Box::new(RunPlayer::new(run, self.travel.format())));
        self.play_run();
    }

    /// Goes on with the run that is played, until the deadline.
    pub(super) fn play_run(&mut self) {
        let Some(player) = &mut self.playing else { return };
        let Some(done) = self.deadline.play(player) else {
            self.begun = self.begun.or(Some(now_ms()));
            return;
        };
        let Some(player) = self.playing.take() else { return };
        let name = player.run().card.label.shown();
        match done {
            Err(why) => self.say(format!("“{name}” cannot be played. {why}")),
            Ok(()) => {
                let (run, travel) = player.end();
                self.say(match run.matches_results(&travel) {
                    true => format!("This is “{name}”, at its end."),
                    false => format!(
                        "This is “{name}”. Playing it gives a different result from the one in the file: another version of the page saved it, or the file was changed."
                    ),
                });
                self.show_run(travel);
            }
        }
    }

    fn show_run(&mut self, travel: Travel) {
        let is_recorded = travel.is_recorded();
        let before = std::mem::replace(&mut self.travel, travel);
        self.chosen = None;
        self.shown += 1;
        self.source = match std::mem::replace(&mut self.source, Source::Simulated) {
            Source::Live(store) => {
                store.set_speed(0.0);
                Source::Replay(Some(Box::new(BehindReplay { travel: before, store })))
            }
            Source::Replay(Some(behind)) => Source::Replay(Some(behind)),
            _ if is_recorded => Source::Replay(None),
            // A simulated run is the scene's world from now on: it can be changed, and goes on.
            _ => Source::Simulated,
        };
    }

    /// Puts the live world back in its place, if a kept run is shown there. Returns whether one was.
    pub(super) fn leave_replay(&mut self) -> bool {
        match std::mem::replace(&mut self.source, Source::Simulated) {
            Source::Replay(Some(behind)) => {
                (self.travel, self.source) = (behind.travel, Source::Live(behind.store));
                self.chosen = None;
                true
            }
            other => {
                self.source = other;
                false
            }
        }
    }
}
