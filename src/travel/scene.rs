//! A world and what there is to see of it.

use crate::lot::{Description, Format, Lot, Picture, Story};
use crate::service::News;
use crate::sim::{Journal, World, WorldAct};
use crate::time::{Instant, Span};

/// Lines and racks are brought in step with the pools at these moments of the world's time, so that a picture depends on
/// the moment that it shows and not on when others were painted.
const GRID: Span = Span::from_millis(40);

/// A world with a lot for each worker, which have heard all its news.
#[derive(Debug, Clone)]
pub struct Scene {
    world: World,
    lots: Vec<Lot>,
    stories: Vec<Story>,
    /// When the first thing happened since the lots were last brought in step.
    unsettled: Option<Instant>,
    /// The moment that is shown; nothing happens between the world's and this one.
    at: Instant,
    format: Format,
}

impl Scene {
    /// The world as it begins.
    pub fn new(world: World, format: Format) -> Scene {
        let mut scene = Scene {
            world,
            lots: Vec::new(),
            stories: Vec::new(),
            unsettled: Some(Instant::ZERO),
            at: Instant::ZERO,
            format,
        };
        scene.hear(&mut |_, _| {});
        scene
    }

    /// The world.
    pub fn world(&self) -> &World {
        &self.world
    }

    /// The same, to read its orders.
    pub(super) fn world_mut(&mut self) -> &mut World {
        &mut self.world
    }

    /// The moment.
    pub fn at(&self) -> Instant {
        self.at
    }

    /// What there is to see at this moment of that worker; `still` leaves motion out.
    pub fn picture(&self, worker: usize, still: bool) -> Picture {
        let worker = worker.min(self.lots.len() - 1);
        let service = &self.world.services()[worker];
        let mut lot = self.lots[worker].clone();
        lot.settle(self.at, service);
        lot.picture(self.at, service.pool(), still)
    }

    /// The same in words.
    pub fn describe(&self, worker: usize) -> Description {
        let worker = worker.min(self.lots.len() - 1);
        let service = &self.world.services()[worker];
        let mut lot = self.lots[worker].clone();
        lot.settle(self.at, service);
        lot.describe(self.at, service.pool())
    }

    /// What happened last to that worker.
    pub fn story(&self, worker: usize) -> &Story {
        &self.stories[worker.min(self.stories.len() - 1)]
    }

    /// The pictures' format.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Another format, from now on. At the beginning of the world nothing is lost by it.
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

    /// Takes over the pictures of a scene whose world is as far as this one's.
    pub(super) fn take_pictures(&mut self, of: &Scene) {
        self.format = of.format;
        self.lots.clone_from(&of.lots);
        self.unsettled = of.unsettled;
    }

    /// The world's next event happens.
    pub(super) fn step(&mut self, journal: &mut Journal, hear: &mut dyn FnMut(usize, News)) -> bool {
        let Some(at) = self.world.next_at() else { return false };
        self.settle_before(at);
        self.world.step(journal);
        self.at = self.world.now();
        self.hear(hear);
        true
    }

    /// Nothing happens until `at`.
    pub(super) fn pass(&mut self, at: Instant, journal: &mut Journal) {
        self.settle_before(at);
        self.world.run_until(at, journal);
        self.at = at;
    }

    /// Something is done now.
    pub(super) fn act(&mut self, act: WorldAct, journal: &mut Journal, hear: &mut dyn FnMut(usize, News)) {
        self.world.act(act, journal);
        self.hear(hear);
    }

    /// Brings the lots in step at the first moment of the grid after something happened, if that lies before `at`.
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
                // The server does not say whose it was.
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
