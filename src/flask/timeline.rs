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
}

impl Part {
    /// How long.
    pub fn takes(&self) -> Span {
        self.to - self.from
    }
}

/// A request's time, stretch by stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    begun: Instant,
    turns: Vec<(Instant, Phase, u16)>,
    over: Option<Instant>,
}

impl Timeline {
    /// A request that begins now.
    pub fn new(now: Instant) -> Timeline {
        Timeline { begun: now, turns: vec![(now, Phase::Routed, 0)], over: None }
    }

    /// From now on it is at this. A stretch of no length is not kept.
    pub fn turn(&mut self, now: Instant, phase: Phase, below: u16) {
        match self.turns.last_mut() {
            Some((_, last, line)) if *last == phase && *line == below => {}
            Some(last) if last.0 == now => *last = (now, phase, below),
            _ => self.turns.push((now, phase, below)),
        }
    }

    /// It is over.
    pub fn end(&mut self, now: Instant) {
        self.over = Some(now);
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
        self.turns.iter().zip(ends).map(|(&(from, phase, below), to)| Part { phase, from, to, below })
    }

    /// How much of it was the pool's: waiting, connecting, asking whether the connection lives, giving back.
    pub fn of_pool(&self, now: Instant) -> Span {
        let parts = self.parts(now).filter(|part| part.phase.is_of_pool());
        parts.fold(Span::ZERO, |sum, part| sum + part.takes())
    }

    /// How much of it a connection was in its hands.
    pub fn holding(&self, now: Instant) -> Span {
        let mut holds = false;
        let mut sum = Span::ZERO;
        for part in self.parts(now) {
            match part.phase {
                Phase::Statement | Phase::Commit | Phase::Returned => holds = true,
                Phase::Waiting | Phase::Connecting | Phase::Routed => holds = false,
                _ => {}
            }
            if holds {
                sum = sum + part.takes();
            }
            holds &= part.phase != Phase::Returned;
        }
        sum
    }
}
