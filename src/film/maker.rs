//! A film while it is being made.

use super::cut::Cut;
use super::film::Film;
use crate::lot::{COLOR_ROLES, ColorRole, LotPlan, Picture, landscape, standing, traffic};
use crate::time::{Instant, Span};

/// A film while it is being made, picture by picture.
#[derive(Debug)]
pub struct FilmMaker {
    begins: Instant,
    film: Film,
    cuts: [Cut; 3],
    /// The plan of the last picture, which its landscape depends on alone.
    plan: Option<LotPlan>,
}

impl FilmMaker {
    /// A film that begins at this moment of a world, with so many seconds of the world for one of the film, and so many frames in that.
    pub fn new(begins: Instant, pace: f64, rate: u32) -> FilmMaker {
        let film = Film {
            size: (0.0, 0.0),
            begins: (begins - Instant::ZERO).as_secs_f64(),
            pace,
            rate,
            frames: 0,
            colors: COLOR_ROLES.iter().copied().map(ColorRole::variable).collect(),
            looks: Vec::new(),
            curves: Vec::new(),
            layers: Default::default(),
        };
        FilmMaker { begins, film, cuts: Default::default(), plan: None }
    }

    /// The moment of the world whose picture is the next.
    pub fn moment(&self) -> Instant {
        let micros = i64::from(self.film.frames) * 1_000_000 / i64::from(self.film.rate);
        self.begins + Span::from_micros(micros).times(self.film.pace)
    }

    /// One more picture.
    pub fn add(&mut self, picture: &Picture) {
        let (frame, looks) = (self.film.frames, &mut self.film.looks);
        let [below, standing_cut, traffic_cut] = &mut self.cuts;
        if self.plan == Some(picture.plan) {
            below.again();
        } else {
            self.plan = Some(picture.plan);
            below.next(frame, &landscape(&picture.plan), looks);
        }
        standing_cut.next(frame, &standing(picture), looks);
        traffic_cut.next(frame, &traffic(picture), looks);
        (self.film.size, self.film.frames) = (picture.plan.size, frame + 1);
    }

    /// The film.
    pub fn finish(mut self) -> Film {
        let (looks, curves) = (&self.film.looks, &mut self.film.curves);
        self.film.layers = self.cuts.map(|cut| cut.finish(looks, curves));
        self.film
    }
}
