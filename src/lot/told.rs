//! A moment of the lot in words, for those who do not see the picture: everything that colour, place and movement say.

use super::bay::{Phase, Site};
use super::car::{Goal, Trip};
use super::scene::Lot;
use crate::pool::Pool;
use crate::time::{Instant, Span};

/// The lot at a moment, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// All of it in two or three sentences.
    pub summary: String,
    /// Each bay: which, how it is, and how old its connection is.
    pub bays: Vec<[String; 3]>,
    /// Each car without a bay: which, and what it is doing.
    pub cars: Vec<[String; 2]>,
}

impl Lot {
    /// The lot at `now`, in words. Not before the last news.
    pub fn told(&self, now: Instant, pool: &Pool) -> Told {
        let cars: Vec<&Trip> = self.here.iter().flatten().collect();
        let bays = self.sites.iter().map(|site| self.bay_told(now, site, &cars)).collect();
        let mut line: Vec<&&Trip> = cars.iter().filter(|trip| matches!(trip.goal, Goal::Kerb(_))).collect();
        line.sort_by_key(|trip| if let Goal::Kerb(ticket) = trip.goal { self.place(ticket) } else { 0 });
        let rest = cars.iter().filter(|trip| matches!(trip.goal, Goal::Road(_) | Goal::Coming));
        let told = |trip: &&Trip| [format!("Car {}", trip.number), doing(trip, now)];
        Told {
            summary: self.summary(now, pool, &line),
            bays,
            cars: line.iter().copied().chain(rest).map(told).collect(),
        }
    }

    fn summary(&self, now: Instant, pool: &Pool, line: &[&&Trip]) -> String {
        let open = self.sites.iter().filter(|site| site.connection.is_some()).count();
        let building = self.sites.iter().filter(|site| site.phase == Phase::Building).count();
        let dead = self.sites.iter().filter(|site| site.cracked).count();
        let (out, idle, over) = (pool.checkedout(), pool.checkedin(), pool.overflow().max(0));
        let mut said = match open {
            0 => "No bay is paved: no connection is open.".to_owned(),
            _ => format!("{} paved: {out} out, {idle} on the rack.", many(open, "bay is", "bays are")),
        };
        if building > 0 {
            said.push_str(&format!(" {} being built.", many(building, "bay is", "bays are")));
        }
        if over > 0 && pool.size() > 0 {
            said.push_str(&format!(" That is {over} beyond pool_size."));
        }
        match line.first() {
            None => said.push_str(" Nobody waits."),
            Some(first) => {
                said.push_str(&format!(" {} at the kerb", many(self.waiting, "car waits", "cars wait")));
                match left(first, now) {
                    Some(left) => said.push_str(&format!("; the first goes in {}.", seconds(left))),
                    None => said.push('.'),
                }
            }
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

    fn bay_told(&self, now: Instant, site: &Site, cars: &[&Trip]) -> [String; 3] {
        let car =
            cars.iter().find(|trip| matches!(trip.goal, Goal::Bay(spot) | Goal::Before(spot) if spot == site.spot));
        let whose = car.map(|trip| format!(" for car {}", trip.number)).unwrap_or_default();
        let on_rack =
            self.hung.iter().position(|key| self.sites.get(key.place).is_some_and(|hung| hung.spot == site.spot));
        let mut state = match site.phase {
            Phase::Building => format!("is being built{whose}"),
            Phase::Tapped => format!("is tapped first{whose}: pre-ping"),
            Phase::Swept => "is swept: reset on return".into(),
            Phase::Closing => "is being torn up: its connection is closed".into(),
            Phase::Gone => "is gone".into(),
            Phase::Open | Phase::Bare => match (car, on_rack) {
                (Some(trip), _) if trip.leaked => {
                    format!("car {} stands in it for ever: it never gave the key back", trip.number)
                }
                (Some(trip), _) => format!("car {} is in it", trip.number),
                (None, Some(0)) => "is free, its key first on the rack".into(),
                (None, Some(place)) => format!("is free, its key number {} on the rack", place + 1),
                (None, None) => "is free".into(),
            },
        };
        if site.phase == Phase::Bare && car.is_none() {
            state.push_str("; bare ground: its connection was thrown away");
        }
        if site.cracked {
            state.push_str("; cracked: the connection is dead, and the pool does not know");
        }
        let name = match site.connection {
            Some(connection) => format!("#{}", connection.0),
            None => "no number yet".into(),
        };
        let pool = if site.spot.old { " of the pool before" } else { "" };
        let age = site.connection.map(|_| seconds(now - site.opened)).unwrap_or_default();
        [format!("Bay {name}{pool}"), state, age]
    }
}

fn left(trip: &Trip, now: Instant) -> Option<Span> {
    trip.patience.map(|patience| ((trip.arrived + patience) - now).max(Span::ZERO))
}

fn doing(trip: &Trip, now: Instant) -> String {
    match trip.goal {
        Goal::Kerb(_) => match left(trip, now) {
            Some(left) => format!("waits at the kerb; {} of its pool_timeout are left", seconds(left)),
            None => "waits at the kerb, for ever if need be".into(),
        },
        Goal::Road(halt) if halt.after => {
            "is on the road: it has given its connection back, and goes on without".into()
        }
        Goal::Road(_) => "is on the road: it has not asked for a connection yet".into(),
        _ => "drives in".into(),
    }
}

fn many(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Seconds to the tenth.
fn seconds(span: Span) -> String {
    let tenths = span.as_micros().max(0) / 100_000;
    format!("{}.{} s", tenths / 10, tenths % 10)
}
