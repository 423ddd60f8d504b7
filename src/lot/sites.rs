//! All bays the lot remembers: on two strips, and to be found by whose they are.

use super::bay::{BayPhase, BaySite, PoolRecord};
use super::geometry::Spot;
use crate::pool::ConnectionId;
use crate::time::Instant;

/// The sites of the current pool, and of those before it.
#[derive(Debug, Clone, Default)]
pub(super) struct BaySites {
    strips: [Vec<Option<BaySite>>; 2],
    /// Where each is, sorted.
    index: Vec<(PoolRecord, Spot)>,
}

impl BaySites {
    /// All of them: the current pool's first, in order of their spots.
    pub fn iter(&self) -> impl Iterator<Item = &BaySite> {
        self.strips.iter().flatten().flatten()
    }

    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut BaySite> {
        self.strips.iter_mut().flatten().flatten()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// How long a strip is.
    pub fn length(&self, old: bool) -> usize {
        self.strips[usize::from(old)].len()
    }

    pub fn get(&self, place: PoolRecord) -> Option<&BaySite> {
        let found = self.index.binary_search_by_key(&place, |&(place, _)| place).ok()?;
        let spot = self.index[found].1;
        self.strips[usize::from(spot.old)][spot.place()].as_ref()
    }

    /// The site of `place`, on the first free spot of its strip if it is new.
    pub fn of(&mut self, place: PoolRecord, old: bool, now: Instant) -> &mut BaySite {
        let spot = match self.index.binary_search_by_key(&place, |&(place, _)| place) {
            Ok(found) => self.index[found].1,
            Err(at) => {
                let strip = &mut self.strips[usize::from(old)];
                let free = strip.iter().position(Option::is_none).unwrap_or_else(|| {
                    strip.push(None);
                    strip.len() - 1
                });
                let spot = Spot::new(old, free);
                self.index.insert(at, (place, spot));
                spot
            }
        };
        self.strips[usize::from(spot.old)][spot.place()].get_or_insert_with(|| BaySite::new(spot, now))
    }

    /// The site with this connection, looked for at `likely` first.
    pub fn with(&mut self, connection: ConnectionId, likely: Option<Spot>) -> Option<&mut BaySite> {
        let has = |site: &Option<BaySite>| site.is_some_and(|site| site.connection == Some(connection));
        let at_once = likely.filter(|spot| self.strips[usize::from(spot.old)].get(spot.place()).is_some_and(has));
        let found = at_once.map(|spot| (usize::from(spot.old), spot.place())).or_else(|| {
            let on = |strip: usize| self.strips[strip].iter().position(has).map(|place| (strip, place));
            on(0).or_else(|| on(1))
        });
        found.and_then(|(strip, place)| self.strips[strip][place].as_mut())
    }

    /// The current strip moves over to the old one. Answers with the new spot for each place of the current one.
    pub fn move_over(&mut self) -> Vec<Option<Spot>> {
        let moving = std::mem::take(&mut self.strips[0]);
        let moved: Vec<Option<Spot>> = moving
            .into_iter()
            .map(|site| {
                let mut site = site?;
                let strip = &mut self.strips[1];
                let free = strip.iter().position(Option::is_none).unwrap_or_else(|| {
                    strip.push(None);
                    strip.len() - 1
                });
                site.spot = Spot::new(true, free);
                strip[free] = Some(site);
                Some(site.spot)
            })
            .collect();
        for (_, spot) in self.index.iter_mut().filter(|(_, spot)| !spot.old) {
            if let Some(new) = moved[spot.place()] {
                *spot = new;
            }
        }
        moved
    }

    /// Takes away the sites of all but these, which must be sorted.
    pub fn keep_only(&mut self, alive: &[PoolRecord], now: Instant) -> Vec<BaySite> {
        let mut gone = Vec::new();
        let strips = &mut self.strips;
        self.index.retain(|(place, spot)| {
            let keep = alive.binary_search(place).is_ok();
            if !keep && let Some(mut site) = strips[usize::from(spot.old)][spot.place()].take() {
                site.set(BayPhase::Gone, now);
                gone.push(site);
            }
            keep
        });
        for strip in strips {
            while let Some(None) = strip.last() {
                strip.pop();
            }
        }
        gone
    }
}
