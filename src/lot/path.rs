//! Ways on the ground: straight legs, and arcs at their corners that a car can drive.

use super::motion::Point;
use std::f32::consts::{PI, TAU};

/// The most points a path has.
const POINTS: usize = 7;

/// A path: points, and how wide the corners between them are taken. Small, because a lot is copied often.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Path {
    points: [Point; POINTS],
    count: u8,
    /// So many of the first legs are driven backwards: out of a bay.
    backwards: u8,
    radius: f32,
}

/// A corner: where its arc begins and ends on the legs before and after it.
#[derive(Debug, Clone, Copy)]
struct Corner {
    /// How much of each leg the arc takes.
    trim: f32,
    radius: f32,
    /// How far it turns, clockwise.
    turn: f32,
}

impl Path {
    /// Through these points, of which the first seven count, with corners of this radius where there is room.
    pub fn through(points: &[Point], radius: f32) -> Path {
        let mut path = Path { points: [(0.0, 0.0); POINTS], count: 0, backwards: 0, radius };
        for &point in points {
            let is_new = path.count == 0 || distance(path.points[usize::from(path.count) - 1], point) > 0.01;
            if is_new && usize::from(path.count) < POINTS {
                path.points[usize::from(path.count)] = point;
                path.count += 1;
            }
        }
        path
    }

    /// The same, its first legs driven backwards.
    pub fn backing(self, legs: u8) -> Path {
        Path { backwards: legs, ..self }
    }

    /// Where it begins.
    pub fn begin(&self) -> Point {
        self.points[0]
    }

    /// Where it ends.
    pub fn end(&self) -> Point {
        self.points[usize::from(self.count.max(1)) - 1]
    }

    /// How long it is.
    pub fn length(&self) -> f32 {
        self.parts().map(|(straight, arc)| straight + arc).sum()
    }

    /// How much of it is driven backwards.
    pub fn length_backwards(&self) -> f32 {
        self.parts().take(usize::from(self.backwards)).map(|(straight, arc)| straight + arc).sum()
    }

    /// The point so far along, and where the car looks there.
    pub fn at(&self, mut along: f32) -> (Point, f32) {
        let legs = self.legs();
        for leg in 0..legs {
            let (from, to) = (self.points[leg], self.points[leg + 1]);
            let direction = angle(from, to);
            let looks = |direction: f32| if leg < usize::from(self.backwards) { direction + PI } else { direction };
            let (before, after) = (self.corner(leg), self.corner(leg + 1));
            let straight = distance(from, to) - before.trim - after.trim;
            let on = |at: f32| (from.0 + direction.cos() * at, from.1 + direction.sin() * at);
            if along <= straight || leg + 1 == legs {
                return (on(before.trim + along.clamp(0.0, straight.max(0.0))), looks(direction));
            }
            along -= straight;
            let arc = after.radius * after.turn.abs();
            if along < arc {
                let part = along / arc * after.turn;
                let side = after.turn.signum();
                let start = on(distance(from, to) - after.trim);
                let center =
                    (start.0 - direction.sin() * after.radius * side, start.1 + direction.cos() * after.radius * side);
                let turned = direction + part;
                let at = (center.0 + turned.sin() * after.radius * side, center.1 - turned.cos() * after.radius * side);
                return (at, looks(turned));
            }
            along -= arc;
        }
        (self.end(), 0.0)
    }

    fn legs(&self) -> usize {
        usize::from(self.count.max(1)) - 1
    }

    /// Of each leg what is straight, and the arc at its end.
    fn parts(&self) -> impl Iterator<Item = (f32, f32)> + '_ {
        (0..self.legs()).map(|leg| {
            let (before, after) = (self.corner(leg), self.corner(leg + 1));
            let straight = distance(self.points[leg], self.points[leg + 1]) - before.trim - after.trim;
            (straight, after.radius * after.turn.abs())
        })
    }

    /// The corner at a point. At both ends, and where it goes on forwards after it went backwards, there is none.
    fn corner(&self, point: usize) -> Corner {
        let legs = self.legs();
        let none = Corner { trim: 0.0, radius: 0.0, turn: 0.0 };
        if point == 0 || point >= legs || point == usize::from(self.backwards) {
            return none;
        }
        let (before, here, after) = (self.points[point - 1], self.points[point], self.points[point + 1]);
        let turn = short(angle(here, after) - angle(before, here));
        if !(0.01..3.1).contains(&turn.abs()) {
            return none;
        }
        // A leg with an arc at its other end too is shared.
        let room = |leg: usize, length: f32| {
            let other = if leg < point { leg } else { leg + 1 };
            let is_end = other == 0 || other >= legs || other == usize::from(self.backwards);
            if is_end { length } else { length / 2.0 }
        };
        let most = room(point - 1, distance(before, here)).min(room(point, distance(here, after)));
        let half = (turn.abs() / 2.0).tan();
        let trim = (self.radius * half).min(most);
        Corner { trim, radius: trim / half, turn }
    }
}

/// How far two points are apart.
pub(super) fn distance(a: Point, b: Point) -> f32 {
    let (x, y) = (a.0 - b.0, a.1 - b.1);
    // Not hypot: ways are short, and cars many.
    (x * x + y * y).sqrt()
}

fn angle(from: Point, to: Point) -> f32 {
    (to.1 - from.1).atan2(to.0 - from.0)
}

/// The same angle, the short way round.
pub(super) fn short(mut angle: f32) -> f32 {
    while angle > PI {
        angle -= TAU;
    }
    while angle < -PI {
        angle += TAU;
    }
    angle
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f32::consts::FRAC_PI_2;

    fn close((a, b): (Point, f32), (point, heading): (Point, f32)) -> bool {
        distance(a, point) < 0.1 && short(b - heading).abs() < 0.01
    }

    #[test]
    fn corners_are_arcs() {
        let path = Path::through(&[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)], 20.0);
        assert!((path.length() - (80.0 + 20.0 * FRAC_PI_2 + 80.0)).abs() < 0.01, "{}", path.length());
        assert!(close(path.at(50.0), ((50.0, 0.0), 0.0)));
        let middle = path.at(80.0 + 10.0 * FRAC_PI_2);
        let off = 20.0 * (1.0 - std::f32::consts::FRAC_1_SQRT_2);
        assert!(close(middle, ((100.0 - off, off), FRAC_PI_2 / 2.0)), "{middle:?}");
        assert!(close(path.at(path.length()), ((100.0, 100.0), FRAC_PI_2)));
        let left = Path::through(&[(0.0, 0.0), (100.0, 0.0), (100.0, -100.0)], 20.0);
        assert!(close(left.at(80.0 + 10.0 * FRAC_PI_2), ((100.0 - off, -off), -FRAC_PI_2 / 2.0)));
    }

    #[test]
    fn who_backs_out_looks_the_other_way() {
        let path = Path::through(&[(0.0, 0.0), (0.0, 60.0), (40.0, 60.0), (-200.0, 60.0)], 30.0).backing(2);
        assert!(close(path.at(0.0), ((0.0, 0.0), -FRAC_PI_2)), "{:?}", path.at(0.0));
        let turned = path.at(path.length_backwards() - 0.01);
        assert!(close(turned, ((40.0, 60.0), PI)), "{turned:?}");
        assert!(close(path.at(path.length()), ((-200.0, 60.0), PI)));
    }

    #[test]
    fn nothing_jumps_on_the_way() {
        let path = Path::through(&[(0.0, 0.0), (30.0, 0.0), (60.0, 40.0), (90.0, 40.0), (90.0, 0.0), (0.0, 0.0)], 25.0);
        let steps = (path.length() * 4.0) as u32;
        for step in 1..steps {
            let ((a, _), (b, _)) = (path.at((step - 1) as f32 / 4.0), path.at(step as f32 / 4.0));
            assert!(distance(a, b) < 0.3, "{a:?} to {b:?}");
        }
    }
}
