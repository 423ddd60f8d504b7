//! A world and its pictures.

use crate::lot::{Description, Format, Lot, Picture, Point, Story};
use crate::service::News;
use crate::sim::{Journal, World, WorldAct};
use crate::time::{Instant, Span};

/// The lots are updated from the pools at multiples of this span of world time, so that a picture depends only on the moment
/// that it shows, and not on when earlier pictures were painted.
const GRID: Span = Span::from_millis(40);

/// A world with a lot for each worker. The lots have received all news of the world.
#[derive(Debug, Clone)]
pub struct PicturedWorld {
    world: World,
    lots: Vec<Lot>,
    stories: Vec<Story>,
    /// The moment of the first news since the lots were last updated.
    unsettled: Option<Instant>,
    /// The moment that is shown. Nothing happens between the world's moment and this one.
    at: Instant,
    format: Format,
}

impl PicturedWorld {
    /// A world at its beginning, with its pictures.
    pub fn new(world: World, format: Format) -> PicturedWorld {
        let mut pictured = PicturedWorld {
            world,
            lots: Vec::new(),
            stories: Vec::new(),
            unsettled: Some(Instant::ZERO),
            at: Instant::ZERO,
            format,
        };
        pictured.hear(&mut |_, _| {});
        pictured
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The world, to read its orders.
    pub(super) fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    /// The moment that is shown.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// How many things it holds that there may be any number of: a copy costs so much.
    pub(super) fn things(&self) -> u64 {
        self.world.things() + self.lots.iter().map(Lot::things).sum::<u64>()
    }

    /// The picture of a worker at this moment; `still` leaves motion out.
    pub fn picture(&self, worker: usize, still: bool) -> Picture {
        let worker = worker.min(self.lots.len() - 1);
        let service = &self.world.services()[worker];
        let mut lot = self.lots[worker].clone();
        lot.settle(self.at, service);
        lot.picture(self.at, service.pool(), still)
    }

    /// The description of a worker at this moment, in words.
    pub fn describe(&self, worker: usize) -> Description {
        let worker = worker.min(self.lots.len() - 1);
        let service = &self.world.services()[worker];
        let mut lot = self.lots[worker].clone();
        lot.settle(self.at, service);
        lot.describe(self.at, service.pool())
    }

    /// Describes what is at a point of a worker's picture; `None` if nothing is there.
    pub fn describe_at(&self, worker: usize, at: Point) -> Option<String> {
        let worker = worker.min(self.lots.len() - 1);
        let service = &self.world.services()[worker];
        let mut lot = self.lots[worker].clone();
        lot.settle(self.at, service);
        lot.describe_at(self.at, at)
    }

    /// The latest events of a worker.
    pub fn story(&self, worker: usize) -> &Story {
        &self.stories[worker.min(self.stories.len() - 1)]
    }

    /// The pictures' format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Changes the format from now on. At the beginning of the world the lots are simply made anew.
    pub(super) fn set_format(&mut self, format: Format) {
        self.format = format;
        for (lot, service) in self.lots.iter_mut().zip(self.world.services()) {
            if self.world.events() == 0 {
                *lot = Lot::new(format);
            } else {
                lot.set_format(self.world.now(), format, service);
            }
        }
    }

    /// Takes over the lots of one whose world is at the same event as this one's.
    pub(super) fn take_pictures(&mut self, of: &PicturedWorld) {
        self.format = of.format;
        self.lots.clone_from(&of.lots);
        self.unsettled = of.unsettled;
    }

    /// Plays the world's next event. False if there is none.
    pub(super) fn step(&mut self, journal: &mut Journal, hear: &mut dyn FnMut(usize, News)) -> bool {
        let Some(at) = self.world.next_at() else { return false };
        self.settle_before(at);
        self.world.step(journal);
        self.at = self.world.now();
        self.hear(hear);
        true
    }

    /// Moves to `at`, with no event until then.
    pub(super) fn advance_quietly(&mut self, at: Instant, journal: &mut Journal) {
        self.settle_before(at);
        self.world.run_until(at, journal);
        self.at = at;
    }

    /// Does an act now.
    pub(super) fn act(&mut self, act: WorldAct, journal: &mut Journal, hear: &mut dyn FnMut(usize, News)) {
        self.world.act(act, journal);
        self.hear(hear);
    }

    /// Updates the lots at the first multiple of [`GRID`] after the last news, if that is not after `at`.
    fn settle_before(&mut self, at: Instant) {
        if let Some(since) = self.unsettled {
            let grid = GRID.as_micros();
            let due = Instant::from_micros((since.as_micros() / grid + 1) * grid);
            if due <= at {
                self.unsettled = None;
                for (lot, service) in self.lots.iter_mut().zip(self.world.services()) {
                    lot.settle(due, service);
                }
            }
        }
    }

    fn hear(&mut self, hear: &mut dyn FnMut(usize, News)) {
        let workers = self.world.services().len();
        self.lots.resize_with(workers, || Lot::new(self.format));
        self.stories.resize_with(workers, Story::default);
        let now = self.world.now();
        while let Some((worker, news)) = self.world.news() {
            self.unsettled = self.unsettled.or(Some(now));
            self.stories[worker].watch(now, &self.world.services()[worker], news);
            if let News::Cut(_) = news {
                // The server does not know which worker had the connection.
                for lot in &mut self.lots {
                    lot.watch(now, news);
                }
            } else {
                self.lots[worker].watch(now, news);
            }
            hear(worker, news);
        }
    }
}
