//! The film: all that is to be seen, in the order in which it is painted.

use super::curve::Curve;
use super::look::Look;
use super::maker::FilmMaker;
use super::shot::Shot;
use crate::lot::Format;
use crate::still;
use serde::Serialize;

/// Frames a second of the opening. Between them everything goes straight.
const RATE: u32 = 60;
/// How long the opening is followed, in seconds: long enough for a slow line to bring the program, and for a ring to run out.
const LENGTH: u32 = 12;

/// Pictures one after another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Film {
    /// Width and height of each, in picture units.
    pub size: (f32, f32),
    /// The moment of the world at which it begins, in seconds.
    pub begins: f64,
    /// Seconds of the world for one of the film.
    pub pace: f64,
    /// Frames for a second of the film.
    pub rate: u32,
    /// How many frames there are.
    pub frames: u32,
    /// The colours' custom properties.
    pub colors: Vec<&'static str>,
    /// What shapes look like.
    pub looks: Vec<Look>,
    /// How things move.
    pub curves: Vec<Curve>,
    /// The landscape, above it what stands, and above that what moves; each in the order in which it is painted.
    pub layers: [Vec<Shot>; 3],
}

impl Film {
    /// The opening of the live lot.
    pub fn of_opening(format: Format) -> Film {
        let mut travel = still::opened(format);
        let mut maker = FilmMaker::new(travel.now(), 1.0, RATE);
        for _ in 0..=LENGTH * RATE {
            travel.seek(maker.moment());
            maker.add(&travel.picture(0, false));
        }
        maker.finish()
    }

    /// The film as JSON, as `public/film.js` reads it.
    pub fn text(&self) -> String {
        // Numbers and words can always be written.
        serde_json::to_string(self).unwrap_or_default()
    }
}
