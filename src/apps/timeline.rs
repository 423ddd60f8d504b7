//! Where the time of one request went.

use crate::time::{Instant, Span};

/// What a request is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// The server hands it to a thread, and Flask finds the view.
    Routed,
    /// Python, before, between and after statements.
    Python,
    /// In the pool's line.
    Waiting,
    /// The pool opens a connection for it.
    Connecting,
    /// The pool asks the connection whether it lives.
    Checking,
    /// The database works on a statement.
    Statement,
    /// The database commits, or rolls back for the session.
    Commit,
    /// The pool resets the connection and takes it back.
    Returned,
    /// The answer is made.
    Template,
}

impl Phase {
    /// All of them, in the order in which a request usually meets them.
    pub const ALL: [Phase; 9] = [
        Phase::Routed,
        Phase::Python,
        Phase::Waiting,
        Phase::Connecting,
        Phase::Checking,
        Phase::Statement,
        Phase::Commit,
        Phase::Returned,
        Phase::Template,
    ];

    /// In a word or two.
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
            Phase::Template => "answer",
        }
    }

    /// Whether this time is the pool's.
    pub const fn is_of_pool(self) -> bool {
        matches!(self, Phase::Waiting | Phase::Connecting | Phase::Checking | Phase::Returned)
    }
}

/// A stretch of a request's time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it was at.
    pub phase: Phase,
    /// From when.
    pub from: Instant,
    /// Until when, or until now.
    pub to: Instant,
    /// The line of the view, counted from its `def`.
    pub below: u16,
    /// It had a connection in its hands.
    pub holds: bool,
}

impl Part {
    /// How long.
    pub fn takes(&self) -> Span {
        self.to - self.from
    }
}

/// What a request turns to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    phase: Phase,
    below: u16,
    holds: bool,
}

/// A request's time, stretch by stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    begun: Instant,
    turns: Vec<(Instant, Turn)>,
    over: Option<Instant>,
}

impl Timeline {
    /// A request that begins now.
    pub fn new(now: Instant) -> Timeline {
        Timeline { begun: now, turns: vec![(now, Turn { phase: Phase::Routed, below: 0, holds: false })], over: None }
    }

    /// From now on it is at this, with a connection in its hands or without. A stretch of no length is not kept.
    pub fn turn(&mut self, now: Instant, phase: Phase, below: u16, holds: bool) {
        let turn = Turn { phase, below, holds };
        match self.turns.last_mut() {
            Some((_, last)) if *last == turn => {}
            Some(last) if last.0 == now => last.1 = turn,
            _ => self.turns.push((now, turn)),
        }
    }

    /// It is over, if it was not before.
    pub fn end(&mut self, now: Instant) {
        self.over.get_or_insert(now);
    }

    /// When it began.
    pub fn begun(&self) -> Instant {
        self.begun
    }

    /// From the beginning to the end, or to now.
    pub fn takes(&self, now: Instant) -> Span {
        self.over.unwrap_or(now) - self.begun
    }

    /// Stretch by stretch.
    pub fn parts(&self, now: Instant) -> impl Iterator<Item = Part> {
        let end = self.over.unwrap_or(now);
        let ends = self.turns.iter().skip(1).map(|turn| turn.0).chain([end]);
        let turns = self.turns.iter().zip(ends).filter(move |((from, _), _)| *from <= end);
        turns.map(|(&(from, Turn { phase, below, holds }), to)| Part { phase, from, to, below, holds })
    }

    /// How much of it was the pool's: waiting, connecting, asking whether the connection lives, giving back.
    pub fn of_pool(&self, now: Instant) -> Span {
        let parts = self.parts(now).filter(|part| part.phase.is_of_pool());
        parts.fold(Span::ZERO, |sum, part| sum + part.takes())
    }

    /// How much of it a connection was in its hands.
    pub fn holding(&self, now: Instant) -> Span {
        let parts = self.parts(now).filter(|part| part.holds);
        parts.fold(Span::ZERO, |sum, part| sum + part.takes())
    }
}
