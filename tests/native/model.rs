//! The engine against a reference: SQLAlchemy's synchronous `QueuePool`, function for function as Python has it, where each
//! call is an `async` function that stops wherever it needs the driver. Nothing in it is taken from the engine. Both are told
//! the same random stories, and have to say and show the same after every step.

mod pool;
mod proxy;
mod queue;
mod record;
mod reference;
mod stories;
mod thread;

use proptest::prelude::*;
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};
use reference::Reference;
use std::collections::BTreeSet;
use std::fmt;
use stories::Step;
use valet::pool::{
    Answer, Client, ConnectionId, Echo, Held, Input, LogLine, MisuseError, Output, Pool, RecordId, Settings,
};
use valet::time::Instant;

/// Clients to look at: all that stories tell of.
const CLIENTS: std::ops::Range<u32> = 0..6;

/// The reference in a story, and what it said last.
struct Told {
    reference: Reference,
    last: Result<Vec<Output>, MisuseError>,
    connections: u32,
    story: Vec<Step>,
}

impl Told {
    fn new(settings: Settings) -> Told {
        Told { reference: Reference::new(settings), last: Ok(Vec::new()), connections: 0, story: Vec::new() }
    }

    fn step(&mut self, step: Step) {
        self.story.push(step);
        let pool = self.reference.pool.clone();
        match step {
            Step::Tell(input) => {
                if let Input::Answer(_, Answer::Opened(connection)) = input {
                    self.connections = self.connections.max(connection.0);
                }
                self.last = self.reference.handle(input);
            }
            Step::Pass(span) => pool.now.set(pool.now.get() + span),
            Step::Recreate(_) => {}
        }
    }
}

impl Clone for Told {
    fn clone(&self) -> Told {
        let mut told = Told::new(self.reference.pool.settings);
        self.story.iter().for_each(|step| told.step(*step));
        told
    }
}

impl fmt::Debug for Told {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{:?}", self.reference.pool.settings)
    }
}

/// All that can be read off a pool.
#[derive(Debug, PartialEq)]
struct View {
    size: i64,
    checkedin: i64,
    checkedout: i64,
    overflow: i64,
    raw_overflow: i64,
    status: String,
    waiters: usize,
    line: Vec<Client>,
    next_timeout: Option<Instant>,
    idle: Vec<(RecordId, Option<ConnectionId>)>,
    records: BTreeSet<(RecordId, Option<ConnectionId>)>,
    invalidated_at: Option<Instant>,
    holding: Vec<Option<Held>>,
    opened_at: Vec<Option<Instant>>,
    is_unused: bool,
    has_only_waiters: bool,
}

impl View {
    fn of(pool: &Pool) -> View {
        View {
            size: pool.size(),
            checkedin: pool.checkedin(),
            checkedout: pool.checkedout(),
            overflow: pool.overflow(),
            raw_overflow: pool.raw_overflow(),
            status: pool.status(),
            waiters: pool.waiters(),
            line: pool.line().collect(),
            next_timeout: pool.next_timeout(),
            idle: pool.idle().collect(),
            records: pool.records().collect(),
            invalidated_at: pool.invalidated_at(),
            holding: CLIENTS.map(|client| pool.holding(Client(client))).collect(),
            opened_at: CLIENTS.map(|client| pool.opened_at(Client(client))).collect(),
            is_unused: pool.is_unused(),
            has_only_waiters: pool.has_only_waiters(),
        }
    }

    fn expected(reference: &Reference) -> View {
        let pool = &reference.pool;
        let size = pool.settings.pool_size;
        let idle: Vec<_> = pool.queue.borrow().iter().map(|record| (record.id, record.connection.get())).collect();
        let checkedin = idle.len() as i64;
        let raw_overflow = pool.overflow.get();
        let overflow = if size == 0 { 0 } else { raw_overflow };
        let checkedout = size - checkedin + raw_overflow;
        let line = pool.line.borrow().clone();
        View {
            size,
            checkedin,
            checkedout,
            overflow,
            raw_overflow,
            status: format!(
                "Pool size: {size}  Connections in pool: {checkedin} Current Overflow: {overflow} \
                 Current Checked out connections: {checkedout}"
            ),
            waiters: line.len(),
            line,
            next_timeout: pool.next_timeout(),
            idle,
            records: pool.live_records(),
            invalidated_at: pool.invalidate_time.get(),
            holding: CLIENTS.map(|client| reference.outside(Client(client)).flatten()).collect(),
            opened_at: CLIENTS.map(|client| reference.opened_at(Client(client))).collect(),
            is_unused: reference.is_unused(),
            has_only_waiters: reference.has_only_waiters(),
        }
    }
}

struct Machine;

impl ReferenceStateMachine for Machine {
    type State = Told;
    type Transition = Step;

    fn init_state() -> BoxedStrategy<Told> {
        stories::settings().prop_map(Told::new).boxed()
    }

    fn transitions(told: &Told) -> BoxedStrategy<Step> {
        stories::steps(&told.reference, ConnectionId(told.connections + 1))
    }

    fn apply(mut told: Told, step: &Step) -> Told {
        told.step(*step);
        told
    }
}

impl StateMachineTest for Machine {
    type SystemUnderTest = Pool;
    type Reference = Machine;

    fn init_test(told: &Told) -> Pool {
        Pool::new(told.reference.pool.settings)
    }

    fn apply(mut pool: Pool, told: &Told, step: Step) -> Pool {
        let now = told.reference.pool.now.get();
        match step {
            Step::Tell(input) => {
                let before = pool.clone();
                let said = pool.handle(now, input).map(|()| std::iter::from_fn(|| pool.poll()).collect::<Vec<_>>());
                assert_eq!(said, told.last, "left: the engine, right: the reference, on {input:?}");
                if said.is_err() {
                    assert_eq!(pool.poll(), None);
                    assert_eq!(at_no_time(&pool), at_no_time(&before), "{input:?} was refused");
                }
            }
            Step::Pass(_) => {}
            Step::Recreate(client) => {
                let next = pool.recreate(client);
                let said: Vec<_> = std::iter::from_fn(|| pool.poll()).collect();
                let heard = pool.settings().echo_pool != Echo::Off;
                let log = heard.then_some(Output::Log(client, LogLine::Recreating));
                assert_eq!(said, log.into_iter().collect::<Vec<_>>());
                assert_eq!(format!("{next:?}"), format!("{:?}", Pool::new(*pool.settings())));
            }
        }
        pool
    }

    fn check_invariants(pool: &Pool, told: &Told) {
        assert_eq!(View::of(pool), View::expected(&told.reference), "left: the engine, right: the reference");
        assert_eq!((pool.settings(), pool.timeout()), (&told.reference.pool.settings, pool.settings().pool_timeout));
        assert_eq!(pool.kept().count(), 0, "only pools without a queue keep what is not in it");
    }
}

/// The whole state, but for the clock.
fn at_no_time(pool: &Pool) -> String {
    let text = format!("{pool:?}");
    let (before, now) = text.split_once("now: Instant(").expect("a clock");
    format!("{before}{}", now.split_once(')').expect("its end").1)
}

prop_state_machine! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, max_shrink_iters: 20_000, ..ProptestConfig::default() })]

    /// Whatever happens, in whatever order and settings, both do the same.
    #[test]
    fn the_engine_does_what_the_reference_does(sequential 20..120 => Machine);
}
