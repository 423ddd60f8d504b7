//! Who may be where: ground is divided into blocks, as a railway's is, and each is one car's at a time.

use super::car::Stand;
use super::geometry::{MOST_BAYS, Spot};
use super::motion::{Drive, Point};
use super::plan::LotPlan;
use crate::time::{Instant, Span};

/// A car keeps so much before and behind it, in lengths.
const MARGIN: f32 = 0.08;
/// A block of a lane or an aisle, in lengths of a car.
const BLOCK: f32 = 0.5;
/// A way is looked at in steps of this part of a length.
const STEP: f32 = 0.24;
/// Until somebody leaves who stands there.
const NOT_YET: Instant = Instant::from_micros(i64::MAX);

/// A block that a drive passes: the distance at which the car comes into it, and that at which it has left it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Passage {
    block: u32,
    enters: f32,
    leaves: f32,
}

/// A block is a car's for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Reservation {
    block: u32,
    car: u32,
    from: Instant,
    until: Instant,
}

/// Whose each block is, and when. Sorted by block.
#[derive(Debug, Clone, Default)]
pub(super) struct RightOfWay {
    reserved: Vec<Reservation>,
}

impl RightOfWay {
    /// A car stands there from now on.
    pub fn hold(&mut self, plan: &LotPlan, standing: Stand, car: u32, from: Instant) {
        if let Some(block) = Blocks::of(plan).standing(standing) {
            self.insert(Reservation { block, car, from, until: NOT_YET });
        }
    }

    /// From when on a place is free for a car; `None` as long as nobody knows.
    pub fn free(&self, plan: &LotPlan, standing: Stand, car: u32) -> Option<Instant> {
        let Some(block) = Blocks::of(plan).standing(standing) else { return Some(Instant::ZERO) };
        let last = self.of(block).iter().filter(|held| held.car != car).map(|held| held.until).max();
        let last = last.unwrap_or(Instant::ZERO);
        (last != NOT_YET).then_some(last)
    }

    /// What a car held is free from then on.
    pub fn release(&mut self, car: u32, from: Instant) {
        for held in self.reserved.iter_mut().filter(|held| held.car == car && held.until == NOT_YET) {
            held.until = from;
        }
    }

    /// The first moment from `now` on, and before `latest`, at which a car can begin to drive without meeting anybody.
    pub fn ask(
        &self,
        plan: &LotPlan,
        drive: &Drive,
        ends: (Stand, Stand),
        car: u32,
        now: Instant,
        latest: Instant,
    ) -> Option<Way> {
        let claims = claims(plan, drive, ends);
        let mut begin = now;
        'later: while begin <= latest {
            for &(claim, enters, leaves) in &claims {
                let (from, until) = (begin + enters, leaves.map_or(NOT_YET, |leaves| begin + leaves));
                for held in self.of(claim.block) {
                    if held.car != car && held.from < until && from < held.until {
                        if held.until == NOT_YET {
                            return None;
                        }
                        begin = (held.until + Span::from_micros(-enters.as_micros())).max(begin + Span::from_micros(1));
                        continue 'later;
                    }
                }
            }
            return Some(Way { begin, claims });
        }
        None
    }

    /// The way is the car's. What is over by `now` is forgotten.
    pub fn take(&mut self, way: &Way, car: u32, now: Instant) {
        self.release(car, way.begin);
        self.reserved.retain(|held| held.until > now);
        for &(Passage { block, .. }, enters, leaves) in &way.claims {
            let until = leaves.map_or(NOT_YET, |leaves| way.begin + leaves);
            self.insert(Reservation { block, car, from: way.begin + enters, until });
        }
    }

    fn insert(&mut self, reservation: Reservation) {
        let at = self.reserved.partition_point(|held| held.block <= reservation.block);
        self.reserved.insert(at, reservation);
    }

    fn of(&self, block: u32) -> &[Reservation] {
        let begin = self.reserved.partition_point(|held| held.block < block);
        let end = begin + self.reserved[begin..].partition_point(|held| held.block == block);
        &self.reserved[begin..end]
    }
}

/// A way that is free.
#[derive(Debug)]
pub(super) struct Way {
    /// From this moment on.
    pub begin: Instant,
    /// What it passes: how long after the beginning it comes into a block, and has left it, if it does.
    claims: Vec<(Passage, Span, Option<Span>)>,
}

/// All blocks that a drive from one place to another passes, each once.
fn claims(plan: &LotPlan, drive: &Drive, (from, to): (Stand, Stand)) -> Vec<(Passage, Span, Option<Span>)> {
    let (path, length) = (drive.path(), plan.length());
    let reach = length * (0.5 + MARGIN);
    let (blocks, whole) = (Blocks::of(plan), path.length());
    let mut claims: Vec<Passage> = Vec::with_capacity(40);
    // Of a bay one is out when one has turned into the aisle, and comes into it when one turns out of that.
    let depth = plan.bay_depth() + plan.turn() * 0.6;
    if let Some(block) = blocks.standing(from).filter(|_| from.spot().is_some()) {
        claims.push(Passage { block, enters: 0.0, leaves: path.length_backwards() });
    }
    let steps = (whole / (length * STEP)).ceil().max(1.0) as usize;
    let each = whole / steps as f32;
    for step in 0..=steps {
        let along = each * step as f32;
        let ((x, y), heading) = path.at(along);
        let (sin, cos) = heading.sin_cos();
        for part in [-1.0, -0.5, 0.0, 0.5, 1.0] {
            let Some(block) = blocks.at((x + cos * reach * part, y + sin * reach * part)) else { continue };
            // What happens between two steps counts to both.
            let (enters, leaves) = ((along - each).max(0.0), (along + each).min(whole));
            match claims.iter_mut().find(|claim| claim.block == block) {
                Some(claim) => claim.leaves = leaves,
                None => claims.push(Passage { block, enters, leaves }),
            }
        }
    }
    if let Some(block) = blocks.standing(to) {
        let enters = if to.spot().is_some() { (whole - depth).max(0.0) } else { whole };
        match claims.iter_mut().find(|claim| claim.block == block) {
            Some(claim) => claim.leaves = f32::INFINITY,
            None => claims.push(Passage { block, enters, leaves: f32::INFINITY }),
        }
    }
    let timed = |claim: Passage| {
        let leaves = (claim.leaves != f32::INFINITY).then(|| drive.time(claim.leaves));
        (claim, drive.time(claim.enters), leaves)
    };
    claims.into_iter().map(timed).collect()
}

/// The ground's blocks by number: of the driving lane, the places in line, the gate, the lay-by, the lane between the bays, the
/// aisles, and the bays.
struct Blocks<'a> {
    plan: &'a LotPlan,
    along: usize,
    up: usize,
    line: usize,
    lay_by: usize,
}

impl<'a> Blocks<'a> {
    fn of(plan: &'a LotPlan) -> Blocks<'a> {
        let block = plan.length() * BLOCK;
        let along = (plan.size.0 / block) as usize + 5;
        let up = (plan.road.y / block) as usize + 2;
        Blocks { plan, along, up, line: plan.line_in_sight(), lay_by: plan.lay_by_in_sight() }
    }

    fn gate(&self) -> usize {
        self.along + self.line
    }

    fn lane_up(&self) -> usize {
        self.gate() + 1 + self.lay_by
    }

    fn aisles(&self) -> usize {
        self.lane_up() + self.up
    }

    fn bays(&self) -> usize {
        self.aisles() + self.plan.aisles() * self.along
    }

    fn standing(&self, standing: Stand) -> Option<u32> {
        let block = match standing {
            Stand::Outside | Stand::Gone => None,
            Stand::Line(place) => (place < self.line).then_some(self.along + place),
            Stand::LayBy(place) => (place < self.lay_by).then_some(self.gate() + 1 + place),
            Stand::Mouth(spot) | Stand::Bay(spot) => self.bay(spot),
        };
        block.map(|block| block as u32)
    }

    fn bay(&self, spot: Spot) -> Option<usize> {
        let strip = if spot.old { MOST_BAYS } else { 0 };
        (spot.place() < MOST_BAYS).then_some(self.bays() + strip + spot.place())
    }

    fn cell(&self, x: f32) -> usize {
        let block = self.plan.length() * BLOCK;
        ((x / block) as i32 + 2).clamp(0, self.along as i32 - 1) as usize
    }

    /// The place of a row of so many that a car at `x` is in: not between two of them.
    fn nearest(&self, first: f32, x: f32, many: usize) -> Option<usize> {
        let each = self.plan.line(0.0).x - self.plan.line(1.0).x;
        let nearest = ((first - x) / each).round();
        let is_in_it = (first - x - nearest * each).abs() < self.plan.length() * 0.6;
        (nearest >= 0.0 && (nearest as usize) < many && is_in_it).then_some(nearest as usize)
    }

    /// The block that a point on a way is in. Bays are none: who comes into one is alone there.
    fn at(&self, point: Point) -> Option<u32> {
        self.at_place(point).map(|block| block as u32)
    }

    fn at_place(&self, (x, y): Point) -> Option<usize> {
        let plan = self.plan;
        let length = plan.length();
        if y >= plan.road.y - 1.0 {
            let (line, drive, lay_by) = plan.lanes();
            if y < (line + drive) / 2.0 {
                if (x - plan.gate).abs() < plan.turn() * 0.9 + length * 0.1 {
                    return Some(self.gate());
                }
                return self.nearest(plan.line(0.0).x, x, self.line).map(|place| self.along + place);
            }
            if y < (drive + lay_by) / 2.0 {
                return Some(self.cell(x));
            }
            return self.nearest(plan.lay_by(0).x, x, self.lay_by).map(|place| self.gate() + 1 + place);
        }
        let (wide, lane) = plan.widths();
        for aisle in 0..plan.aisles() {
            if (y - plan.aisle(aisle)).abs() < wide / 2.0 {
                // Where the lane from the gate meets it there is room for one.
                let is_junction = (x - plan.gate).abs() < length * 0.5;
                return Some(self.aisles() + aisle * self.along + self.cell(if is_junction { plan.gate } else { x }));
            }
        }
        if (x - plan.gate).abs() < lane {
            let block = length * BLOCK;
            return Some(self.lane_up() + ((plan.road.y - y) / block).clamp(0.0, self.up as f32 - 1.0) as usize);
        }
        None
    }
}
