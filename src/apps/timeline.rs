//! Where the time of one request went.

use crate::apps::Place;
use crate::time::{Instant, Span};

/// What a request is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// The server hands the request to a thread, or begins its task, and the framework finds the view.
    Routed,
    /// Python code runs before, between and after statements.
    Python,
    /// The request waits in the pool's queue.
    Waiting,
    /// The pool opens a connection for the request.
    Connecting,
    /// The pool checks whether the connection is alive.
    Checking,
    /// The database works on a statement.
    Statement,
    /// The database commits, or rolls back for the session.
    Commit,
    /// The pool resets the connection and takes it back.
    Returned,
    /// Another service works on what it was asked.
    Outside,
    /// The response is made, and sent.
    Template,
    /// The user has the answer, and the request goes on.
    After,
}

impl Phase {
    /// All of them, in the order in which a request usually meets them.
    pub const ALL: [Phase; 11] = [
        Phase::Routed,
        Phase::Python,
        Phase::Waiting,
        Phase::Connecting,
        Phase::Checking,
        Phase::Statement,
        Phase::Commit,
        Phase::Returned,
        Phase::Outside,
        Phase::Template,
        Phase::After,
    ];

    /// Its name, in a few words.
    pub const fn name(self) -> &'static str {
        match self {
            Phase::Routed => "routed",
            Phase::Python => "Python",
            Phase::Waiting => "waiting for a connection",
            Phase::Connecting => "connecting",
            Phase::Checking => "pre-ping",
            Phase::Statement => "statement",
            Phase::Commit => "commit or rollback",
            Phase::Returned => "giving back",
            Phase::Outside => "another service",
            Phase::Template => "answer",
            Phase::After => "after the answer",
        }
    }

    /// Whether this is time that the pool takes.
    pub const fn is_of_pool(self) -> bool {
        matches!(self, Phase::Waiting | Phase::Connecting | Phase::Checking | Phase::Returned)
    }
}

/// A part of a request's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What the request was doing.
    pub phase: Phase,
    /// When the part begins.
    pub from: Instant,
    /// When it ends; now, if it has not ended.
    pub to: Instant,
    /// The line that it is at.
    pub place: Place,
    /// Whether the request held a connection.
    pub holds: bool,
}

impl Part {
    /// How long it takes.
    pub fn takes(&self) -> Span {
        self.to - self.from
    }
}

/// What a request is doing from some moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    phase: Phase,
    place: Place,
    holds: bool,
}

/// A request's time, in parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    begun: Instant,
    turns: Vec<(Instant, Turn)>,
    over: Option<Instant>,
    /// When the user had the answer, if that was before.
    answered: Option<Instant>,
}

impl Timeline {
    /// A request that begins now.
    pub fn new(now: Instant) -> Timeline {
        Timeline {
            begun: now,
            turns: vec![(now, Turn { phase: Phase::Routed, place: Place::default(), holds: false })],
            over: None,
            answered: None,
        }
    }

    /// Notes what the request is doing from now on, and whether it holds a connection. A part of no length is not kept.
    pub fn turn(&mut self, now: Instant, phase: Phase, place: Place, holds: bool) {
        let turn = Turn { phase, place, holds };
        match self.turns.last_mut() {
            Some((_, last)) if *last == turn => {}
            Some(last) if last.0 == now => last.1 = turn,
            _ => self.turns.push((now, turn)),
        }
    }

    /// Notes when the user has the answer, though the request goes on.
    pub fn answer(&mut self, at: Instant) {
        self.answered.get_or_insert(at);
    }

    /// After how long the user had the answer, if the request went on after that.
    pub fn answered(&self) -> Option<Span> {
        let at = self.answered.filter(|&at| self.over.is_none_or(|over| over > at))?;
        Some(at - self.begun)
    }

    /// Ends the request, unless it has already ended.
    pub fn end(&mut self, now: Instant) {
        self.over.get_or_insert(now);
    }

    /// When the request began.
    pub fn begun(&self) -> Instant {
        self.begun
    }

    /// The time from the beginning to the end, or to now.
    pub fn takes(&self, now: Instant) -> Span {
        self.over.unwrap_or(now) - self.begun
    }

    /// All parts, in order.
    pub fn parts(&self, now: Instant) -> impl Iterator<Item = Part> {
        let end = self.over.unwrap_or(now);
        let ends = self.turns.iter().skip(1).map(|turn| turn.0).chain([end]);
        let turns = self.turns.iter().zip(ends).filter(move |((from, _), _)| *from <= end);
        turns.map(|(&(from, Turn { phase, place, holds }), to)| Part { phase, from, to, place, holds })
    }

    /// The time that the pool takes: waiting, connecting, checking whether the connection is alive, giving back.
    pub fn of_pool(&self, now: Instant) -> Span {
        let parts = self.parts(now).filter(|part| part.phase.is_of_pool());
        parts.fold(Span::ZERO, |sum, part| sum + part.takes())
    }

    /// The time for which the request holds a connection.
    pub fn holding(&self, now: Instant) -> Span {
        let parts = self.parts(now).filter(|part| part.holds);
        parts.fold(Span::ZERO, |sum, part| sum + part.takes())
    }
}
