//! Motion as a pure function of time: a drive knows where it goes, since when and for how long.

use super::easing::{BRISK, Easing};
use crate::time::{Instant, Span};

/// A place in picture units, y downwards.
pub type Point = (f32, f32);

/// Where something is and which way it looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pose {
    /// To the right, in picture units.
    pub x: f32,
    /// Downwards, in picture units.
    pub y: f32,
    /// Radians clockwise from "to the right".
    pub heading: f32,
    /// How large it is drawn.
    pub scale: f32,
}

/// The most corners a way has.
const CORNERS: usize = 6;
/// How far ahead a driver looks, in picture units: this rounds the corners.
const LOOK_AHEAD: f32 = 60.0;
/// Picture units a microsecond.
const SPEED: f32 = 1.0 / 1_100.0;
/// A short move is still seen.
const SHORTEST: Span = Span::from_millis(220);
/// A long one does not keep anybody waiting.
const LONGEST: Span = Span::from_millis(1_000);

/// A drive along a way. Small, because a lot is copied often: at most 80 bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drive {
    way: [Point; CORNERS],
    since: Instant,
    /// In microseconds.
    takes: u32,
    /// Heading and scale at the beginning.
    from: (f32, f32),
    /// Heading and scale at the end.
    to: (f32, f32),
    corners: u8,
    easing: Easing,
    /// The first leg is driven backwards, looking where one looked.
    backing: bool,
}

impl Drive {
    /// Standing still.
    pub fn still(pose: Pose) -> Drive {
        Drive {
            way: [(pose.x, pose.y); CORNERS],
            since: Instant::ZERO,
            takes: 0,
            from: (pose.heading, pose.scale),
            to: (pose.heading, pose.scale),
            corners: 1,
            easing: Easing::Eased,
            backing: false,
        }
    }

    /// From a pose along `way`, of which the first five corners count. It takes as long as the way is long, within
    /// limits. It arrives with `scale`, and with `parked` as heading, or as the way leads.
    pub fn along(from: Pose, way: &[Point], parked: Option<f32>, scale: f32, since: Instant) -> Drive {
        let mut drive = Drive { since, from: (from.heading, from.scale), to: (0.0, scale), ..Drive::still(from) };
        let corners = way.len().min(CORNERS - 1);
        drive.way[1..=corners].copy_from_slice(&way[..corners]);
        drive.corners = corners as u8 + 1;
        let length = drive.length();
        drive.to.0 = parked.unwrap_or_else(|| drive.direction(length, length));
        drive.takes = Span::from_micros((length / SPEED) as i64).clamp(SHORTEST, LONGEST).as_micros() as u32;
        drive
    }

    /// The same drive, but brisk: for lines that move up all the time.
    pub fn brisk(self) -> Drive {
        Drive { easing: Easing::Brisk, takes: BRISK.as_micros() as u32, ..self }
    }

    /// The same drive, but at speed from the beginning: it comes from outside the picture.
    pub fn coming(self) -> Drive {
        Drive { easing: Easing::Coming, ..self }
    }

    /// The same drive, but at speed to the end: it leaves the picture.
    pub fn going(self) -> Drive {
        Drive { easing: Easing::Going, ..self }
    }

    /// The same drive, but the first leg backwards: out of a bay.
    pub fn backing_out(self) -> Drive {
        Drive { backing: true, ..self }
    }

    /// The same drive, begun later.
    pub fn delayed(self, by: Span) -> Drive {
        Drive { since: self.since + by, ..self }
    }

    /// Where it ends.
    pub fn target(&self) -> Point {
        self.way[usize::from(self.corners) - 1]
    }

    /// When it ends.
    pub fn arrives(&self) -> Instant {
        self.since + Span::from_micros(self.takes.into())
    }

    /// Where it is at a moment.
    pub fn at(&self, now: Instant) -> Pose {
        let part = self.part(now);
        let ((x, y), heading) = if part >= 1.0 {
            (self.target(), self.to.0)
        } else if part <= 0.0 {
            (self.way[0], self.from.0)
        } else {
            self.on_the_way(part)
        };
        Pose { x, y, heading, scale: self.from.1 + (self.to.1 - self.from.1) * part }
    }

    /// How much of its time has passed, from 0 to 1.
    pub fn part(&self, now: Instant) -> f32 {
        if self.takes == 0 {
            return 1.0;
        }
        ((now - self.since).as_micros() as f32 / self.takes as f32).clamp(0.0, 1.0)
    }

    fn on_the_way(&self, part: f32) -> (Point, f32) {
        let length = self.length();
        let along = length * self.easing.at(part);
        let heading = if length < 1.0 {
            self.to.0
        } else if self.easing == Easing::Brisk {
            // Who moves up in a line does not look round for it.
            turn(self.from.0, self.to.0, part)
        } else {
            // The way's own direction, taken over from where one looked before and handed over to how one parks.
            let leaving = ((length - along) / LOOK_AHEAD).min(1.0);
            // Who comes out of a bay backwards takes twice the room to turn.
            let backwards = if self.backing { distance(self.way[0], self.way[1]) } else { 0.0 };
            let room = if self.backing { 2.0 * LOOK_AHEAD } else { LOOK_AHEAD };
            let starting = ((along - backwards) / room).clamp(0.0, 1.0);
            turn(self.to.0, turn(self.from.0, self.direction(along, length), starting), leaving)
        };
        (self.point(along), heading)
    }

    fn legs(&self) -> impl Iterator<Item = (Point, Point)> + '_ {
        self.way[..usize::from(self.corners)].windows(2).map(|leg| (leg[0], leg[1]))
    }

    fn length(&self) -> f32 {
        self.legs().map(|(from, to)| distance(from, to)).sum()
    }

    fn point(&self, mut along: f32) -> Point {
        for (from, to) in self.legs() {
            let length = distance(from, to);
            if along <= length && length > 0.0 {
                return between(from, to, along / length);
            }
            along -= length;
        }
        self.target()
    }

    fn direction(&self, along: f32, length: f32) -> f32 {
        let behind = self.point((along - LOOK_AHEAD).max(0.0));
        let ahead = self.point((along + LOOK_AHEAD).min(length));
        (ahead.1 - behind.1).atan2(ahead.0 - behind.0)
    }
}

/// The point so far on the way from one to another, from 0 to 1.
pub(super) fn between(from: Point, to: Point, part: f32) -> Point {
    (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
}

fn distance(a: Point, b: Point) -> f32 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    // Not hypot: ways are short, and cars many.
    (x * x + y * y).sqrt()
}

/// From one angle to another the short way round.
fn turn(from: f32, to: f32, part: f32) -> f32 {
    use std::f32::consts::{PI, TAU};
    let mut difference = to - from;
    while difference > PI {
        difference -= TAU;
    }
    while difference < -PI {
        difference += TAU;
    }
    from + difference * part
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Pose = Pose { x: 0.0, y: 0.0, heading: 0.0, scale: 1.0 };

    fn ms(ms: i64) -> Instant {
        Instant::ZERO + Span::from_millis(ms)
    }

    #[test]
    fn begins_where_it_was_and_ends_where_it_goes() {
        let drive = Drive::along(START, &[(300.0, 0.0), (300.0, 60.0)], Some(1.0), 0.5, ms(1000));
        assert_eq!(drive.arrives(), ms(1396));
        assert_eq!(drive.at(ms(0)), START);
        assert_eq!(drive.at(ms(1000)), START);
        assert_eq!(drive.at(ms(1396)), Pose { x: 300.0, y: 60.0, heading: 1.0, scale: 0.5 });
        assert_eq!(drive.at(ms(9999)), drive.at(ms(1396)));
    }

    /// In steps of a millisecond: how far a drive moves at most, and how much it turns.
    fn liveliest(drive: Drive) -> (f32, f32) {
        let steps = (0..1_000).map(|t| (drive.at(ms(t)), drive.at(ms(t + 1))));
        let moves = steps.map(|(a, b)| {
            let turns = turn(a.heading, b.heading, 1.0) - a.heading;
            (distance((a.x, a.y), (b.x, b.y)), turns.abs())
        });
        moves.fold((0.0, 0.0), |most, step| (most.0.max(step.0), most.1.max(step.1)))
    }

    #[test]
    fn never_jumps_nor_spins() {
        use std::f32::consts::FRAC_PI_2;
        let parking = Drive::along(START, &[(300.0, 0.0), (300.0, -120.0)], Some(-FRAC_PI_2), 1.0, ms(0));
        let parked = Pose { heading: -FRAC_PI_2, ..START };
        let leaving = Drive::along(parked, &[(0.0, 90.0), (400.0, 90.0)], None, 1.0, ms(0)).backing_out();
        for drive in [parking, parking.coming(), leaving, leaving.going()] {
            let (moves, turns) = liveliest(drive);
            assert!(moves < 2.5 && turns < 0.025, "moves {moves}, turns {turns} in a millisecond");
        }
        assert!((leaving.at(ms(60)).heading + FRAC_PI_2).abs() < 0.01, "backwards out of the bay");
    }

    #[test]
    fn copies_are_cheap() {
        assert!(size_of::<Drive>() <= 80, "{}", size_of::<Drive>());
    }

    #[test]
    fn a_turn_goes_the_short_way() {
        assert!((turn(3.0, -3.0, 0.5).abs() - std::f32::consts::PI).abs() < 0.01);
    }
}
