//! Playing a run again.

use super::error::RunFileError;
use super::kept::{MOST_EVENTS, Run};
use super::outstanding_orders::OutstandingOrders;
use super::place::line_of;
use super::results::Results;
use crate::lot::Format;
use crate::sim::WorldAct;
use crate::travel::{ReadOnlyPastError, Travel};

/// An act of a run cannot happen at its moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("WorldAct {}: {reason}", number + 1)]
pub struct ReplayError {
    /// The number of the act, from 0.
    pub number: usize,
    /// Why it cannot happen.
    pub reason: ReplayErrorKind,
}

/// Why an act of a run cannot happen at its moment. Each is a sentence for the author of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayErrorKind {
    /// Too many events come before it.
    #[error("More than {MOST_EVENTS} events come before it, which is too much to play.")]
    TooManyEvents,
    /// It is a report, and the world is simulated.
    #[error("Only a real store reports, and this run is of a simulated one.")]
    Simulated,
    /// It is a report without an order.
    #[error("Nothing was ordered that this could be a report on, in the name of client {client} of pool {generation}.")]
    NotOrdered {
        /// The client that the report names.
        client: u32,
        /// The generation of the pool that it names.
        generation: u32,
    },
    /// It reports a connection as opened that was opened before.
    #[error("Connection {0} was opened before.")]
    OpenedTwice(u32),
    /// The travel takes no acts at this moment.
    #[error(transparent)]
    ReadOnlyPast(#[from] ReadOnlyPastError),
}

impl ReplayError {
    /// The same error for the text that the run was read from, with the line.
    pub fn of(self, text: &str) -> RunFileError {
        RunFileError::At { line: line_of(text, self.number), column: 1, reason: self.reason.to_string() }
    }
}

impl Run {
    /// Plays the run to its end. A simulated world can go on from there, or take another way; a run of a real store is a
    /// [recording](Travel::is_recorded).
    ///
    /// # Errors
    /// The first act that cannot happen at its moment.
    pub fn travel(&self, format: Format) -> Result<Travel, ReplayError> {
        let begin = if self.card.real { Travel::driven } else { Travel::new };
        let mut travel = begin(self.setup.clone(), format);
        let mut outstanding = OutstandingOrders::default();
        for (number, entry) in self.acts.iter().enumerate() {
            let error = |reason| ReplayError { number, reason };
            if !travel.play_within(entry.at, MOST_EVENTS, &mut |_, _| {}) {
                return Err(error(ReplayErrorKind::TooManyEvents));
            }
            outstanding.collect(&mut travel);
            if let WorldAct::Report { generation, client, report, .. } = &entry.act {
                if !self.card.real {
                    return Err(error(ReplayErrorKind::Simulated));
                }
                outstanding.take(*generation, *client, *report).map_err(error)?;
            }
            travel.act(entry.act.clone()).map_err(|past| error(past.into()))?;
            outstanding.collect(&mut travel);
        }
        travel.play_within(self.card.head.moment(), self.card.head.events, &mut |_, _| {});
        travel.end();
        Ok(travel)
    }

    /// Whether a travel that has played this run has the recorded results. It may not if another version of the engine recorded
    /// the run, or a person wrote it.
    pub fn came_out(&self, travel: &Travel) -> bool {
        let places = self.acts.iter().map(|entry| (entry.at, entry.events));
        travel.tape().is_some_and(|tape| tape.iter().map(|entry| (entry.at, entry.events)).eq(places))
            && travel.head_events() == self.card.head.events
            && travel.head() == self.card.head.moment()
            && Results::of(travel) == self.card.results
    }
}
