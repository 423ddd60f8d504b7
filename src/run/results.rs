//! The results of a run, as they are on its card.

use crate::figures::{
    ARRIVED, ERRORS, FAILED, Figure, LOST, Measurement, OPENED, P50, P95, RECYCLED, REFUSED, SERVED, TIMEOUTS, WAITED,
    WaitSummary,
};
use crate::sim::Sample;
use crate::travel::Travel;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::fmt;

/// The figures on a card, in the order of the file.
pub static ON_CARD: [&Figure; 11] =
    [&ARRIVED, &SERVED, &TIMEOUTS, &REFUSED, &LOST, &FAILED, &WAITED, &OPENED, &RECYCLED, &P50, &P95];

/// The figures at the end of a run. Waits that are not over by then do not count. In a file each figure has its name; times are
/// in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Results([i64; ON_CARD.len()]);

impl Results {
    /// The results at the moment that a travel shows.
    pub fn of(travel: &Travel) -> Results {
        let world = travel.world();
        let waits = WaitSummary::of(travel.journal().waits().iter().map(|wait| wait.time()));
        let measurement = Measurement::between(world.setup(), &Sample::default(), &world.sample(), waits);
        Results(ON_CARD.map(|figure| figure.number(&measurement)))
    }

    /// The value of a figure. For `ERRORS` it is the sum of all kinds of failure; for a figure that is not on a card it is 0.
    pub fn number(&self, figure: &Figure) -> i64 {
        if *figure == ERRORS {
            return [&TIMEOUTS, &REFUSED, &LOST, &FAILED]
                .map(|kind| self.number(kind))
                .into_iter()
                .fold(0, i64::saturating_add);
        }
        ON_CARD.iter().position(|one| *one == figure).map_or(0, |place| self.0[place])
    }
}

impl Serialize for Results {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(ON_CARD.iter().zip(self.0).map(|(figure, number)| (figure.name, number)))
    }
}

impl<'de> Deserialize<'de> for Results {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Results, D::Error> {
        deserializer.deserialize_map(ResultsReader)
    }
}

/// Reads each figure exactly once, and no others.
struct ResultsReader;

impl<'de> Visitor<'de> for ResultsReader {
    type Value = Results;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("the results of a run by name")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Results, A::Error> {
        let mut found = [None; ON_CARD.len()];
        while let Some(name) = map.next_key::<String>()? {
            let place = ON_CARD.iter().position(|figure| figure.name == name);
            let place = place.ok_or_else(|| A::Error::custom(format!("unknown field `{name}`")))?;
            if found[place].is_some() {
                return Err(A::Error::custom(format!("duplicate field `{name}`")));
            }
            // Unsigned: neither a count nor a time can be negative.
            let number: u64 = map.next_value()?;
            found[place] = Some(i64::try_from(number).unwrap_or(i64::MAX));
        }
        let mut results = Results::default();
        for ((figure, found), number) in ON_CARD.iter().zip(found).zip(&mut results.0) {
            *number = found.ok_or_else(|| A::Error::custom(format!("missing field `{}`", figure.name)))?;
        }
        Ok(results)
    }
}
