//! A moment of the lot in words, for those who do not see the picture: everything that colour, place and movement say.

use super::bay::{BayPhase, BaySite};
use super::car::{CarState, Destination};
use super::lot::Lot;
use super::motion::Point;
use crate::pool::Pool;
use crate::time::{Instant, Span};

/// The lot at a moment, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Description {
    /// All of it in two or three sentences.
    pub summary: String,
    /// Each bay: which, how it is, and how old its connection is.
    pub bays: Vec<[String; 3]>,
    /// Each car without a bay: which, and what it is doing.
    pub cars: Vec<[String; 2]>,
}

impl Lot {
    /// The lot at `now`, in words. Not before the last news.
    pub fn describe(&self, now: Instant, pool: &Pool) -> Description {
        let cars: Vec<&CarState> = self.here.iter().flatten().collect();
        let bays = self.sites.iter().map(|site| self.describe_bay(now, site, &cars)).collect();
        let mut line: Vec<&&CarState> =
            cars.iter().filter(|car| matches!(car.destination, Destination::Kerb(_))).collect();
        line.sort_by_key(|car| if let Destination::Kerb(ticket) = car.destination { self.place(ticket) } else { 0 });
        let rest = cars.iter().filter(|car| matches!(car.destination, Destination::Road(_) | Destination::Coming));
        let told = |car: &&CarState| [format!("Car {}", car.number), doing(car, now)];
        Description {
            summary: self.summary(now, pool, &line),
            bays,
            cars: line.iter().copied().chain(rest).map(told).collect(),
        }
    }

    /// What is at a place of the picture, in words; `None` where there is neither a bay nor a car.
    pub fn describe_at(&self, now: Instant, at: Point) -> Option<String> {
        let cars: Vec<&CarState> = self.here.iter().flatten().collect();
        if let Some(site) = self.sites.iter().find(|site| self.plan.bay(site.spot).contains(at)) {
            let [bay, state, age] = self.describe_bay(now, site, &cars);
            let age = if age.is_empty() { age } else { format!(" Its connection is {age} old.") };
            let colon = if state.starts_with("is ") { "" } else { ":" };
            return Some(format!("{bay}{colon} {state}.{age}"));
        }
        let distance = |car: &CarState| {
            let (pose, opacity) = self.pose(car, now);
            (pose.x - at.0).hypot(pose.y - at.1) + if opacity > 0.2 { 0.0 } else { f32::INFINITY }
        };
        let near = cars.into_iter().map(|car| (distance(car), car)).min_by(|(one, _), (other, _)| one.total_cmp(other));
        let (_, car) = near.filter(|(distance, _)| *distance < self.plan.length())?;
        Some(match car.destination {
            Destination::Bay(spot) => {
                let connection = self.sites.iter().find(|site| site.spot == spot).and_then(|site| site.connection);
                let which = connection.map_or("a connection".to_owned(), |id| format!("connection #{}", id.0));
                format!("Car {} has {which}.", car.number)
            }
            Destination::Before(_) => format!("Car {} waits until its connection is ready.", car.number),
            _ => format!("Car {} {}.", car.number, doing(car, now)),
        })
    }

    fn summary(&self, now: Instant, pool: &Pool, line: &[&&CarState]) -> String {
        let open = self.sites.iter().filter(|site| site.connection.is_some()).count();
        let building = self.sites.iter().filter(|site| site.phase == BayPhase::Building).count();
        let dead = self.sites.iter().filter(|site| site.cracked).count();
        let (out, idle, over) = (pool.checkedout(), pool.checkedin(), pool.overflow().max(0));
        let mut said = match open {
            0 => "No bay is paved: no connection is open.".to_owned(),
            _ => format!("{} paved: {out} out, {idle} on the rack.", many(open, "bay is", "bays are")),
        };
        match self.here.iter().flatten().filter(|car| car.idles && !car.leaked).count() {
            0 => {}
            1 => said.push_str(" One of those out is idle in transaction."),
            idle => said.push_str(&format!(" {idle} of those out are idle in transaction.")),
        }
        if building > 0 {
            said.push_str(&format!(" {} being built.", many(building, "bay is", "bays are")));
        }
        if over > 0 && pool.size() > 0 {
            said.push_str(&format!(" That is {over} beyond pool_size."));
        }
        match line.first() {
            None => said.push_str(" Nobody waits."),
            Some(first) => {
                said.push_str(&format!(" {} in line", many(self.waiting, "car waits", "cars wait")));
                match left(first, now) {
                    Some(left) => said.push_str(&format!("; the first goes in {}.", seconds(left))),
                    None => said.push('.'),
                }
            }
        }
        if let Some((number, held)) = self.longest_holder(now) {
            said.push_str(&format!(" Car {number} has held its connection longest: {}.", seconds(held)));
        }
        if self.for_nobody > 0 {
            said.push_str(&format!(
                " {} served to nobody: the user had gone.",
                many(self.for_nobody as usize, "request was", "requests were")
            ));
        }
        if dead > 0 {
            let whose = if dead == 1 { "its connection is dead" } else { "their connections are dead" };
            said.push_str(&format!(
                " {} cracked: {whose}, and the pool does not know.",
                many(dead, "bay is", "bays are")
            ));
        }
        said
    }

    fn describe_bay(&self, now: Instant, site: &BaySite, cars: &[&CarState]) -> [String; 3] {
        let car = cars.iter().find(
            |car| matches!(car.destination, Destination::Bay(spot) | Destination::Before(spot) if spot == site.spot),
        );
        let whose = car.map(|car| format!(" for car {}", car.number)).unwrap_or_default();
        let on_rack =
            self.rack_keys.iter().position(|key| self.sites.get(key.place).is_some_and(|hung| hung.spot == site.spot));
        let mut state = match site.phase {
            BayPhase::Building => format!("is being built{whose}"),
            BayPhase::Tapped => format!("is tapped first{whose}: pre-ping"),
            BayPhase::Swept => "is swept: reset on return".into(),
            BayPhase::Closing => "is being torn up: its connection is closed".into(),
            BayPhase::Gone => "is gone".into(),
            BayPhase::Open | BayPhase::Bare => match (car, on_rack) {
                (Some(car), _) if car.leaked => {
                    format!("car {} stands in it for ever: it never gave the key back", car.number)
                }
                (Some(car), _) if car.idles => {
                    format!("car {} has its key, and runs no statement: its transaction is open and idle", car.number)
                }
                (Some(car), _) => format!("car {} has its key", car.number),
                (None, Some(0)) => "is free, its key first on the rack".into(),
                (None, Some(place)) => format!("is free, its key number {} on the rack", place + 1),
                (None, None) => "is free".into(),
            },
        };
        if site.phase == BayPhase::Bare && car.is_none() {
            state.push_str("; bare ground: its connection was thrown away");
        }
        if site.cracked {
            state.push_str("; cracked: the connection is dead, and the pool does not know");
        }
        let name = match site.connection {
            Some(connection) => format!("Bay #{}", connection.0),
            None => "A new bay".into(),
        };
        let pool = if site.spot.old { " of the pool before" } else { "" };
        let age = site.connection.map(|_| seconds(now - site.opened)).unwrap_or_default();
        [format!("{name}{pool}"), state, age]
    }
}

fn left(car: &CarState, now: Instant) -> Option<Span> {
    car.patience.map(|patience| ((car.arrived + patience) - now).max(Span::ZERO))
}

fn doing(car: &CarState, now: Instant) -> String {
    match car.destination {
        Destination::Kerb(_) => match left(car, now) {
            Some(left) => format!("waits in line; {} of its pool_timeout left", seconds(left)),
            None => "waits in line, without a timeout".into(),
        },
        Destination::Road(halt) if halt.after => {
            "is on the road: it has given its connection back, and goes on without".into()
        }
        Destination::Road(_) => "is on the road: it has not asked for a connection yet".into(),
        _ => "drives in".into(),
    }
}

/// A count with its word.
pub(super) fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Seconds to the tenth.
fn seconds(span: Span) -> String {
    let tenths = span.as_micros().max(0) / 100_000;
    format!("{}.{} s", tenths / 10, tenths % 10)
}
