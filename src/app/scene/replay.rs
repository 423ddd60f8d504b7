//! A kept run in the place of a scene's own world.

use super::Stage;
use super::live_store::LiveStore;
use super::source::Source;
use crate::run::Run;
use crate::travel::Travel;

/// The live world of a scene, while a kept run is shown in its place. It stands still.
#[derive(Debug)]
pub struct BehindReplay {
    travel: Travel,
    store: Box<LiveStore>,
}

impl Stage {
    /// Shows a kept run, as it ended.
    pub(super) fn replay(&mut self, run: &Run) {
        let name = &run.card.label.name;
        match run.travel(self.travel.format()) {
            Err(why) => self.say(format!("“{name}” cannot be played. {why}")),
            Ok(travel) => {
                self.say(match run.came_out(&travel) {
                    true => format!("This is “{name}”, at its end."),
                    false => format!(
                        "This is “{name}”. It comes out otherwise than is written down: another version of the page kept it, or somebody changed it."
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
