//! What a person does to a scene's world, as far as its source allows.

use super::source::Source;
use super::stage::Stage;
use crate::settings::Act;
use crate::sim::{Setup, WorldAct};
use crate::time::Instant;
use crate::travel::Travel;

impl Stage {
    /// Begins another world from the same source.
    pub(super) fn begin(&mut self, setup: Setup) {
        let format = self.travel.format();
        self.chosen = None;
        self.leave_replay();
        if let Source::Live(store) = &mut self.source {
            store.begin(&setup);
            self.travel = Travel::driven(setup, format);
        } else {
            self.source = Source::Simulated;
            self.travel = Travel::new(setup, format);
        }
    }

    /// Does something to the world, as far as its source allows.
    pub(super) fn act(&mut self, act: &Act) {
        let now = self.moment();
        match &mut self.source {
            Source::Plan(player) => {
                player.take(now, act);
                self.play_plan(now);
            }
            Source::Replay(_) if self.travel.is_recorded() => {
                self.say("This is a kept run of a real database: it can be watched, and not changed.");
            }
            Source::Live(_) | Source::Simulated | Source::Replay(_) => {
                if self.travel.is_past() {
                    self.travel.return_to_present();
                    self.say("A real database cannot go back: this is the present again, and it happens here.");
                }
                self.act_now(act.on(self.travel.world().setup()));
            }
        }
    }

    fn act_now(&mut self, act: WorldAct) {
        // What these do to the connections is seen when it has happened.
        match (&self.source, &act) {
            (Source::Live(store), WorldAct::Restart) => return store.restart(),
            (Source::Live(store), WorldAct::Kill(connection)) => return store.kill(*connection),
            _ => {}
        }
        if self.travel.act(act).is_ok()
            && let Source::Live(store) = &self.source
        {
            store.set_network(self.travel.world().setup());
            store.obey(&mut self.travel);
        }
    }

    /// Plays the plan from its beginning to a moment.
    pub(super) fn play_plan(&mut self, to: Instant) {
        if let Source::Plan(player) = &self.source {
            self.travel = player.travel(self.travel.format());
            self.seek(to);
        }
    }
}
