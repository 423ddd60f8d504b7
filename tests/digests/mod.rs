//! Worlds that use everything, each with the digests of its story. Whatever is done to make the engine or the world
//! faster, and whichever machine plays them, these numbers stay: `tests/native/` and `tests/browser/` both hold them.

mod digest;
mod setups;

pub use digest::Digest;
pub use setups::stories;

use std::collections::BTreeMap;
use std::hash::Hasher;
use valet::pool::{Answer, Command, ConnectionId};
use valet::service::{Job, Order, Report};
use valet::sim::{Journal, Setup, Traffic, Visitors, Work, World, WorldAct};
use valet::sql::Fault;
use valet::time::{Instant, Span};

/// A world, what is done to it, and what came of it.
pub struct Story {
    pub name: &'static str,
    pub setup: Setup,
    /// In order of time.
    pub acts: Vec<(Instant, WorldAct)>,
    pub end: Instant,
    pub expected: Digests,
}

/// What is remembered of a story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digests {
    /// All news, with moment and worker.
    pub news: u64,
    /// Every wait, every sample, the counts and sums at the end: the same whether anybody watches or not.
    pub journal: u64,
    /// How much news there was: a digest of little proves little.
    pub pieces: u64,
}

pub fn at(millis: i64) -> Instant {
    Instant::ZERO + Span::from_millis(millis)
}

/// Event by event, as a watched world is played.
pub fn watched(story: &Story) -> Digests {
    let (mut world, mut journal) = (World::new(story.setup.clone()), Journal::new());
    let (mut digest, mut pieces) = (Digest::default(), 0);
    let mut hear = |world: &mut World| {
        while let Some((worker, news)) = world.news() {
            digest.add(world.now(), worker, &news);
            pieces += 1;
        }
    };
    let last = (story.end, None);
    for (at, act) in story.acts.iter().map(|(at, act)| (*at, Some(act))).chain([last]) {
        while world.next_at().is_some_and(|next| next <= at) {
            world.step(&mut journal);
            hear(&mut world);
        }
        world.run_until(at, &mut journal);
        if let Some(act) = act {
            world.act(act.clone(), &mut journal);
            hear(&mut world);
        }
    }
    Digests { news: digest.finish(), journal: written(&world, &journal), pieces }
}

/// All at once, as nobody watches: the digest of its journal.
pub fn unwatched(story: &Story) -> u64 {
    let (mut world, mut journal) = (World::unwatched(story.setup.clone()), Journal::new());
    for (at, act) in &story.acts {
        world.run_until(*at, &mut journal);
        world.act(act.clone(), &mut journal);
    }
    world.run_until(story.end, &mut journal);
    assert!(world.news().is_none());
    written(&world, &journal)
}

/// The digests are made of what `Debug` prints, and were taken when a type had another name: they prove that a change of
/// names changed nothing else.
///
/// A count that came later is left out while it is none.
fn as_first_written(debug: String) -> String {
    debug.replace("TimeIntegrals", "Areas").replace(" cancelled: 0,", "")
}

fn written(world: &World, journal: &Journal) -> u64 {
    let mut digest = Digest::default();
    for wait in journal.waits() {
        digest.write_i64(wait.time().as_micros());
        digest.write_u8(wait.unserved().into());
    }
    for sample in journal.samples() {
        digest.write(as_first_written(format!("{sample:?}")).as_bytes());
    }
    let end = format!("{:?} {} {:?}", world.tally(), world.events(), world.next_at());
    digest.write(as_first_written(end).as_bytes());
    for service in world.services() {
        let pools = service.pools().map(|(generation, pool)| (generation, pool.status(), pool.next_timeout()));
        digest.write(format!("{:?} {}", pools.collect::<Vec<_>>(), service.waiting()).as_bytes());
    }
    digest.finish()
}

/// A world whose orders somebody else carries out, each after a time of its own, and not always well: the digests of
/// its news and of its orders.
fn driven(setup: Setup, end: Instant) -> (u64, u64) {
    let (mut world, mut journal) = (World::driven(setup), Journal::new());
    let (mut news, mut orders) = (Digest::default(), Digest::default());
    let mut desk: BTreeMap<(Instant, u64), Order> = BTreeMap::new();
    let (mut number, mut opened) = (0, 0);
    loop {
        while let Some((worker, piece)) = world.news() {
            news.add(world.now(), worker, &piece);
        }
        while let Some(order) = world.poll() {
            number += 1;
            orders.write(format!("{:?} {order:?}", world.now()).as_bytes());
            let micros = match order.job {
                Job::Work(_, takes) | Job::Execute(_, _, takes) => takes.as_micros(),
                Job::Pool(_) | Job::Rollback(_) => (number % 7) as i64 * 300,
            };
            desk.insert((world.now() + Span::from_micros(micros), number), order);
        }
        let due = desk.first_key_value().map(|(&(at, _), _)| at);
        let next = world.next_at().into_iter().chain(due).min().filter(|&at| at <= end);
        let Some(next) = next else { return (news.finish(), orders.finish()) };
        if due == Some(next)
            && let Some(((_, number), order)) = desk.pop_first()
        {
            world.run_until(next, &mut journal);
            let report = match order.job {
                Job::Work(..) if number % 97 == 0 => Report::Lost(Fault::GoneAway),
                Job::Work(..) if number % 31 == 0 => Report::Failed,
                Job::Work(..) | Job::Execute(..) | Job::Rollback(_) => Report::Worked,
                Job::Pool(Command::Open(_)) if number % 13 == 0 => Report::Answered(Answer::Failed),
                Job::Pool(Command::Open(_)) => {
                    opened += 1;
                    Report::Answered(Answer::Opened(ConnectionId(opened)))
                }
                Job::Pool(Command::Ping(_) | Command::Reset(..)) if number % 41 == 0 => Report::Answered(Answer::Gone),
                Job::Pool(_) => Report::Answered(Answer::Done),
            };
            let Order { generation, client, .. } = order;
            world.act(
                WorldAct::Report { generation, client, report, rows: None, found: Default::default() },
                &mut journal,
            );
        } else {
            world.step(&mut journal);
        }
    }
}

/// The world that is driven, and what comes of it.
pub fn driven_story() -> ((u64, u64), (u64, u64)) {
    let setup = Setup {
        traffic: Traffic::poisson(160.0),
        work: Work { nested_share: 0.03, ..Work::constant(Span::from_millis(90)) },
        visitors: Visitors { gives_up: Some(Span::from_secs(1)), retries: 1, retry_after: Span::from_millis(100) },
        ..Setup::default()
    };
    (driven(setup, at(120_000)), (0xab9e_55c2_3b2e_0b84, 0xdd12_835e_0622_60b2))
}
