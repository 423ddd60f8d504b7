//! What must hold at every return, at every quiet moment, and in the end.

use super::stage::WorldAct;
use super::witness::{Call, Story, Witness};
use std::collections::BTreeSet;
use valet::pool::{Class, Exception, Held, Pool, PoolError};
use valet::time::Instant;

/// From then on only the last visitor is about.
const ALL_OVER: Instant = Instant::from_micros(60_000_000);

impl Witness {
    /// What a client is given is open, was asked for a sign of life or is new, and is not older than the marks that
    /// there were when it came.
    pub fn check_served(&self, call: &Call, held: Held) {
        let story = &self.stories[&held.connection];
        let nested = call.had.is_some();
        let new = call.opened.contains(&held.connection);
        if !self.may_be_taken_away() {
            assert!(!story.closing, "a closed connection was handed out");
        }
        if self.settings.class == Class::NullPool {
            assert!(new, "a NullPool keeps nothing");
        }
        if nested {
            assert_eq!(Some(held), call.had);
            return;
        }
        if self.settings.pool_pre_ping && self.settings.class != Class::StaticPool {
            assert!(new || call.pinged.contains(&held.connection), "neither new nor pinged");
        }
        assert!(new || call.marked <= Some(story.began), "older than the mark");
        assert!(new || story.soft_marked.is_none(), "soft-invalidated, and handed out");
        if !self.may_be_taken_away() {
            let holders = self.held.iter().flatten().filter(|other| other.connection == held.connection).count();
            assert_eq!(holders, 1, "a connection for two");
        }
    }

    /// Every error has a cause, and what is no `Exception` is never swallowed.
    pub fn check_result(&self, call: &Call, result: Result<Option<Held>, PoolError>, now: Instant) {
        let has_queue = self.settings.class.has_queue();
        match result {
            Ok(_) => {}
            Err(PoolError::Timeout { size, overflow, timeout }) => {
                assert!(has_queue && call.act == WorldAct::Checkout);
                assert_eq!((size, Some(timeout)), (self.settings.pool_size, self.settings.pool_timeout));
                assert!(overflow >= self.settings.max_overflow);
                assert_eq!(now, call.began + timeout, "neither too early nor too late");
            }
            Err(PoolError::Raised(exception)) => {
                let of_class = match self.settings.class {
                    Class::AssertionPool => match call.act {
                        WorldAct::Checkout if exception == Exception::AlreadyCheckedOut => {
                            self.calls.iter().any(Option::is_some) || self.held.iter().any(Option::is_some)
                        }
                        _ => {
                            matches!(exception, Exception::NotCheckedOut | Exception::Assertion)
                                && (self.disposed || self.raced)
                        }
                    },
                    // Something else went on while `dispose()` closed one.
                    Class::StaticPool => exception == Exception::NoConnection && now > call.began,
                    Class::SingletonThreadPool => exception == Exception::SetChanged && now > call.began,
                    _ => false,
                };
                let interrupted = matches!(exception, Exception::Interrupt | Exception::Cancelled);
                let was_waiting = has_queue && interrupted && call.act == WorldAct::Checkout && call.opened.is_empty();
                let cause =
                    call.faults.contains(&exception) && !matches!(exception, Exception::Reset | Exception::Close);
                assert!(of_class || was_waiting || cause, "{exception:?} out of {call:?}");
            }
        }
        if call.act == WorldAct::Checkout && call.began >= ALL_OVER && call.faults.is_empty() {
            // An interrupted `dispose()` has lost a place of the pool for good.
            assert!(result.is_ok() || self.drift < 0, "{result:?} for who comes when all is over");
        }
        let raised = |exception| result == Err(PoolError::Raised(exception)) || call.unraisable.contains(&exception);
        for fault in &call.faults {
            match fault {
                Exception::Interrupt | Exception::Connect | Exception::Ping => {
                    // What is raised in a `finally` comes in its place.
                    let later = call.faults.iter().chain(&[Exception::NotCheckedOut, Exception::Assertion]);
                    let instead = later.copied().any(raised);
                    assert!(raised(*fault) || instead, "{fault:?} was swallowed: {call:?}");
                }
                _ => {}
            }
        }
        if call.act == WorldAct::Checkin && call.had.is_some_and(|had| had.record.is_none()) {
            assert_eq!(call.resets, 1, "what is detached is reset, too");
        }
        if matches!(
            call.act,
            WorldAct::Invalidate
                | WorldAct::Disconnected
                | WorldAct::Detach
                | WorldAct::SoftInvalidate
                | WorldAct::Dispose
        ) {
            assert_eq!((call.resets, call.opened.len()), (0, 0), "{call:?}");
        }
    }

    /// Nobody is in a call: the counters agree with the account.
    pub fn check_quiet(&self, pool: &Pool) {
        let records: Vec<_> = pool.records().collect();
        let distinct: BTreeSet<_> = records.iter().map(|(record, _)| *record).collect();
        assert_eq!(distinct.len(), records.len());
        let connections: Vec<_> = records.iter().filter_map(|(_, connection)| *connection).collect();
        assert_eq!(connections.iter().collect::<BTreeSet<_>>().len(), connections.len(), "one record a connection");
        assert!(connections.iter().all(|connection| !self.stories[connection].closed), "a closed one in a record");
        let held: Vec<_> = self.held.iter().flatten().filter_map(|held| held.record).collect();
        let kept: Vec<_> = pool.idle().chain(pool.kept()).collect();
        let in_kept = |record| kept.iter().any(|(other, _)| *other == record);
        assert!(records.iter().all(|(record, _)| in_kept(*record) || held.contains(record)), "a record of nobody's");
        assert_eq!(pool.is_unused(), self.held.iter().all(Option::is_none));
        if !self.settings.class.has_queue() {
            let most = if self.settings.class == Class::NullPool { 0 } else { 1 };
            assert!(kept.len() <= most, "these keep one, with a pool_size of 1");
            assert_eq!((pool.idle().count(), pool.waiters(), pool.next_timeout()), (0, 0, None));
            return;
        }
        assert!(held.iter().all(|record| !in_kept(*record)), "held and idle at once");
        assert_eq!(pool.kept().count(), 0);
        assert_eq!(pool.checkedin(), kept.len() as i64);
        assert!(pool.size() == 0 || pool.checkedin() <= pool.size(), "never more idle than pool_size");
        assert_eq!(pool.checkedin() + pool.checkedout(), pool.size() + pool.overflow());
        assert_eq!(pool.checkedin() + held.len() as i64, pool.size() + pool.raw_overflow() + self.drift);
    }

    /// All is over: every call has returned, and every connection is in exactly one place. The names of the rules by which
    /// some were left open.
    pub fn check_end(&self, pool: &Pool) -> Vec<&'static str> {
        assert!(self.calls.iter().all(Option::is_none), "a call is lost: {:?}", self.calls);
        self.check_quiet(pool);
        assert_eq!(pool.waiters(), 0);
        let mut rules = Vec::new();
        let held: BTreeSet<_> = self.held.iter().flatten().map(|held| held.connection).collect();
        assert!(held.is_empty(), "every program ends with empty hands");
        let pooled: BTreeSet<_> = pool.idle().chain(pool.kept()).filter_map(|(_, connection)| connection).collect();
        for (connection, story) in &self.stories {
            assert_eq!(story.busy, 0);
            assert!(!(story.closed && pooled.contains(connection)), "{connection:?} is closed, and pooled");
            if !story.closed && !pooled.contains(connection) {
                let rule = self.rule(story);
                rules.push(rule.unwrap_or_else(|| panic!("{connection:?} is lost: {story:?}")));
            }
        }
        rules
    }

    /// Why SQLAlchemy leaves this connection open.
    fn rule(&self, story: &Story) -> Option<&'static str> {
        let dialect = self.settings.dialect;
        Some(match self.settings.class {
            _ if story.collected && !dialect.has_terminate => "async: what the collector finds cannot be closed",
            _ if story.detached && dialect.is_async && !dialect.has_terminate => {
                "async: a detached one cannot be closed"
            }
            _ if story.detached => "detached, and not closed in order",
            Class::StaticPool => "StaticPool: replaced or forgotten, never closed",
            Class::SingletonThreadPool => "SingletonThreadPool: its record belonged to a thread only",
            Class::AssertionPool if self.raced => "AssertionPool: two opened at once, the first is forgotten",
            Class::AssertionPool if self.disposed => "AssertionPool: opened while dispose() closed its predecessor",
            _ => return None,
        })
    }
}
