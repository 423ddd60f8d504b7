//! The way from one place to another.

use super::car::Stand;
use super::geometry::Spot;
use super::motion::{Drive, Point, Pose};
use super::path::Path;
use super::plan::LotPlan;
use crate::time::{Instant, Span};

/// So long it takes to pull up in the bay in which one is.
const PULL_UP: Span = Span::from_millis(260);

/// A way on the ground: how it is driven, if it can be, and where it ends.
pub(super) enum Route {
    /// It can be driven, when it is free.
    Drive(Drive),
    /// It ends in the bay in which it begins.
    Within(Drive),
    /// Nobody can drive so.
    None,
}

/// The way from where a car stands, at `from`, to another place. The drive begins at `now`.
pub(super) fn route(plan: &LotPlan, standing: Stand, from: Pose, to: Stand, now: Instant) -> Route {
    let (line, lane, _) = plan.lanes();
    let end = plan.stop(to).unwrap_or(from);
    let mut way: Vec<Point> = vec![(from.x, from.y)];
    let (mut comes, mut goes, mut backing) = (false, false, 0);
    match (standing, to) {
        (Stand::Mouth(one) | Stand::Bay(one), Stand::Mouth(other) | Stand::Bay(other)) if one == other => {
            return Route::Within(Drive::gliding(from, end, now, PULL_UP));
        }
        // From outside one comes in the lane that one needs.
        (Stand::Outside, Stand::Line(_)) => {
            way = vec![(-plan.length(), line), (end.x, end.y)];
            comes = true;
        }
        (Stand::Outside, Stand::Mouth(spot) | Stand::Bay(spot)) => {
            way = vec![(-plan.length(), lane)];
            way.extend(plan.way_in(lane, spot));
            comes = true;
        }
        (Stand::Outside, Stand::LayBy(_)) => {
            way = vec![(-plan.length(), lane)];
            way.extend(plan.change_lane(end, lane, -1.0));
            way.push((end.x, end.y));
            comes = true;
        }
        (Stand::Line(one), Stand::Line(other)) if other < one => way.push((end.x, end.y)),
        (Stand::Line(0), Stand::Mouth(spot) | Stand::Bay(spot)) => way.extend(plan.way_in(line, spot)),
        (Stand::Line(_) | Stand::LayBy(_), Stand::Mouth(spot) | Stand::Bay(spot)) => {
            way.extend(plan.change_lane(from, lane, 1.0));
            way.extend(plan.way_in(lane, spot));
        }
        (Stand::Line(_) | Stand::LayBy(_), Stand::Gone) => {
            way.extend(plan.change_lane(from, lane, 1.0));
            way.push((plan.size.0 + plan.length(), lane));
            goes = true;
        }
        (Stand::Mouth(spot) | Stand::Bay(spot), Stand::Gone | Stand::Outside | Stand::LayBy(_)) => {
            way.extend(plan.way_out(spot));
            (goes, backing) = (true, 2);
        }
        _ => return Route::None,
    }
    let path = Path::through(&way, plan.turn()).backing(backing);
    Route::Drive(Drive::along(path, Pose { scale: plan.scale(), ..from }, plan.speed(), (comes, goes), now))
}

impl LotPlan {
    /// Where a car stands; nowhere when it is not in the picture.
    pub(super) fn stop(&self, standing: Stand) -> Option<Pose> {
        match standing {
            Stand::Outside | Stand::Gone => None,
            Stand::Line(place) => Some(self.line(place as f32)),
            Stand::LayBy(place) => Some(self.lay_by(place)),
            Stand::Mouth(spot) => Some(self.before(spot)),
            Stand::Bay(spot) => Some(self.parked(spot)),
        }
    }

    /// From a lane of the road through the gate into a bay, as far as its place is known. Where one stops there is the last point.
    fn way_in(&self, lane: f32, spot: Spot) -> [Point; 4] {
        let aisle = self.aisle(self.aisle_of(spot));
        let end = self.parked(spot);
        [(self.gate, lane), (self.gate, aisle), (end.x, aisle), (end.x, end.y)]
    }

    /// Backwards out of a bay the way one came in, and out of the picture by the aisle.
    fn way_out(&self, spot: Spot) -> [Point; 3] {
        let aisle = self.aisle(self.aisle_of(spot));
        let x = self.parked(spot).x;
        let (upstream, outside) =
            if x < self.gate { (1.0, -self.length()) } else { (-1.0, self.size.0 + self.length()) };
        [(x, aisle), (x + upstream * self.turn() * 1.02, aisle), (outside, aisle)]
    }

    /// From a place beside the driving lane into it (`ahead` 1), or from it into the place (-1).
    fn change_lane(&self, place: Pose, lane: f32, ahead: f32) -> [Point; 2] {
        let length = self.length();
        let (near, far) = ((place.x + ahead * length * 0.12, place.y), (place.x + ahead * length * 0.85, lane));
        if ahead > 0.0 { [near, far] } else { [far, near] }
    }
}
