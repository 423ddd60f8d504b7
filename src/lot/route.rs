//! How one gets from where one is to where one goes.

use super::car::{Goal, Trip};
use super::geometry::{Format, Plan, Spot};
use super::motion::{Drive, Point, Pose};
use crate::time::Instant;

pub(super) fn at((x, y): Point) -> Pose {
    Pose { x, y, heading: 0.0, scale: 1.0 }
}

/// Sends something on to `to`, unless it is on its way there.
pub(super) fn slide(drive: &mut Drive, to: Point, now: Instant) {
    if drive.target() != to {
        *drive = Drive::along(drive.at(now), &[to], Some(0.0), 1.0, now).brisk();
    }
}

/// Where a car stands once it is there.
pub(super) fn stop(plan: &Plan, goal: Goal) -> Option<Pose> {
    match goal {
        Goal::Kerb(place) => Some(plan.waiting(place)),
        Goal::Before(spot) => Some(plan.before(spot)),
        Goal::Bay(spot) => Some(plan.parked(spot)),
        Goal::Off(_) => None,
    }
}

pub(super) fn straight(from: Pose, to: Pose, now: Instant) -> Drive {
    Drive::along(from, &[(to.x, to.y)], Some(to.heading), to.scale, now).brisk()
}

/// How a car gets from where it is to its next goal.
pub(super) fn route(plan: &Plan, trip: &Trip, goal: Goal, now: Instant) -> Drive {
    let from = trip.drive.at(now);
    if let (Goal::Kerb(before), Goal::Kerb(_)) = (trip.goal, goal)
        && before != usize::MAX
        && let Some(end) = stop(plan, goal)
    {
        return straight(from, end, now);
    }
    let mut way = Vec::with_capacity(5);
    match (trip.goal, goal) {
        (Goal::Bay(spot) | Goal::Before(spot), Goal::Off(_)) => {
            return Drive::along(from, &plan.way_out(spot), None, plan.entrance().scale, now).backing_out();
        }
        (_, Goal::Off(_)) => way.extend(plan.way_off(from)),
        (Goal::Kerb(usize::MAX), Goal::Kerb(place)) => way.extend(plan.way_to_kerb(plan.waiting(place))),
        (Goal::Before(one), Goal::Bay(other) | Goal::Before(other)) if one == other => {}
        (_, Goal::Bay(spot) | Goal::Before(spot)) => way.extend(plan.way_in(from, spot)),
        _ => {}
    }
    match stop(plan, goal) {
        Some(end) => {
            way.push((end.x, end.y));
            Drive::along(from, &way, Some(end.heading), end.scale, now)
        }
        None => Drive::along(from, &way, None, plan.entrance().scale, now),
    }
}

impl Plan {
    /// The way from the road or the kerb to `spot`, its end left out.
    fn way_in(&self, from: Pose, spot: Spot) -> Vec<Point> {
        let (gate, aisle) = (self.gates().0, self.aisle(spot));
        let turn_in = self.bay(spot).center().0;
        let mut way = Vec::with_capacity(5);
        if from.x < self.lot.x || from.y > self.lot.y + self.lot.h {
            match self.format {
                Format::Wide => way.push((gate, from.y)),
                // Over the strip between lot and kerb, not through the others.
                Format::Tall => way.extend([(from.x, self.kerb.y - 18.0), (gate, self.kerb.y - 18.0)]),
            }
            way.push((gate, aisle));
        }
        way.push((turn_in, aisle));
        way
    }

    /// The way from a bay out of the picture.
    fn way_out(&self, spot: Spot) -> [Point; 4] {
        let (gate, aisle) = (self.gates().1, self.aisle(spot));
        let lane = self.near_lane();
        [(self.bay(spot).center().0, aisle), (gate, aisle), (gate, lane), (self.size.0 + 50.0, lane)]
    }

    /// The way from the kerb out of the picture, for those who waited in vain: over the far lane.
    fn way_off(&self, from: Pose) -> [Point; 3] {
        let lane = self.far_lane();
        [(from.x + 30.0, from.y), (from.x + 60.0, lane), (self.size.0 + 50.0, lane)]
    }

    /// The way from the entrance to a place at the kerb, its end left out.
    fn way_to_kerb(&self, place: Pose) -> [Point; 2] {
        [(place.x - self.kerb_cell, self.near_lane()), (place.x - self.kerb_cell * 0.5, place.y)]
    }
}
