//! Motion as a pure function of time: a drive knows where it goes, since when and for how long.

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
/// What is moved on all the time hurries.
const BRISK: Span = Span::from_millis(140);
/// A long one does not keep anybody waiting.
const LONGEST: Span = Span::from_millis(1_000);

/// A drive along a way, eased at both ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drive {
    way: [Point; CORNERS],
    corners: usize,
    since: Instant,
    takes: Span,
    /// Which way to look at the end; otherwise where the way led.
    parked: Option<f32>,
    /// Heading and scale at the beginning.
    from: (f32, f32),
    /// Scale at the end.
    scale: f32,
    /// Quick at once and slow at the end, for what is moved on again before it is there.
    brisk: bool,
    /// So far one goes backwards, looking where one looked.
    backwards: f32,
}

impl Drive {
    /// Standing still.
    pub fn still(pose: Pose) -> Drive {
        Drive {
            way: [(pose.x, pose.y); CORNERS],
            corners: 1,
            since: Instant::ZERO,
            takes: Span::ZERO,
            parked: Some(pose.heading),
            from: (pose.heading, pose.scale),
            scale: pose.scale,
            brisk: false,
            backwards: 0.0,
        }
    }

    /// From a pose along `way`, of which the first five corners count. It takes as long as the way is long, within
    /// limits. It arrives with `scale`, and with `parked` as heading, or as the way leads.
    pub fn along(from: Pose, way: &[Point], parked: Option<f32>, scale: f32, since: Instant) -> Drive {
        let mut points = [(from.x, from.y); CORNERS];
        let corners = way.len().min(CORNERS - 1);
        points[1..=corners].copy_from_slice(&way[..corners]);
        let mut drive = Drive {
            way: points,
            corners: corners + 1,
            since,
            takes: Span::ZERO,
            parked,
            from: (from.heading, from.scale),
            scale,
            brisk: false,
            backwards: 0.0,
        };
        drive.takes = Span::from_micros((drive.length() / SPEED) as i64).clamp(SHORTEST, LONGEST);
        drive
    }

    /// The same drive, but brisk: for lines that move up all the time.
    pub fn brisk(self) -> Drive {
        Drive { brisk: true, takes: BRISK, ..self }
    }

    /// The same drive, but the first leg backwards: out of a bay.
    pub fn backing_out(self) -> Drive {
        Drive { backwards: distance(self.way[0], self.way[1]), ..self }
    }

    /// Where it ends.
    pub fn target(&self) -> Point {
        self.way[self.corners - 1]
    }

    /// When it ends.
    pub fn arrives(&self) -> Instant {
        self.since + self.takes
    }

    /// Where it is at a moment.
    pub fn at(&self, now: Instant) -> Pose {
        let part = self.part(now);
        let length = self.length();
        let along = length * if self.brisk { settle(part) } else { ease(part) };
        let (x, y) = self.point(along);
        let parked = self.parked.unwrap_or_else(|| self.direction(length));
        let heading = if part >= 1.0 || length < 1.0 {
            parked
        } else if self.brisk {
            // Who moves up in a line does not look round for it.
            turn(self.from.0, parked, part)
        } else {
            // The way's own direction, taken over from where one looked before and handed over to how one parks.
            let leaving = ((length - along) / LOOK_AHEAD).min(1.0);
            // Who comes out of a bay backwards takes twice the room to turn.
            let room = if self.backwards > 0.0 { 2.0 * LOOK_AHEAD } else { LOOK_AHEAD };
            let starting = ((along - self.backwards) / room).clamp(0.0, 1.0);
            turn(parked, turn(self.from.0, self.direction(along), starting), leaving)
        };
        Pose { x, y, heading, scale: self.from.1 + (self.scale - self.from.1) * part }
    }

    fn part(&self, now: Instant) -> f32 {
        if self.takes <= Span::ZERO {
            return 1.0;
        }
        let gone = (now - self.since).as_micros() as f32 / self.takes.as_micros() as f32;
        gone.clamp(0.0, 1.0)
    }

    fn length(&self) -> f32 {
        self.way[..self.corners].windows(2).map(|leg| distance(leg[0], leg[1])).sum()
    }

    fn point(&self, mut along: f32) -> Point {
        for leg in self.way[..self.corners].windows(2) {
            let length = distance(leg[0], leg[1]);
            if along <= length && length > 0.0 {
                let part = along / length;
                return (leg[0].0 + (leg[1].0 - leg[0].0) * part, leg[0].1 + (leg[1].1 - leg[0].1) * part);
            }
            along -= length;
        }
        self.target()
    }

    fn direction(&self, along: f32) -> f32 {
        let behind = self.point((along - LOOK_AHEAD).max(0.0));
        let ahead = self.point((along + LOOK_AHEAD).min(self.length()));
        (ahead.1 - behind.1).atan2(ahead.0 - behind.0)
    }
}

fn distance(a: Point, b: Point) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Slow, quick, slow.
fn ease(part: f32) -> f32 {
    part * part * (3.0 - 2.0 * part)
}

/// Quick, then slow.
fn settle(part: f32) -> f32 {
    let left = 1.0 - part;
    1.0 - left * left * left
}

/// From one angle to another the short way round.
fn turn(from: f32, to: f32, part: f32) -> f32 {
    use std::f32::consts::{PI, TAU};
    let difference = (to - from + PI).rem_euclid(TAU) - PI;
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
        for drive in [parking, leaving] {
            let (moves, turns) = liveliest(drive);
            assert!(moves < 2.5 && turns < 0.025, "moves {moves}, turns {turns} in a millisecond");
        }
        assert!((leaving.at(ms(60)).heading + FRAC_PI_2).abs() < 0.01, "backwards out of the bay");
    }

    #[test]
    fn a_turn_goes_the_short_way() {
        assert!((turn(3.0, -3.0, 0.5).abs() - std::f32::consts::PI).abs() < 0.01);
    }
}
