//! How cars move, as a pure function of time.

use super::course::Course;
use super::path::{Path, short};
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

/// Backwards one drives at this part of the speed.
const BACKWARDS: f32 = 0.55;
/// What fades is gone, or there, after so long.
pub(super) const FADE: Span = Span::from_millis(140);

/// How one gets from one place to another.
#[derive(Debug, Clone, Copy, PartialEq)]
enum How {
    /// It drives. At speed from the beginning, and to the end.
    Drives { comes: bool, goes: bool },
    /// The ground moves under it.
    Glides,
    /// It vanishes here and, if it does not leave, appears there.
    Fades { leaves: bool },
}

/// A drive. Small, because a lot is copied often: at most 104 bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drive {
    path: Path,
    how: How,
    since: Instant,
    /// In microseconds.
    takes: u32,
    /// Picture units a second.
    speed: f32,
    /// Where it looks and how large it is, at the beginning and at the end.
    from: (f32, f32),
    to: (f32, f32),
}

impl Drive {
    /// Standing still, since for ever.
    pub(super) fn still(pose: Pose) -> Drive {
        Drive::by(How::Glides, pose, pose, Instant::ZERO, Span::ZERO)
    }

    /// The ground moves under it.
    pub(super) fn gliding(from: Pose, to: Pose, since: Instant, takes: Span) -> Drive {
        Drive::by(How::Glides, from, to, since, takes)
    }

    /// It vanishes here and appears there, `between` after it began to vanish.
    pub(super) fn fading(from: Pose, to: Pose, since: Instant, between: Span) -> Drive {
        Drive::by(How::Fades { leaves: false }, from, to, since, between + FADE)
    }

    /// It vanishes.
    pub(super) fn vanishing(from: Pose, since: Instant, takes: Span) -> Drive {
        Drive::by(How::Fades { leaves: true }, from, from, since, takes)
    }

    fn by(how: How, from: Pose, to: Pose, since: Instant, takes: Span) -> Drive {
        Drive {
            path: Path::through(&[(from.x, from.y), (to.x, to.y)], 0.0),
            how,
            since,
            takes: takes.as_micros().clamp(0, i64::from(u32::MAX)) as u32,
            speed: 0.0,
            from: (from.heading, from.scale),
            to: (to.heading, to.scale),
        }
    }

    /// Along a path, at a speed in picture units a second, from how it looked before. `comes` and `goes`: at speed from the
    /// beginning, and to the end.
    pub(super) fn along(path: Path, from: Pose, speed: f32, (comes, goes): (bool, bool), since: Instant) -> Drive {
        let mut drive = Drive {
            how: How::Drives { comes, goes },
            path,
            since,
            takes: 0,
            speed,
            from: (from.heading, from.scale),
            to: (short(path.at(path.length()).1), from.scale),
        };
        let (backwards, forwards) = drive.courses();
        drive.takes = ((backwards.takes() + forwards.takes()) * 1e6) as u32;
        drive
    }

    /// The same, begun at another moment.
    pub(super) fn at_time(self, since: Instant) -> Drive {
        Drive { since, ..self }
    }

    /// When it ends.
    pub fn arrives(&self) -> Instant {
        self.since + Span::from_micros(self.takes.into())
    }

    /// The path that is driven.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// How long after the beginning it has driven so far.
    pub(super) fn time(&self, along: f32) -> Span {
        let (backwards, forwards) = self.courses();
        let seconds = if along <= backwards.length {
            backwards.time(along)
        } else {
            backwards.takes() + forwards.time(along - backwards.length)
        };
        Span::from_micros((seconds * 1e6) as i64)
    }

    /// Where it ends.
    pub(super) fn end(&self) -> Pose {
        let (x, y) = self.path.end();
        Pose { x, y, heading: self.to.0, scale: self.to.1 }
    }

    /// Where it is at a moment, and how much of it is seen, from 0 to 1.
    pub fn at(&self, now: Instant) -> (Pose, f32) {
        let (begin, end) = (self.path.begin(), self.path.end());
        let at = |(x, y): Point, (heading, scale): (f32, f32)| Pose { x, y, heading, scale };
        let past = (now - self.since).max(Span::ZERO);
        let part = if self.takes == 0 { 1.0 } else { (past.as_micros() as f32 / self.takes as f32).min(1.0) };
        match self.how {
            How::Glides => {
                let part = part * part * (3.0 - 2.0 * part);
                let mix = |from: f32, to: f32| from + (to - from) * part;
                let heading = self.from.0 + short(self.to.0 - self.from.0) * part;
                let pose = at((mix(begin.0, end.0), mix(begin.1, end.1)), (heading, mix(self.from.1, self.to.1)));
                (pose, 1.0)
            }
            How::Fades { leaves: true } => (at(begin, self.from), 1.0 - part),
            How::Fades { leaves: false } => {
                let seen = |span: Span| (span.as_micros() as f32 / FADE.as_micros() as f32).clamp(0.0, 1.0);
                let gone = 1.0 - seen(past);
                if gone > 0.0 {
                    return (at(begin, self.from), gone);
                }
                (at(end, self.to), 1.0 - seen((self.arrives() - now).max(Span::ZERO)))
            }
            How::Drives { .. } if past == Span::ZERO => (at(begin, self.from), 1.0),
            How::Drives { .. } if part >= 1.0 => (self.end(), 1.0),
            How::Drives { .. } => {
                let (backwards, forwards) = self.courses();
                let seconds = past.as_micros() as f32 / 1e6;
                let along = if backwards.length > 0.0 && seconds < backwards.takes() {
                    backwards.distance(seconds)
                } else {
                    backwards.length + forwards.distance(seconds - backwards.takes())
                };
                let (point, heading) = self.path.at(along);
                (at(point, (short(heading), self.from.1)), 1.0)
            }
        }
    }

    /// What is driven backwards, and the rest.
    fn courses(&self) -> (Course, Course) {
        let How::Drives { comes, goes } = self.how else {
            let none = Course { length: 0.0, speed: 1.0, comes: false, goes: false };
            return (none, none);
        };
        let (length, back) = (self.path.length(), self.path.length_backwards());
        let backwards = Course { length: back, speed: self.speed * BACKWARDS, comes: false, goes: false };
        (backwards, Course { length: length - back, speed: self.speed, comes: comes && back == 0.0, goes })
    }
}

/// The point so far on the way from one to another, from 0 to 1.
pub(super) fn between(from: Point, to: Point, part: f32) -> Point {
    (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part)
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
        let path = Path::through(&[(0.0, 0.0), (300.0, 0.0), (300.0, 60.0)], 30.0);
        let drive = Drive::along(path, START, 1_000.0, (false, false), ms(1_000));
        assert_eq!(drive.at(ms(0)), (START, 1.0));
        assert_eq!(drive.at(ms(1_000)), (START, 1.0));
        let (end, _) = drive.at(drive.arrives());
        assert!((end.x - 300.0).abs() < 0.01 && (end.y - 60.0).abs() < 0.01, "{end:?}");
        assert_eq!(drive.at(ms(99_999)), drive.at(drive.arrives()));
        let driven = drive.time(path.length()).as_micros() - (drive.arrives() - ms(1_000)).as_micros();
        assert!(driven.abs() < 2_000, "{driven}");
    }

    #[test]
    fn what_fades_is_never_in_two_places() {
        let there = Pose { x: 500.0, ..START };
        let drive = Drive::fading(START, there, ms(0), Span::from_millis(300));
        let seen = |at: i64| drive.at(ms(at));
        assert_eq!((seen(0), seen(440)), ((START, 1.0), (there, 1.0)));
        assert!(seen(70).1 > 0.4 && seen(70).0 == START && seen(200) == (there, 0.0), "{:?}", seen(200));
        assert!((seen(370).1 - 0.5).abs() < 0.01);
    }

    #[test]
    fn copies_are_cheap() {
        assert!(size_of::<Drive>() <= 104, "{}", size_of::<Drive>());
    }
}
