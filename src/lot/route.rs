//! How one gets from where one is to where one goes.

use super::car::Destination;
use super::geometry::{Format, Spot};
use super::motion::{Drive, Point, Pose};
use super::plan::LotPlan;
use crate::time::Instant;

/// From where one stands to `to`, as one moves up in a row.
pub(super) fn straight(from: Pose, to: Pose, now: Instant) -> Drive {
    Drive::along(from, &[(to.x, to.y)], Some(to.heading), to.scale, now).brisk()
}

/// How a car gets from `from`, on its way to `before` or there, to its next goal; `end` is where it stands then, if
/// it does not leave.
pub(super) fn route(
    plan: &LotPlan,
    from: Pose,
    before: Destination,
    destination: Destination,
    end: Option<Pose>,
    now: Instant,
) -> Drive {
    let Some(end) = end else { return way_off(plan, from, before, now) };
    let mut way = Vec::with_capacity(5);
    match (before, destination) {
        (Destination::Kerb(_), Destination::Kerb(_)) => return straight(from, end, now),
        (Destination::Bay(spot) | Destination::Before(spot), Destination::Road(_)) => {
            way.extend(plan.way_out(spot).into_iter().take(2));
            way.push((plan.gates().1, end.y));
        }
        (Destination::Coming, Destination::Kerb(_)) => way.extend(plan.way_to_kerb(end)),
        (Destination::Before(one), Destination::Bay(other) | Destination::Before(other)) if one == other => {}
        (_, Destination::Bay(spot) | Destination::Before(spot)) => way.extend(plan.way_in(from, spot)),
        _ => {}
    }
    way.push((end.x, end.y));
    let drive = Drive::along(from, &way, Some(end.heading), end.scale, now);
    match (before, destination) {
        (Destination::Coming, _) => drive.coming(),
        (Destination::Bay(_), Destination::Road(_)) => drive.backing_out(),
        _ => drive,
    }
}

/// Out of the picture: from a bay over the near lane; from the kerb, for those who waited in vain, over the far one.
fn way_off(plan: &LotPlan, from: Pose, before: Destination, now: Instant) -> Drive {
    let scale = plan.road_scale();
    if let Destination::Bay(spot) | Destination::Before(spot) = before {
        return Drive::along(from, &plan.way_out(spot), None, scale, now).backing_out().going();
    }
    if let Destination::Road(halt) = before {
        // On in the direction of its lane.
        let away = if halt.after { -50.0 } else { plan.size.0 + 50.0 };
        return Drive::along(from, &[(away, from.y)], None, scale, now).going();
    }
    let lane = plan.far_lane();
    let way = [(from.x + 30.0, from.y), (from.x + 60.0, lane), (plan.size.0 + 50.0, lane)];
    Drive::along(from, &way, None, scale, now).going()
}

impl LotPlan {
    /// The way from the road or the kerb to `spot`, its end left out.
    fn way_in(&self, from: Pose, spot: Spot) -> Vec<Point> {
        let (gate, aisle) = (self.gates().0, self.aisle(spot));
        let turn_in = self.bay(spot).center().0;
        let mut way = Vec::with_capacity(5);
        if from.x < self.lot.x || from.y > self.lot.y + self.lot.h {
            if self.format == Format::Tall && from.y < self.road.y {
                // Down to the lane between kerb and road and round the others, who stand in the way.
                let lane = self.road.y - 13.0;
                way.extend([(from.x, lane), (gate, lane)]);
            } else {
                way.push((gate, from.y));
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

    /// The way from the entrance to a place at the kerb, its end left out.
    fn way_to_kerb(&self, place: Pose) -> [Point; 2] {
        let room = self.kerb.cell.0;
        [(place.x - room, self.near_lane()), (place.x - room * 0.5, place.y)]
    }
}
