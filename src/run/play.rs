//! Playing a run again.

use super::error::RunFileError;
use super::kept::Run;
use super::outstanding_orders::OutstandingOrders;
use super::place::line_of;
use super::results::Results;
use crate::lot::Format;
use crate::sim::WorldAct;
use crate::travel::{MOST_EVENTS, ReadOnlyPastError, Travel};
use std::borrow::Borrow;

/// An act of a run cannot happen at its moment.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Act {}: {reason}", number + 1)]
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
    /// It is a report, but the world is simulated.
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
    /// It reports that a connection was opened which was opened before.
    #[error("Connection {0} was opened before.")]
    OpenedTwice(u32),
    /// The travel takes no acts at this moment.
    #[error(transparent)]
    ReadOnlyPast(#[from] ReadOnlyPastError),
}

impl ReplayError {
    /// The same error, with its line in the text that the run was read from.
    pub fn of(self, text: &str) -> RunFileError {
        RunFileError::At { line: line_of(text, self.number), column: 1, reason: self.reason.to_string() }
    }
}

/// A run that is being played to its end, some events at a time. In which portions makes no difference.
#[derive(Debug)]
pub struct RunPlayer<R> {
    run: R,
    travel: Travel,
    outstanding: OutstandingOrders,
    /// How many of the acts were done.
    done: usize,
}

impl<R: Borrow<Run>> RunPlayer<R> {
    /// The run at its beginning.
    pub fn new(run: R, format: Format) -> RunPlayer<R> {
        let begin = if run.borrow().card.real { Travel::driven } else { Travel::new };
        let travel = begin(run.borrow().setup.clone(), format);
        RunPlayer { run, travel, outstanding: OutstandingOrders::default(), done: 0 }
    }

    /// The run that is played.
    pub fn run(&self) -> &Run {
        self.run.borrow()
    }

    /// How much of it was played, in percent.
    pub fn percent(&self) -> u8 {
        let (done, all) = (self.travel.world().events(), self.run().card.head.events);
        (done.min(all) * 100 / all.max(1)) as u8
    }

    /// Plays at most `most` more events. Returns whether the run is at its end; if not, call it again.
    ///
    /// # Errors
    /// The first act that cannot happen at its moment.
    pub fn go_on(&mut self, most: u64) -> Result<bool, ReplayError> {
        let most = self.travel.world().events().saturating_add(most);
        while let Some(entry) = self.run.borrow().acts.get(self.done) {
            let number = self.done;
            let error = |reason| ReplayError { number, reason };
            if !self.travel.play_within(entry.at, most.min(MOST_EVENTS), &mut |_, _| {}) {
                let is_spent = self.travel.world().events() >= MOST_EVENTS;
                return if is_spent { Err(error(ReplayErrorKind::TooManyEvents)) } else { Ok(false) };
            }
            self.outstanding.collect(&mut self.travel);
            if let WorldAct::Report { generation, client, report, .. } = &entry.act {
                if !self.run.borrow().card.real {
                    return Err(error(ReplayErrorKind::Simulated));
                }
                self.outstanding.take(*generation, *client, *report).map_err(error)?;
            }
            self.travel.act(entry.act.clone()).map_err(|past| error(past.into()))?;
            self.outstanding.collect(&mut self.travel);
            self.done += 1;
            if self.travel.world().events() >= most {
                return Ok(false);
            }
        }
        let head = self.run().card.head;
        let there = self.travel.play_within(head.moment(), most.min(head.events), &mut |_, _| {});
        Ok(there || self.travel.world().events() >= head.events)
    }

    /// The run, and its travel. A simulated world can go on from there, or go back and take another course; a run of a real database is a
    /// [recording](Travel::is_recorded).
    pub fn end(mut self) -> (R, Travel) {
        self.travel.end();
        (self.run, self.travel)
    }
}

impl Run {
    /// Plays the run to its end.
    ///
    /// # Errors
    /// The first act that cannot happen at its moment.
    pub fn travel(&self, format: Format) -> Result<Travel, ReplayError> {
        let mut player = RunPlayer::new(self, format);
        while !player.go_on(u64::MAX)? {}
        Ok(player.end().1)
    }

    /// Whether a travel that has played this run has the recorded results. They may differ if another version of the engine
    /// recorded the run, or if a person wrote it.
    pub fn matches_results(&self, travel: &Travel) -> bool {
        let places = self.acts.iter().map(|entry| (entry.at, entry.events));
        travel.tape().is_some_and(|tape| tape.iter().map(|entry| (entry.at, entry.events)).eq(places))
            && travel.head_events() == self.card.head.events
            && travel.head() == self.card.head.moment()
            && Results::of(travel) == self.card.results
    }
}
