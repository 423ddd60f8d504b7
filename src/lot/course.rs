//! How a car's speed changes on its way: it accelerates, drives, and brakes.

/// A stretch of way, and how it is driven.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Course {
    /// In picture units.
    pub length: f32,
    /// Picture units a second, at most.
    pub speed: f32,
    /// At speed from the beginning: it comes from outside the picture.
    pub comes: bool,
    /// At speed to the end: it leaves the picture.
    pub goes: bool,
}

/// From standing to full speed, in seconds.
const TO_SPEED: f32 = 0.36;

/// What a course is made of, in seconds, units, and units a second.
struct Phases {
    from: f32,
    peak: f32,
    to: f32,
    acceleration: f32,
    /// How long it accelerates, drives, and brakes.
    times: (f32, f32, f32),
}

impl Course {
    /// How long it takes, in seconds.
    pub fn takes(&self) -> f32 {
        let Phases { times: (up, on, down), .. } = self.phases();
        up + on + down
    }

    /// How far one is after so many seconds.
    pub fn distance(&self, time: f32) -> f32 {
        let Phases { from, peak, to, acceleration, times: (up, on, down) } = self.phases();
        let time = time.clamp(0.0, up + on + down);
        let accelerated = |time: f32| from * time + acceleration * time * time / 2.0;
        let along = if time <= up {
            accelerated(time)
        } else if time <= up + on {
            accelerated(up) + peak * (time - up)
        } else {
            let left = up + on + down - time;
            self.length - to * left - acceleration * left * left / 2.0
        };
        along.clamp(0.0, self.length)
    }

    /// When one is so far, in seconds.
    pub fn time(&self, along: f32) -> f32 {
        let Phases { from, peak, to, acceleration, times: (up, on, down) } = self.phases();
        let along = along.clamp(0.0, self.length);
        // Of speed that changes from `v`, how long for `s`.
        let changing = |v: f32, s: f32| ((v * v + 2.0 * acceleration * s).max(0.0).sqrt() - v) / acceleration;
        let first = from * up + acceleration * up * up / 2.0;
        if along <= first {
            changing(from, along)
        } else if along <= first + peak * on {
            up + (along - first) / peak.max(1e-3)
        } else {
            up + on + down - changing(to, self.length - along)
        }
    }

    fn phases(&self) -> Phases {
        let acceleration = self.speed / TO_SPEED;
        let at_speed = |is: bool| if is { self.speed } else { 0.0 };
        let (from, to) = (at_speed(self.comes), at_speed(self.goes));
        let square = |v: f32| v * v;
        // With no room to brake from full speed one comes slower.
        let reachable = |other: f32| (square(other) + 2.0 * acceleration * self.length).sqrt();
        let (from, to) = (from.min(reachable(to)), to.min(reachable(from)));
        let peak = ((2.0 * acceleration * self.length + square(from) + square(to)) / 2.0).sqrt().min(self.speed);
        let (peak, from, to) = (peak.max(from).max(to), from, to);
        let (up, down) = ((peak - from) / acceleration, (peak - to) / acceleration);
        let changing = (from + peak) / 2.0 * up + (to + peak) / 2.0 * down;
        let on = ((self.length - changing) / peak.max(1e-3)).max(0.0);
        Phases { from, peak, to, acceleration, times: (up, on, down) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_begins_ends_and_never_jumps() {
        for length in [1.0, 40.0, 300.0, 2_000.0] {
            for (comes, goes) in [(false, false), (true, false), (false, true), (true, true)] {
                let course = Course { length, speed: 1_000.0, comes, goes };
                let takes = course.takes();
                assert!(course.distance(0.0).abs() < 0.01 && (course.distance(takes) - length).abs() < 0.1);
                let mut before = 0.0;
                for step in 0..=400 {
                    let time = takes * step as f32 / 400.0;
                    let along = course.distance(time);
                    assert!(along >= before - 0.02, "{course:?}: back from {before} to {along}");
                    assert!(along - before <= 1_001.0 * takes / 400.0 + 0.02, "{course:?}: too fast");
                    assert!((course.distance(course.time(along)) - along).abs() < 0.5, "{course:?} at {along}");
                    before = along;
                }
            }
        }
    }
}
